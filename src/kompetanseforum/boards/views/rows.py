"""Rows as the templates draw them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse.board import PhaseKind
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.patterns import TITLES
from kompetanseforum.boards.queries.shown import ShownBoard, ShownNote


@dataclass(frozen=True, slots=True)
class PhaseStep:
    number: int
    title: str
    minutes: int
    is_done: bool
    is_here: bool


def phase_steps(shown: ShownBoard) -> list[PhaseStep]:
    """The phases in a row; one alone is no row."""
    return [
        PhaseStep(
            number=phase.number,
            title=str(TITLES[PhaseKind(phase.kind)]),
            minutes=phase.minutes,
            is_done=phase.number < shown.phase.number,
            is_here=phase.number == shown.phase.number,
        )
        for phase in shown.phases
    ]


@dataclass(frozen=True, slots=True)
class SaidWord:
    """One of our words as a button: how many have said it, and who where names are shown."""

    key: str
    label: str
    people: int
    is_mine: bool
    names: str


def said_to(note: ShownNote, labels: Mapping[str, str]) -> list[SaidWord]:
    """All our words, also those nobody has said yet."""
    known = {each.word: each for each in note.reactions}
    return [
        SaidWord(
            key=key,
            label=label,
            people=known[key].people if key in known else 0,
            is_mine=key in known and known[key].is_mine,
            names=", ".join(known[key].names) if key in known else "",
        )
        for key, label in labels.items()
    ]


def placing(item: Item) -> list[tuple[str, str, int]]:
    """(name, label, value) of the four numbers of a place on the canvas."""
    return [
        ("x", _("From the left"), item.x),
        ("y", _("Down"), item.y),
        ("w", _("Width"), item.w or 208),
        ("h", _("Height"), item.h or 106),
    ]


# Web addresses alone: no script, no file, no mail. What ends a sentence is no part of it.
_LINK = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)]")


def links_in(text: str) -> list[str]:
    return _LINK.findall(text)[:5]
