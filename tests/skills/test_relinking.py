"""All words are heard anew: what changed is noted, what people have judged stands, and a stopped run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core.capability import Words, capabilities, register
from kompetanseforum.core.models import FactRow
from kompetanseforum.skills import jobs
from kompetanseforum.skills.actions import judge_link, link_words, load_vocabulary
from kompetanseforum.skills.actions.relinking import ask_to_relink
from kompetanseforum.skills.models import Relinking, RelinkState, SkillLink
from kompetanseforum.skills.queries.relinking import changes_of, shown_changes
from tests.kompetanse.esco.making import PLAN, WELD
from tests.skills.conftest import CARE, Concepts, small_vocabulary

pytestmark = pytest.mark.django_db

KARI = Ref("person", "kari000001")
SPOKEN = [
    Words(Ref("voice", "v1"), Ref("need", "n1"), "Vi må stelle pasienter og sveise aluminium", "nb", "need"),
    Words(Ref("voice", "v2"), Ref("need", "n2"), "Vi trenger en arbeidsplan", "nb", "need"),
]


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    """Two voices, and no others."""
    before = list(capabilities())
    for one in before:
        register(replace(one, spoken=(lambda: SPOKEN) if one.app == "skills" else None))
    yield
    for one in before:
        register(one)


@pytest.fixture
def linked(concepts: Concepts) -> Concepts:
    for one in SPOKEN:
        link_words(subject=one.subject, whole=one.whole, words=one.text, language=one.language, assume=Polarity.NEED)
    return concepts


def relink_all() -> Relinking:
    relinking = ask_to_relink(total=len(SPOKEN), by=None, enqueue=lambda public_id: None)
    jobs.relink_words.func(relinking.public_id)
    relinking.refresh_from_db()
    return relinking


def without_care() -> None:
    words = small_vocabulary()
    load_vocabulary(replace(words, skills=tuple(one for one in words.skills if one.uri != CARE)))


def test_the_same_words_and_labels_change_nothing_and_keep_their_addresses(linked: Concepts):
    before = dict(SkillLink.objects.values_list("pk", "public_id"))
    done = relink_all()
    assert (done.state, done.done, done.came, done.went, done.turned) == (RelinkState.DONE, 2, 0, 0, 0)
    assert dict(SkillLink.objects.values_list("pk", "public_id")) == before
    assert not FactRow.objects.filter(name="skills.LinksRenewed").exists()


def test_what_is_no_longer_heard_goes_and_is_told(linked: Concepts):
    without_care()
    done = relink_all()
    assert (done.came, done.went, done.kept) == (0, 1, 0)
    assert [(one.slug, one.was, one.now) for one in shown_changes(changes_of(done))] == [("0003", "need", "")]
    assert [row.about_id for row in FactRow.objects.filter(name="skills.LinksRenewed")] == ["n1"]


def test_what_somebody_has_confirmed_stands(linked: Concepts):
    judge_link(link=SkillLink.objects.get(concept__uri=CARE), by=KARI, is_right=True)
    without_care()
    done = relink_all()
    assert (done.went, done.kept) == (0, 1)
    assert SkillLink.objects.get(concept__uri=CARE).is_confirmed


def test_what_somebody_has_rejected_stays_rejected(linked: Concepts):
    judge_link(link=SkillLink.objects.get(concept__uri=WELD), by=KARI, is_right=False)
    relink_all()
    assert SkillLink.objects.get(concept__uri=WELD).is_rejected


def test_a_stopped_run_goes_on_where_it_was(linked: Concepts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "WORDS_AT_A_TIME", 1)
    relinking = ask_to_relink(total=2, by=None, enqueue=lambda public_id: None)
    jobs.relink_words.func(relinking.public_id)
    relinking.refresh_from_db()
    assert (relinking.state, relinking.done) == (RelinkState.RUNNING, 1)
    for _ in range(2):
        jobs.relink_words.func(relinking.public_id)
    relinking.refresh_from_db()
    assert (relinking.state, relinking.done) == (RelinkState.DONE, 2)
    assert set(SkillLink.objects.values_list("concept__uri", flat=True)) >= {WELD, CARE, PLAN}


def test_asked_twice_it_is_one(linked: Concepts):
    asked: list[str] = []
    first = ask_to_relink(total=2, by=None, enqueue=asked.append)
    assert ask_to_relink(total=2, by=None, enqueue=asked.append).pk == first.pk
    assert asked == [first.public_id]
