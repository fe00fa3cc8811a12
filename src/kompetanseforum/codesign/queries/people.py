"""Reads: what we know of somebody who comes into a room, so that they need not say it."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanseforum.codesign.models import Room
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.queries.shown import voices_held_by
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_of


@dataclass(frozen=True, slots=True)
class KnownAs:
    sector: str = ""
    organisation: Organisation | None = None


def known_as(viewer: Viewer, room: Room) -> KnownAs:
    """For whom they speak: confirmed, or by the voice they hold behind the room's brief."""
    own = organisations_of(viewer.person)
    if own:
        # The educator's own people come in as such, whomever else they speak for.
        first = next((one for one in own if one.pk == room.educator_id), own[0])
        return KnownAs(sector=first.sector, organisation=first)
    behind = set(room.brief.needs.values_list("pk", flat=True)) if room.brief else set()
    for voice in voices_held_by(viewer):
        if voice.organisation and voice.need_id in behind:
            return KnownAs(sector=voice.organisation.sector, organisation=voice.organisation)
    return KnownAs()
