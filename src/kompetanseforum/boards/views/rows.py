"""Rows as the templates draw them."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.board import PhaseKind
from kompetanseforum.boards.queries.patterns import TITLES
from kompetanseforum.boards.queries.shown import ShownBoard


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
