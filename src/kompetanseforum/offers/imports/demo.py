"""The demo forum's offers: what invented schools teach, and what they taught before."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.organisations.imports import demo_organisations


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """`earlier` is what it said until `days_ago`."""

    key: str
    content: Content
    days_ago: int
    earlier: Content | None = None
    earlier_days_ago: int = 0


def demo_offers(today: date) -> Iterator[DemoOffer]:
    providers = {row.key: row.name for row in demo_organisations()}
    with resources.files("kompetanseforum.offers").joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["offer"]  # Any: as TOML gives it
    for row in rows:
        before = row.pop("earlier", None)
        yield DemoOffer(
            key=row["key"],
            content=_content(row, today=today, providers=providers),
            days_ago=row["days_ago"],
            earlier=_content(row | before, today=today, providers=providers) if before else None,
            earlier_days_ago=before["days_ago"] if before else 0,
        )


def teaching_day(day: date) -> date:
    """That day, or the next one a course could begin: on a weekday, neither at Christmas nor in July."""
    if day.month == 12 and day.day >= 19:
        day = date(day.year + 1, 1, 4)
    elif day.month == 1 and day.day < 4:
        day = day.replace(day=4)
    elif day.month == 7:
        day = day.replace(month=8, day=16)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _content(row: Mapping[str, Any], *, today: date, providers: Mapping[str, str]) -> Content:
    return Content(
        title=row["title"],
        kind=row["kind"],
        provider=providers[row["provider"]],
        language=row["language"],
        description=row["description"],
        level=row["level"],
        nkr_level=row.get("nkr_level"),
        municipality=row["municipality"],
        delivery=tuple(row["delivery"]),
        credits=Decimal(str(row["credits"])) if row["credits"] else None,
        weeks=row["weeks"],
        hours_per_week=row["hours_per_week"],
        is_part_time=row["part_time"],
        starts=tuple(sorted({teaching_day(today + timedelta(days=days)) for days in row["starts_in_days"]})),
        places_per_year=row["places_per_year"],
        price_nok=row["price_nok"],
        outcomes=tuple(OutcomeContent(text=text, language=row["language"]) for text in row["outcomes"]),
    )
