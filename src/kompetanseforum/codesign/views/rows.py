"""What a list row says of a room."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.codesign.models import Room, Stage
from kompetanseforum.codesign.queries.steps import progress_words
from kompetanseforum.organisations.queries import name_of


@dataclass(frozen=True, slots=True)
class RowView:
    words: str
    url: str
    who: str
    state: str
    state_label: str
    next: str
    action_label: str


_SHAPES = {Stage.OPEN: "in_dialogue", Stage.SENT: "briefed", Stage.DECIDED: "met"}


def row_view(room: Room) -> RowView:
    """Of a room of `newest_rooms`."""
    return RowView(
        words=room.title,
        url=reverse("codesign:room", kwargs={"public_id": room.public_id}),
        who=name_of(room.educator),
        state=_SHAPES[Stage(room.stage)],
        state_label=str(Stage(room.stage).label),
        next=progress_words(room),
        action_label=_("See what came of it") if room.stage == Stage.DECIDED else _("See the room"),
    )
