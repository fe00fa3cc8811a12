"""A pilot as it stands in a list and in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.core.text import capital
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import learnt_last, standing, where

# How a decided pilot ends its thread; a stopped one is a square of the same size.
DOTS = {Decision.SCALE: "filled", Decision.ADJUST: "ring", Decision.STOP: "square"}


@dataclass(frozen=True, slots=True)
class RowView:
    """As `ui/row.html` draws it: the last line says what was learnt, whatever was decided."""

    words: str
    url: str
    who: str
    state: str
    state_label: str
    next: str
    learnt: str


def row_view(pilot: Pilot) -> RowView:
    now = standing(pilot)
    learnt = learnt_last(pilot)
    return RowView(
        words=pilot.title,
        url=reverse("pilots:pilot", kwargs={"public_id": pilot.public_id}),
        who=" · ".join(part for part in (where(pilot), pilot.who) if part),
        state=now.shape,
        state_label=now.word,
        next=now.when,
        learnt=_("We learnt: %(words)s") % {"words": learnt} if learnt else "",
    )


def pilot_rows(pilots: Sequence[Pilot]) -> list[RowView]:
    return [row_view(pilot) for pilot in pilots]


def told_of(pilot: Pilot) -> str:
    """One line under the pilot's name in a thread."""
    if pilot.decision:
        words = _("%(decision)s, because %(why)s") % {
            "decision": Decision(pilot.decision).label,
            "why": pilot.decision_why,
        }
        return capital(words).rstrip(".") + "."
    now = standing(pilot)
    return f"{now.when}. {pilot.who}"
