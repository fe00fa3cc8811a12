"""An index is built from the tables, measured, and goes live only if it finds no less; a broken one is not used."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kompetanse.linking.artifact import FORMAT as OF_LIBRARY
from kompetanse.linking.bench.gate import Figures
from kompetanse.linking.building.training import Plan
from kompetanseforum.core import clock
from kompetanseforum.skills import jobs
from kompetanseforum.skills.actions.indexing import ask_for_index, end_building
from kompetanseforum.skills.actions.vocabulary import labels_changed
from kompetanseforum.skills.exports import index as exported
from kompetanseforum.skills.models import IndexState, LabelRevision, LinkingIndex, Relinking
from kompetanseforum.skills.queries import hear
from kompetanseforum.skills.queries.indexing import FORMAT, index_folder, is_index_wanted, live_index, revision
from kompetanseforum.skills.queries.lexicon import BY_INDEX, BY_WORDS, lexicon
from tests.kompetanse.esco.making import WELD
from tests.skills.conftest import Concepts

pytestmark = pytest.mark.django_db

_QUICK = Plan(epochs=1, dimensions=16, batch=16)


@pytest.fixture(autouse=True)
def _own_folder(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


def asked() -> LinkingIndex:
    return ask_for_index(by=None, enqueue=lambda public_id: None)


def built() -> LinkingIndex:
    index = asked()
    exported.build(index.public_id, plan=_QUICK)
    index.refresh_from_db()
    return index


def ended(index: LinkingIndex, *, has_dropped: bool) -> bool:
    return end_building(index, concepts=4, figures={"mrr": 60.0}, before={"mrr": 50.0}, has_dropped=has_dropped)


def test_the_format_is_the_librarys_own():
    assert FORMAT == OF_LIBRARY


@pytest.mark.slow
def test_what_is_built_goes_live_and_is_heard_with(concepts: Concepts):
    assert lexicon().bands == BY_WORDS
    index = built()
    assert (index.state, index.concepts, index.source) == (IndexState.LIVE, 4, revision().source)
    assert (index.figures["texts"], live_index()) == (168, index)
    assert lexicon().bands == BY_INDEX
    assert WELD in [one.uri for one in hear("Vi trenger folk til aluminiumssveising", language="nb")]


@pytest.mark.slow
def test_one_that_finds_less_is_refused_and_its_folder_goes(concepts: Concepts, monkeypatch: pytest.MonkeyPatch):
    first = built()
    monkeypatch.setattr(exported, "_figures_before", lambda: Figures(168, 99.0, 99.0))
    second = built()
    assert (second.state, live_index()) == (IndexState.REFUSED, first)
    assert (index_folder(first.public_id).is_dir(), index_folder(second.public_id).is_dir()) == (True, False)


def test_a_newer_one_takes_the_place_of_the_older(concepts: Concepts):
    first, second = asked(), None
    ended(first, has_dropped=False)
    second = asked()
    ended(second, has_dropped=False)
    first.refresh_from_db()
    assert (first.state, live_index(), revision().index) == (IndexState.PAST, second, second.public_id)


def test_without_its_folder_words_are_matched_one_by_one(concepts: Concepts):
    ended(asked(), has_dropped=False)
    assert lexicon().bands == BY_WORDS
    assert [one.uri for one in hear("sveise aluminium", language="nb")] == [WELD]


@pytest.mark.slow
def test_a_broken_one_is_not_used(concepts: Concepts):
    index = built()
    (index_folder(index.public_id) / "uris.txt").write_text("something else", encoding="utf-8")
    LabelRevision.objects.update(token="anew")
    assert lexicon().bands == BY_WORDS


@pytest.mark.slow
def test_one_of_older_labels_is_not_used(concepts: Concepts):
    built()
    labels_changed("ESCO 1.2")
    assert lexicon().bands == BY_WORDS


def test_it_is_wanted_when_labels_have_stood_still_and_not_twice(concepts: Concepts):
    assert is_index_wanted() is False
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert is_index_wanted() is True
        index = asked()
        assert is_index_wanted() is False
        assert asked().pk == index.pk
        ended(index, has_dropped=True)
        # Refused for these labels: the same would come of it again.
        assert is_index_wanted() is False


def test_it_is_wanted_again_when_its_folder_is_gone(concepts: Concepts):
    with clock.at(clock.now() + timedelta(minutes=3)):
        index = asked()
        ended(index, has_dropped=False)
        assert is_index_wanted() is True
        index_folder(index.public_id).mkdir(parents=True)
        assert is_index_wanted() is False


def test_the_worker_does_not_wait_for_one_that_builds(concepts: Concepts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.executable", "sleep")
    index = asked()
    jobs.build_index.func(index.public_id)
    building = jobs._builders[index.public_id]
    assert building.args[:4] == ["nice", "-n", "19", "sleep"]
    building.kill()
    building.wait()
    assert jobs.tend_builders()
    index.refresh_from_db()
    assert (index.state, index.problem) == (IndexState.FAILED, "stopped")
    assert not jobs.tend_builders()


def test_all_words_are_heard_anew_with_one_that_lives_and_no_other(concepts: Concepts):
    first = asked()
    assert not jobs.hear_anew_with(first.public_id)
    ended(first, has_dropped=False)
    assert jobs.hear_anew_with(first.public_id)
    assert Relinking.objects.count() == 1
