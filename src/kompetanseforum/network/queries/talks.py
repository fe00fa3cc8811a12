"""Reads: the talks of one person, as that person may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.network.models import Card, Talk


@dataclass(frozen=True, slots=True)
class ShownTalk:
    """A talk from one side. To the asker a declined one is as open as any other."""

    public_id: str
    other: str
    about: str
    asked_at: datetime
    lapses_at: datetime
    is_agreed: bool
    is_lapsed: bool
    # Only when both have said yes.
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class OwnTalks:
    # Others ask, and wait for an answer.
    to_answer: list[ShownTalk]
    # I have asked.
    asked: list[ShownTalk]
    agreed: list[ShownTalk]


def talk_by_id(public_id: str) -> Talk | None:
    return Talk.objects.select_related("asker", "asked").filter(public_id=public_id).first()


def talks_of(person: Ref) -> OwnTalks:
    own = Talk.objects.select_related("asker", "asked")
    by_me = list(own.filter(asker__public_id=person.id))
    of_me = list(own.filter(asked__public_id=person.id, declined_at=None))
    now = clock.now()
    mine, theirs = [_seen(talk, is_asker=True) for talk in by_me], [_seen(talk, is_asker=False) for talk in of_me]
    return OwnTalks(
        to_answer=[talk for talk in theirs if not talk.is_agreed and talk.lapses_at > now],
        asked=[talk for talk in mine if not talk.is_agreed],
        agreed=sorted((talk for talk in mine + theirs if talk.is_agreed), key=lambda talk: talk.asked_at, reverse=True),
    )


def _seen(talk: Talk, *, is_asker: bool) -> ShownTalk:
    other = talk.asked if is_asker else talk.asker
    is_agreed = talk.agreed_at is not None
    return ShownTalk(
        public_id=talk.public_id,
        other=other.name,
        about=talk.about,
        asked_at=talk.asked_at,
        lapses_at=talk.lapses_at,
        is_agreed=is_agreed,
        is_lapsed=not is_agreed and talk.lapses_at <= clock.now(),
        email=other.email if is_agreed else "",
        phone=other.phone if is_agreed else "",
    )


def waiting_count(person: Ref) -> int:
    """How many wait for this person's answer."""
    waiting = Talk.objects.filter(asked__public_id=person.id, agreed_at=None, declined_at=None)
    return waiting.filter(lapses_at__gt=clock.now()).count()


def copy_about(person: Ref) -> Mapping[str, object]:
    """A person's own copy: what they want to be found by, and their talks as they see them."""
    card = Card.objects.filter(person__public_id=person.id).prefetch_related("lines").first()
    own = talks_of(person)
    return {
        "card": {
            "found_since": card.found_since.isoformat() if card.found_since else None,
            "askable_since": card.askable_since.isoformat() if card.askable_since else None,
            **{line.side: line.words for line in card.lines.all()},
        }
        if card
        else None,
        "talks": [
            {
                "with": talk.other,
                "about": talk.about,
                "asked_at": talk.asked_at.isoformat(),
                "is_agreed": talk.is_agreed,
            }
            for talk in [*own.to_answer, *own.asked, *own.agreed]
        ],
    }
