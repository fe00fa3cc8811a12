"""Hears of a new period: those who took part in the one before take part in it."""

from __future__ import annotations

from kompetanseforum.core.facts import listen
from kompetanseforum.forum.facts import CycleStarted
from kompetanseforum.organisations.actions import go_on_into


def go_on_into_new_period(fact_id: int, fact: CycleStarted) -> None:
    go_on_into(fact.cycle)


def connect() -> None:
    listen(CycleStarted, go_on_into_new_period)
