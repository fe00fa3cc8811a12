"""Words become links, people judge them, and what people said is kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.skills.actions import choose_skills, judge_link, link_words, unlink, withdraw_verdict
from kompetanseforum.skills.models import LinkVerdict, SkillLink
from kompetanseforum.skills.queries import links_for, links_of_many, wholes_asking, wholes_asking_group, wholes_sharing
from tests.kompetanse.esco.making import PLAN, WELD, WELDER
from tests.skills.conftest import CARE, NEED, VOICE, Concepts

pytestmark = pytest.mark.django_db

WORDS = "Vi trenger to som kan sveise aluminium."
KARI, OLA = Ref("person", "kari000001"), Ref("person", "ola0000001")


def link(words: str = WORDS, *, subject: Ref = VOICE, whole: Ref = NEED) -> list[SkillLink]:
    return link_words(subject=subject, whole=whole, words=words, language="nb", assume=Polarity.NEED)


def uris(links: list[SkillLink]) -> list[str]:
    return sorted(one.concept.uri for one in links)


def choose(ticked: list[str], shown: list[str], *, words: str = WORDS, by: Ref | None = None) -> list[SkillLink]:
    return choose_skills(subject=VOICE, whole=NEED, words=words, language="nb", ticked=ticked, shown=shown, by=by)


def test_a_link_tells_which_words_and_how_sure(concepts: Concepts):
    made = {one.concept.uri: one for one in link()}
    found = made[WELD]
    assert (found.subject_kind, found.subject_id, found.whole_kind, found.whole_id) == (
        "voice",
        VOICE.id,
        "need",
        NEED.id,
    )
    assert [WORDS[start:end] for start, end in found.causes] == found.cause_words == ["sveise aluminium"]
    assert (found.polarity, found.origin) == ("need", "machine")
    assert 0.6 <= found.score <= 1


def test_what_is_not_needed_is_stored_as_such_and_counts_as_no_demand(concepts: Concepts):
    link("Vi trenger ikke flere som kan sveise aluminium. Vi trenger folk som kan stelle pasienter.")
    assert {one.uri: one.polarity for one in links_for(NEED) if one.kind == "skill"} == {
        WELD: "not_needed",
        CARE: "need",
    }
    assert list(wholes_asking("need", [WELD])) == []
    assert list(wholes_asking("need", [CARE])) == [NEED.id]


def test_linking_again_replaces_what_nobody_has_judged(concepts: Concepts):
    link()
    before = {one.concept.uri: one.public_id for one in link()}
    after = link("Vi trenger folk som kan stelle pasienter.")
    assert uris(after) == [CARE]
    assert not before.keys() & {CARE}


def test_a_judged_link_is_kept_while_its_words_stand_and_moves_with_them(concepts: Concepts):
    made = {one.concept.uri: one for one in link()}
    judge_link(link=made[WELD], by=KARI, is_right=True)
    words = "Hei igjen! Det gjelder folk til å Sveise Aluminium og stelle pasienter."
    after = {one.concept.uri: one for one in link(words)}
    assert after[WELD].public_id == made[WELD].public_id
    assert [words[start:end] for start, end in after[WELD].causes] == after[WELD].cause_words == ["Sveise Aluminium"]
    assert (after[WELD].confirmed_by, CARE in after) == (1, True)


def test_a_judged_link_goes_with_its_words(concepts: Concepts):
    made = {one.concept.uri: one for one in link()}
    judge_link(link=made[WELD], by=KARI, is_right=True)
    assert WELD not in uris(link("Vi trenger folk som kan stelle pasienter."))
    assert not LinkVerdict.objects.exists()


def test_a_rejected_link_stays_rejected_when_the_same_words_are_linked_again(concepts: Concepts):
    made = {one.concept.uri: one for one in link()}
    judge_link(link=made[WELD], by=KARI, is_right=False)
    assert {one.concept.uri: one.is_rejected for one in link()}[WELD] is True


def test_empty_words_leave_only_what_a_person_added(concepts: Concepts):
    link()
    choose([WELD, PLAN], [WELD])
    assert {one.concept.uri: (one.origin, one.causes) for one in link("")} == {PLAN: ("person", [])}


def test_ticked_is_right_and_shown_but_unticked_is_wrong(concepts: Concepts):
    words = "Vi trenger folk som kan sveise aluminium og stelle pasienter."
    link(words)
    after = {one.concept.uri: one for one in choose([WELD], [WELD, CARE], words=words)}
    assert (after[WELD].is_confirmed, after[CARE].is_rejected) == (True, True)
    assert set(LinkVerdict.objects.values_list("by", flat=True)) == {str(VOICE)}
    assert list(wholes_asking("need", [WELD, CARE])) == [NEED.id]
    assert list(wholes_asking("need", [CARE])) == []


def test_what_is_ticked_without_standing_in_the_words_is_the_persons_own(concepts: Concepts):
    link()
    after = {one.concept.uri: one for one in choose([WELD, PLAN], [WELD], by=KARI)}
    assert (after[PLAN].origin, after[PLAN].causes, after[PLAN].polarity, after[PLAN].score) == (
        "person",
        [],
        "need",
        1.0,
    )
    assert after[PLAN].is_confirmed


def test_what_is_ticked_and_stands_in_the_words_shows_them_even_when_nothing_was_linked_before(concepts: Concepts):
    after = {one.concept.uri: one for one in choose([WELD], [WELD])}
    assert (after[WELD].origin, after[WELD].cause_words) == ("machine", ["sveise aluminium"])


def test_a_tick_says_that_it_is_needed_whatever_the_machine_read(concepts: Concepts):
    words = "Vi trenger ikke flere som kan sveise aluminium."
    link(words)
    assert {one.concept.uri: one.polarity for one in choose([WELD], [], words=words)}[WELD] == "need"


def test_unknown_uris_are_left_out(concepts: Concepts):
    assert choose(["http://data.europa.eu/esco/skill/none"], ["javascript:alert(1)"], words="") == []


def test_one_verdict_each_which_can_be_changed_and_taken_back(concepts: Concepts):
    made = link()[0]
    judge_link(link=made, by=KARI, is_right=True)
    judge_link(link=made, by=KARI, is_right=True)
    judge_link(link=made, by=OLA, is_right=True)
    assert (made.confirmed_by, made.rejected_by) == (2, 0)
    judge_link(link=made, by=KARI, is_right=False)
    assert (made.confirmed_by, made.rejected_by) == (1, 1)
    withdraw_verdict(link=made, by=KARI)
    made.refresh_from_db()
    assert (made.confirmed_by, made.rejected_by, made.verdicts.count()) == (1, 0, 1)


def test_a_verdict_is_a_fact_of_the_whole_and_the_same_again_is_none(concepts: Concepts):
    made = link()[0]
    judge_link(link=made, by=KARI, is_right=True)
    judge_link(link=made, by=KARI, is_right=True)
    facts = list(FactRow.objects.filter(name="skills.LinkJudged").values("about_kind", "about_id", "content", "actor"))
    content = {"link": str(ref(made)), "whole": str(NEED)}
    assert facts == [{"about_kind": "need", "about_id": NEED.id, "content": content, "actor": str(KARI)}]


def test_unlinking_takes_the_links_and_the_verdicts(concepts: Concepts):
    other = Ref("voice", "v000000002")
    link(subject=other)
    judge_link(link=link()[0], by=KARI, is_right=True)
    unlink(subject=VOICE)
    assert set(SkillLink.objects.values_list("subject_id", flat=True)) == {other.id}
    assert not LinkVerdict.objects.exists()


def test_links_of_many_wholes_take_one_query(concepts: Concepts):
    for number in range(3):
        link(subject=Ref("voice", f"v{number}"), whole=Ref("need", f"n{number}"))
    counts = []
    for ids in (["n0"], ["n0", "n1", "n2"]):
        with CaptureQueriesContext(connection) as queries:
            found = links_of_many("need", ids)
        assert sorted(found) == ids
        counts.append(len(queries))
    assert counts == [1, 1]


def test_links_are_named_in_the_readers_language(concepts: Concepts):
    link()
    with translation.override("en"):
        assert {one.uri: (one.label, one.label_language, one.is_foreign) for one in links_for(NEED)}[WELD] == (
            "weld aluminium",
            "en",
            False,
        )


def test_needs_are_found_by_the_group_of_an_occupation_they_name(concepts: Concepts):
    concepts.welder.isco_group = "7212"
    concepts.welder.save()
    link("Vi trenger en sveiser.")
    found = {code: list(wholes_asking_group("need", code)) for code in ("7", "72", "7212", "5", "2223", "9999")}
    assert found == {"7": [NEED.id], "72": [NEED.id], "7212": [NEED.id], "5": [], "2223": [], "9999": []}


def test_nurses_in_styrk_are_found_among_the_nurses_of_isco(concepts: Concepts):
    concepts.welder.isco_group = "2221"
    concepts.welder.save()
    link("Vi trenger en sveiser.")
    assert list(wholes_asking_group("need", "2223")) == [NEED.id]
    assert list(wholes_asking_group("need", "2224")) == []


def test_those_with_most_in_common_come_first(concepts: Concepts):
    link("Vi må kunne sveise aluminium.", subject=Ref("voice", "a"), whole=Ref("need", "a"))
    link("Vi må kunne sveise aluminium og stelle pasienter.", subject=Ref("voice", "b"), whole=Ref("need", "b"))
    link("Vi trenger ikke å stelle pasienter.", subject=Ref("voice", "c"), whole=Ref("need", "c"))
    assert wholes_sharing("need", [WELD, CARE], most=5) == ["b", "a"]
    assert wholes_sharing("need", [WELD, CARE], most=1) == ["b"]
    assert WELDER not in [one.uri for one in links_for(Ref("need", "c"))]


def test_what_a_person_says_of_a_skill_beats_the_machine_and_stands_when_all_is_heard_anew(concepts: Concepts):
    link()
    chosen = choose_skills(
        subject=VOICE,
        whole=NEED,
        words=WORDS,
        language="nb",
        ticked=[WELD],
        shown=[WELD],
        by=KARI,
        said={WELD: Polarity.HAVE},
    )
    assert {one.concept.uri: one.polarity for one in chosen}[WELD] == "have"
    assert {one.concept.uri: one.polarity for one in link()}[WELD] == "have"
    assert list(wholes_asking("need", [WELD])) == []
