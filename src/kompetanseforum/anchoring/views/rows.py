"""An anchoring as it stands in a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.queries.shown import standing
from kompetanseforum.organisations.queries import name_of


@dataclass(frozen=True, slots=True)
class RowView:
    who: str
    what: str
    url: str
    renew_url: str
    state: str
    state_label: str
    until: str
    is_lapsed: bool
    is_reported: bool


def row_view(anchoring: Anchoring) -> RowView:
    now = standing(anchoring)
    address = {"public_id": anchoring.public_id}
    return RowView(
        who=name_of(anchoring.organisation),
        what=anchoring.what,
        url=reverse("anchoring:anchoring", kwargs=address),
        renew_url=reverse("anchoring:renew", kwargs=address),
        state=now.shape,
        state_label=now.word,
        until=now.until,
        is_lapsed=now.is_lapsed,
        is_reported=anchoring.is_reported,
    )
