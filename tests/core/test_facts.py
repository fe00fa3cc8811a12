"""Facts: written with the change, heard after it, and again when a listener failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock, facts
from kompetanseforum.core.facts import Fact, deliver_pending, listen, publish
from kompetanseforum.core.models import Delivery, FactRow

KARI = Ref("person", "kari000000")
NEED = Ref("need", "7h3k2m9qxa")


@dataclass(frozen=True, slots=True)
class BridgeOpened(Fact):
    bridge: Ref
    tons: int


@pytest.fixture
def heard() -> Iterator[list[tuple[int, BridgeOpened]]]:
    """What a listener hears; it fails while the list holds None."""
    found: list[tuple[int, BridgeOpened]] = []

    def remember(fact_id: int, fact: BridgeOpened) -> None:
        if None in found:
            raise RuntimeError("the road is closed")
        found.append((fact_id, fact))

    # Listeners are named by where they stand.
    remember.__module__ = "kompetanseforum.bridges.listeners"
    listen(BridgeOpened, remember)
    yield found
    facts._listeners.pop(facts.fact_name(BridgeOpened))
    facts._kinds.pop(facts.fact_name(BridgeOpened))


@pytest.mark.django_db
def test_a_fact_is_heard_after_the_change_is_kept(heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fact_id = publish(BridgeOpened(bridge=NEED, tons=40), by=KARI, about=NEED)
        assert heard == []
    assert heard == [(fact_id, BridgeOpened(bridge=NEED, tons=40))]
    assert list(Delivery.objects.all()) == []


@pytest.mark.django_db
def test_the_log_says_what_about_what_and_by_whom(heard, noon: datetime):
    publish(BridgeOpened(bridge=NEED, tons=40), by=KARI, about=NEED)
    row = FactRow.objects.values("name", "about_kind", "about_id", "actor", "content", "at").get()
    assert row == {
        "name": "core.BridgeOpened",
        "about_kind": "need",
        "about_id": "7h3k2m9qxa",
        "actor": "person:kari000000",
        "content": {"bridge": "need:7h3k2m9qxa", "tons": 40},
        "at": noon,
    }


@pytest.mark.django_db
def test_a_change_that_is_undone_leaves_no_fact(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(BridgeOpened(bridge=NEED, tons=40), by=None, about=NEED)
        raise ZeroDivisionError
    assert (FactRow.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_listener_that_failed_hears_it_later(heard, noon: datetime, django_capture_on_commit_callbacks):
    heard.append(None)
    with django_capture_on_commit_callbacks(execute=True):
        publish(BridgeOpened(bridge=NEED, tons=40), by=None, about=NEED)
    assert Delivery.objects.values_list("attempts", "last_error").get() == (1, "RuntimeError('the road is closed')")
    heard.clear()
    assert deliver_pending() == 0, "it is tried again after half a minute, not at once"
    with clock.at(noon + timedelta(minutes=1)):
        assert deliver_pending() == 1
    assert [fact for _id, fact in heard] == [BridgeOpened(bridge=NEED, tons=40)]


@pytest.mark.django_db
def test_what_fails_eight_times_waits_for_a_person(heard, noon: datetime, django_capture_on_commit_callbacks):
    heard.append(None)
    with django_capture_on_commit_callbacks(execute=True):
        publish(BridgeOpened(bridge=NEED, tons=40), by=None, about=NEED)
    with clock.at(noon + timedelta(minutes=1)):
        for _ in range(20):
            deliver_pending()
    assert Delivery.objects.get().attempts == facts.MOST_ATTEMPTS
