"""Reads: what one person has said in rooms."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.codesign.models import Change, Comment, Participant


def copy_about(person: Ref) -> dict[str, object]:
    """A person's own copy: rooms they are in, what they proposed and said there."""
    mine = Participant.objects.filter(person__public_id=person.id)
    return {
        "rooms": [
            {"room": one.room.public_id, "name": one.name, "side": one.sector, "since": one.joined_at.isoformat()}
            for one in mine.select_related("room")
        ],
        "proposals": [
            {"proposal": one.proposal, "why": one.why, "at": one.made_at.isoformat()}
            for one in Change.objects.filter(by__in=mine)
        ],
        "room_comments": [
            {"words": one.words, "at": one.at.isoformat()} for one in Comment.objects.filter(participant__in=mine)
        ],
    }
