"""Two independent confirmations teach the forum a word; it can be taken back, and then stays away."""

from __future__ import annotations

import pytest

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core.models import FactRow
from kompetanseforum.skills.actions import choose_skills, judge_link, link_words, unlink, withdraw_verdict
from kompetanseforum.skills.actions.local_words import let_word_stand, take_back_word
from kompetanseforum.skills.models import Label, LabelOrigin, LocalWord, SkillLink
from kompetanseforum.skills.queries import hear, label_token
from kompetanseforum.skills.queries.indexing import revision
from tests.kompetanse.esco.making import PLAN
from tests.skills.conftest import CARE, NEED, VOICE, Concepts

pytestmark = pytest.mark.django_db

KARI, OLA, INGRID = Ref("person", "kari000001"), Ref("person", "ola0000001"), Ref("person", "ingrid0001")
WORDS = "Vi må bli flinkere til å stelle de pasientene"


def link() -> SkillLink:
    """A link whose words, "stelle … pasientene", are no label yet."""
    link_words(subject=VOICE, whole=NEED, words=WORDS, language="nb", assume=Polarity.NEED)
    return SkillLink.objects.get(concept__uri=CARE)


def learnt() -> list[tuple[str, str]]:
    return list(Label.objects.filter(origin=LabelOrigin.CONFIRMED).values_list("concept__uri", "text"))


def test_one_confirmation_teaches_nothing_and_two_do(concepts: Concepts):
    one = link()
    judge_link(link=one, by=KARI, is_right=True)
    judge_link(link=one, by=KARI, is_right=True)
    assert learnt() == []
    judge_link(link=one, by=OLA, is_right=True)
    assert learnt() == [(CARE, "stelle pasientene")]
    assert FactRow.objects.filter(name="skills.LocalWordMade").count() == 1


def test_what_was_learnt_is_heard_and_the_index_need_not_be_built_anew(concepts: Concepts):
    before = revision()
    one = link()
    judge_link(link=one, by=KARI, is_right=True)
    judge_link(link=one, by=OLA, is_right=True)
    assert (label_token() != before.token, revision().source) == (True, before.source)
    assert [heard.uri for heard in hear("stelle pasientene", language="nb")] == [CARE]


def test_confirmations_of_the_same_words_elsewhere_count_together(concepts: Concepts):
    judge_link(link=link(), by=KARI, is_right=True)
    other = Ref("voice", "v000000002")
    link_words(subject=other, whole=NEED, words=WORDS, language="nb", assume=Polarity.NEED)
    judge_link(link=SkillLink.objects.get(concept__uri=CARE, subject_id=other.id), by=OLA, is_right=True)
    assert learnt() == [(CARE, "stelle pasientene")]


def test_a_rejection_outweighs_a_confirmation(concepts: Concepts):
    one = link()
    for by, is_right in ((KARI, True), (OLA, False), (INGRID, True)):
        judge_link(link=one, by=by, is_right=is_right)
    assert learnt() == []


def test_who_thinks_better_of_it_takes_the_word_with_them(concepts: Concepts):
    one = link()
    judge_link(link=one, by=KARI, is_right=True)
    judge_link(link=one, by=OLA, is_right=True)
    withdraw_verdict(link=one, by=OLA)
    assert (learnt(), LocalWord.objects.count()) == ([], 0)


def test_words_of_a_voice_that_is_gone_go_too(concepts: Concepts):
    one = link()
    judge_link(link=one, by=KARI, is_right=True)
    judge_link(link=one, by=OLA, is_right=True)
    unlink(VOICE)
    assert (learnt(), LocalWord.objects.count()) == ([], 0)


def test_what_a_coordinator_has_taken_back_is_not_learnt_again_until_it_may_stand(concepts: Concepts):
    one = link()
    judge_link(link=one, by=KARI, is_right=True)
    judge_link(link=one, by=OLA, is_right=True)
    word = LocalWord.objects.get()
    take_back_word(word=word, by=INGRID)
    judge_link(link=one, by=INGRID, is_right=True)
    assert learnt() == []
    let_word_stand(word=word)
    assert learnt() == [(CARE, "stelle pasientene")]


def test_words_that_are_a_label_already_are_not_learnt(concepts: Concepts):
    text = "Vi trenger en arbeidsplan"
    for number, by in enumerate((KARI, OLA)):
        subject = Ref("voice", f"v00000001{number}")
        choose_skills(subject=subject, whole=NEED, words=text, language="nb", ticked=[PLAN], shown=[PLAN], by=by)
    assert (learnt(), LocalWord.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("words", "is_learnt"), [(["tre"], False), (["kurs"], False), (["til", "jobb"], False), (["PLX"], True)]
)
def test_words_that_would_mean_too_much_are_not_learnt(concepts: Concepts, words: list[str], is_learnt: bool):
    """ "Tre" is a tree, three and wood; "kurs" is in every offer. An abbreviation is short and says enough."""
    one = link()
    one.cause_words = words
    one.save(update_fields=["cause_words"])
    for judge in (KARI, OLA):
        judge_link(link=one, by=judge, is_right=True)
    assert learnt() == ([(CARE, " ".join(words).lower())] if is_learnt else [])
