"""Periods: one open at a time, and the ones before are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.forum.actions import Period, start_cycle
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import open_cycle
from kompetanseforum.needs.actions import Said, voice_need

pytestmark = pytest.mark.django_db


def a_period(title: str, year: int) -> Period:
    return Period(title=title, starts_on=date(year, 1, 1), ends_on=date(year + 1, 12, 31), priorities="Først dette")


def test_a_new_period_ends_the_one_before_and_keeps_it(forum: object) -> None:
    first = start_cycle(period=a_period("2024–2025", 2024), by=NOBODY)
    second = start_cycle(period=a_period("2026–2027", 2026), by=NOBODY)
    assert start_cycle(period=a_period("2026–2027", 2026), by=NOBODY) == second
    first.refresh_from_db()
    assert (open_cycle(), first.is_open, first.priorities) == (second, False, "Først dette")
    names = FactRow.objects.filter(name__startswith="forum.Cycle").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["forum.CycleStarted", "forum.CycleEnded", "forum.CycleStarted"]


def test_the_table_holds_no_two_open_ones(forum: object) -> None:
    start_cycle(period=a_period("2026–2027", 2026), by=NOBODY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.create(title="Til", starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1), started_at=clock.now())


@pytest.mark.slow
def test_a_coordinator_starts_ends_and_sums_up_and_all_may_read(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    form = {"title": "2026–2027", "starts_on": "2026-01-01", "ends_on": "2027-12-31", "priorities": "Grønne yrker"}
    assert coordinator_client.post("/perioder/ny", form | {"ends_on": "2025-01-01"}).status_code == 422
    address = coordinator_client.post("/perioder/ny", form)["Location"]
    assert "Grønne yrker" in client.get(address).content.decode()
    assert client.post(f"{address}/avslutt").status_code == 403
    coordinator_client.post(f"{address}/avslutt")
    coordinator_client.post(f"{address}/endre", form | {"summary": "Elleve læreplasser"})
    assert open_cycle() is None
    assert "Elleve læreplasser" in client.get(address).content.decode()
    assert "2026–2027" in client.get("/perioder").content.decode()


@pytest.mark.slow
def test_how_we_work_goes_on_into_the_next_period_and_stands_in_the_report(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    form = {"title": "2026–2027", "starts_on": "2026-01-01", "ends_on": "2027-12-31", "priorities": "Grønne yrker"}
    address = coordinator_client.post("/perioder/ny", form | {"method": "Alle får svar innen to uker"})["Location"]
    page = client.get(address).content.decode()
    for words in ("Alle får svar innen to uker", "fra=2026-01-01"):
        assert words in page, words
    with clock.at(datetime(2026, 6, 3, 12, tzinfo=UTC)):
        voice_need(said=Said(words="Vi trenger sveisere"), by=None, organisation=None)
        report = client.get("/rapport?fra=2026-06-01&til=2026-06-30")
    assert "Alle får svar innen to uker" in report.content.decode()
    (told,) = client.get("/rapport.json?fra=2026-06-01&til=2026-06-30").json()["periods"]
    assert (told["priorities"], told["members"]) == (["Grønne yrker"], [])
    assert client.get("/rapport.json?fra=2024-06-01&til=2024-06-30").json()["periods"] == []
    following = coordinator_client.get("/perioder/ny").content.decode()
    assert "Alle får svar innen to uker" in following
    assert "Grønne yrker" not in following
