"""A thread as a drawing: lines and dots at the left of its list, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.trace import Line, draw
from kompetanseforum.threads.queries import ShownThread
from kompetanseforum.threads.views.steps import DrawnStep

# In the units of the drawing, 16 to a rem: one row is as high as `.lane-row` (frontend/styles/lanes.css).
ROW = 88
_LANE = 20
_MARGIN = 10
# Wider than this leaves no room for words on a phone: lanes then stand closer.
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class DrawnLine:
    path: str
    side: str
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Dot:
    path: str
    side: str
    dot: str


@dataclass(frozen=True, slots=True)
class Picture:
    """In units of the drawing, and in rem for where it stands among text."""

    width: float
    height: float
    lines: list[DrawnLine]
    dots: list[Dot]

    @property
    def width_rem(self) -> str:
        return f"{self.width / 16:.4g}rem"

    @property
    def height_rem(self) -> str:
        return f"{self.height / 16:.6g}rem"


def picture_of(thread: ShownThread, steps: list[DrawnStep]) -> Picture:
    """`steps` are those of the thread, in its order."""
    drawing = draw([one.ref for one in thread.steps], thread.links)
    lane = min(_LANE, _WIDEST / max(drawing.width, 1))
    xs = [round(_MARGIN + lane * number, 1) for number in drawing.lanes]
    return Picture(
        width=round(2 * _MARGIN + lane * (drawing.width - 1), 1),
        height=ROW * len(steps),
        lines=[_line(line, xs, steps) for line in drawing.lines],
        dots=[
            Dot(path=_dot(x, _y(row), is_square=step.dot == "square"), side=step.side, dot=step.dot)
            for row, (x, step) in enumerate(zip(xs, steps, strict=True))
        ],
    )


def _y(row: int) -> int:
    return ROW * row + ROW // 2


def _dot(x: float, y: int, *, is_square: bool) -> str:
    """A circle or a square, twelve units wide."""
    if is_square:
        return f"M{x - 6:g} {y - 6}h12v12h-12z"
    return f"M{x - 6:g} {y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"


def _line(line: Line, xs: list[float], steps: list[DrawnStep]) -> DrawnLine:
    """Down its trunk, and over to the other end within half a row."""
    start, end, half = _y(line.start), _y(line.end), ROW // 2
    left, right = xs[line.start], xs[line.end]
    if line.trunk == line.start:
        bend = end - half
        path = f"M{left} {start}V{bend}C{left} {bend + 30} {right} {bend + 14} {right} {end}"
    else:
        bend = start + half
        path = f"M{left} {start}C{left} {start + 30} {right} {start + 14} {right} {bend}V{end}"
    is_open = "open" in (steps[line.start].dot, steps[line.end].dot)
    return DrawnLine(path=path, side=steps[line.end].side, is_dashed=is_open)
