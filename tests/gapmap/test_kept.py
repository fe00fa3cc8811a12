"""The map in memory follows the tables, also when another process wrote them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kompetanse.gap import Balance, Gap
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.gapmap.models import DemandLine, Revision
from kompetanseforum.gapmap.queries import kept as kept_queries
from kompetanseforum.gapmap.queries.kept import forget_kept_map, kept_map
from kompetanseforum.needs.actions import withdraw_voice
from tests.gapmap.conftest import WELDING, Speak, Teach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _new_process() -> Iterator[None]:
    forget_kept_map()
    yield
    forget_kept_map()


def gaps() -> list[Gap]:
    with kept_map() as kept:
        return kept.balance.gaps(at=kept.at)


def from_scratch() -> list[Gap]:
    forget_kept_map()
    return gaps()


@pytest.mark.slow
def test_a_change_is_seen_and_only_what_changed_is_read(speak: Speak, teach: Teach) -> None:
    voice = speak(kept=(WELDING,))
    teach("sveise aluminium")
    assert [(gap.asked, gap.places) for gap in gaps()] == [(4, 12)]
    balance = _balance()
    speak("", need=voice.need, by="Båt To AS", people=20)
    assert [(gap.asked, gap.places) for gap in gaps()] == [(24, 12)]
    assert _balance() is balance
    assert gaps() == from_scratch()


def _balance() -> Balance:
    with kept_map() as kept:
        return kept.balance


@pytest.mark.slow
def test_what_is_withdrawn_is_gone(speak: Speak) -> None:
    voice = speak()
    assert len(gaps()) == 1
    withdraw_voice(voice=voice, by=None)
    assert gaps() == []


@pytest.mark.slow
def test_nothing_new_costs_one_query(speak: Speak) -> None:
    speak()
    gaps()
    with CaptureQueriesContext(connection) as asked:
        gaps()
    assert len(asked) == 1


@pytest.mark.slow
def test_what_is_not_yet_kept_for_good_does_not_stay_in_memory(speak: Speak) -> None:
    voice = speak()
    before = gaps()
    with transaction.atomic():
        withdraw_voice(voice=voice, by=None)
        rebuild()
        assert gaps() == []
        transaction.set_rollback(True)
    assert gaps() == before


@pytest.mark.slow
def test_another_database_is_read_anew(speak: Speak) -> None:
    speak()
    gaps()
    DemandLine.objects.all().delete()
    Revision.objects.update(token="another", number=1)
    assert gaps() == []


@pytest.mark.slow
def test_the_same_question_is_answered_from_memory_until_something_changes(speak: Speak) -> None:
    asked = []

    def ask(balance: Balance, at: object) -> int:
        asked.append(at)
        return len(asked)

    speak()
    for _ in range(2):
        with kept_map() as kept:
            assert kept.answer("question", ask) == 1
    speak(by="Båt To AS")
    with kept_map() as kept:
        assert kept.answer("question", ask) == 2


@pytest.mark.slow
def test_memory_holds_only_so_many_answers(speak: Speak) -> None:
    speak()
    with kept_map() as kept:
        for number in range(200):
            kept.answer(number, lambda balance, at: 0)
        assert len(kept._answers) == kept_queries._MOST_KEPT
