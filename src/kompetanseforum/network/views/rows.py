"""What a row in the directory says, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.network.models import Side
from kompetanseforum.network.queries.directory import ORGANISATION, Entry


@dataclass(frozen=True, slots=True)
class RowView:
    name: str
    what: str
    url: str
    # (side, skills) for the sides that say something.
    sides: list[tuple[str, list[str]]]
    # The own words, where no skill was heard in them.
    words: str
    ask_url: str


def row_view(entry: Entry, *, viewer: Viewer, own_card: str) -> RowView:
    route = "organisations:organisation" if entry.kind == ORGANISATION else "network:card"
    sides = [(str(side.label), labels) for side in Side if (labels := entry.labels(side))]
    may_ask = bool(entry.askable_card) and viewer.person is not None and entry.askable_card != own_card
    return RowView(
        name=entry.name,
        what=entry.what,
        url=reverse(route, kwargs={"public_id": entry.public_id}),
        sides=sides,
        words=entry.words,
        ask_url=reverse("network:ask", kwargs={"public_id": entry.askable_card}) if may_ask else "",
    )
