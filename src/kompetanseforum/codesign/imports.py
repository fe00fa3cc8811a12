"""Files read: the demo forum's rooms; and how they are told, each thing on its day, through the actions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from kompetanseforum.briefs.queries.shown import brief_by_sending_key
from kompetanseforum.codesign.actions import (
    agree,
    comment_on,
    decide_changes,
    join_room,
    move_change,
    open_room,
    propose_change,
    send_changes,
)
from kompetanseforum.codesign.models import Change, Participant, Room, State
from kompetanseforum.codesign.queries.applying import Wanted, applied
from kompetanseforum.codesign.queries.changes import agreed_changes
from kompetanseforum.codesign.queries.rooms import todays_offer
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.offers.queries.shown import offer_by_source
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_named


@dataclass(frozen=True, slots=True)
class DemoPerson:
    name: str
    sector: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class DemoChange:
    """`by` and `agree` are names of people in the room; `comments` are names and words."""

    part: str
    proposal: str
    by: str
    topic: str = ""
    today: str = ""
    why: str = ""
    agree: list[str] = field(default_factory=list)
    comments: list[list[str]] = field(default_factory=list)
    state: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """`brief` and `offer` are keys of demo rows; `decided_days_ago` is 0 while it is open."""

    key: str
    title: str
    educator: str
    days_ago: int
    people: list[DemoPerson]
    changes: list[DemoChange]
    language: str = "nb"
    offer: str = ""
    makes_new: bool = False
    brief: str = ""
    template: str = ""
    decided_days_ago: int = 0


def demo_rooms() -> list[DemoRoom]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["room"]  # Any: checked by the classes
    return [_room(row) for row in rows]


def _room(row: dict[str, Any]) -> DemoRoom:  # Any: as TOML gives it
    people = [DemoPerson(**one) for one in row.pop("person")]
    changes = [DemoChange(**one) for one in row.pop("change")]
    return DemoRoom(**row, people=people, changes=changes)


def tell_room(row: DemoRoom, *, now: datetime) -> None:
    names = {one.key: one.name for one in demo_organisations()}
    known = organisations_named(list(names.values()))
    organisations = {key: known[name] for key, name in names.items()}
    opened = now - timedelta(days=row.days_ago)
    with clock.at(opened):
        room = open_room(
            title=row.title,
            educator=organisations[row.educator],
            offer=offer_by_source("demo", row.offer) if row.offer else None,
            brief=brief_by_sending_key(f"demo-{row.brief}"),
            makes_new=row.makes_new,
            template=row.template,
            by=NOBODY,
            sending_key=f"demo-{row.key}",
        )
    with clock.at(opened + timedelta(days=1)):
        people = {one.name: _come_in(room, one, organisations) for one in row.people}
    for number, change in enumerate(row.changes):
        with clock.at(opened + timedelta(days=2 + number % 4, hours=number)):
            _tell_change(room, change, people=people)
    if row.decided_days_ago:
        with clock.at(now - timedelta(days=row.decided_days_ago)):
            _decide(room)


def _come_in(room: Room, one: DemoPerson, organisations: dict[str, Organisation]) -> Participant:
    return join_room(
        room=room, name=one.name, sector=one.sector, organisation=organisations.get(one.organisation), by=None
    )


def _tell_change(room: Room, row: DemoChange, *, people: dict[str, Participant]) -> None:
    change: Change = propose_change(
        room=room,
        part=row.part,
        topic=row.topic,
        today=row.today,
        proposal=row.proposal,
        why=row.why,
        by=people[row.by],
    )
    for name in row.agree:
        agree(change=change, by=people[name])
    for name, words in row.comments:
        comment_on(change=change, words=words, by=people[name])
    if row.state:
        move_change(change=change, to=State(row.state), reason=row.reason, by=people[row.by])


def _decide(room: Room) -> None:
    """As the educator would from the form, with nothing corrected."""
    offer = todays_offer(room)
    assert offer is not None
    changes = agreed_changes(room)
    send_changes(room=room, by=None)
    wanted = [Wanted(one.part, one.topic, one.today, one.proposal) for one in changes]
    content = applied(content_of(offer), wanted)
    decide_changes(room=room, content=content, taken=[one.public_id for one in changes], by=NOBODY)
