"""Hears of those who join."""

from __future__ import annotations

from kompetanseforum.accounts.facts import PersonJoined
from kompetanseforum.core.facts import listen
from kompetanseforum.forum.actions import take_part


def welcome_newcomer(fact_id: int, fact: PersonJoined) -> None:
    take_part(person=fact.person)


def connect() -> None:
    listen(PersonJoined, welcome_newcomer)
