"""The canvas as a drawing: SVG, and the same on one sheet of paper. Words stand in it as words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from kompetanse.board import Item, ItemKind
from kompetanse.board.layout import HEAD, Box, arrow_head, joined, placed
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.words import KIND_WORDS, SECTOR_WORDS
from kompetanseforum.core.paper import as_pdf

_MARGIN = 24
_INK, _QUIET, _LINE, _PAPER = "#212e2b", "#565f5d", "#b9bfbd", "#ffffff"
# As the sector's side is tinted on the board.
_TINTS = {"business": "#f4e5e1", "social_partner": "#f4e5e1", "education": "#dfe9ec", "research": "#dfe9ec"}
_PLAIN_TINT = "#f3f4f4"
_LETTER = 8.2
# What XML cannot hold.
_GONE = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


def canvas_svg(board: Board, items: Sequence[Item]) -> str:
    boxes = placed(items)
    right = max((box.x + box.w for box in boxes.values()), default=0)
    bottom = max((box.y + box.h for box in boxes.values()), default=0)
    left = min((box.x for box in boxes.values()), default=0)
    top = min((box.y for box in boxes.values()), default=0)
    w, h = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(_words(board.title))} '
        f'width="{w:.0f}" height="{h:.0f}" viewBox="{left - _MARGIN:.0f} {top - _MARGIN:.0f} {w:.0f} {h:.0f}" '
        "font-family=\"Inter, 'DejaVu Sans', sans-serif\">"
    )
    title = f"<title>{escape(_words(board.title))}</title>"
    ground = (
        f'<rect x="{left - _MARGIN:.0f}" y="{top - _MARGIN:.0f}" width="{w:.0f}" height="{h:.0f}" fill="{_PAPER}"/>'
    )
    return "\n".join([head, title, ground, *_drawn(items, boxes), "</svg>"])


def canvas_paper(board: Board, items: Sequence[Item]) -> bytes:
    """Raises NoPaper."""
    drawing = mark_safe(canvas_svg(board, items))  # noqa: S308  # every word in it is escaped above
    page = render_to_string("boards/canvas_paper.html", {"board": board, "drawing": drawing})
    return as_pdf(page, style="boards/canvas_paper.css")


# What lies under the other first.
_ORDER = (
    ItemKind.COLUMN, ItemKind.GROUP, ItemKind.SHAPE, ItemKind.CONNECTOR, ItemKind.FILE, ItemKind.NOTE, ItemKind.TEXT,
    ItemKind.INK,
)  # fmt: skip


def _drawn(items: Sequence[Item], boxes: Mapping[str, Box]) -> Iterator[str]:
    by_id = {item.id: item for item in items}
    for item in sorted((item for item in items if item.kind in _ORDER), key=lambda each: _ORDER.index(each.kind)):
        if item.kind == ItemKind.CONNECTOR:
            one, _, other = item.path.partition(">")
            if one in boxes and other in boxes and one in by_id and other in by_id:
                yield _connector(item, boxes[one], boxes[other])
        elif item.id in boxes:
            yield _DRAW[item.kind](item, boxes[item.id])


def _column(item: Item, box: Box) -> str:
    return _rect(box, fill="none", line=_LINE) + _text(
        item.text, box.x + 16, box.y + HEAD / 2 + 6, box.w - 32, size=20, weight=600
    )


def _group(item: Item, box: Box) -> str:
    return _rect(box, fill=_PAPER, line=_LINE) + _text(item.text, box.x + 12, box.y + 30, box.w - 24, weight=600)


def _note(item: Item, box: Box) -> str:
    sector = str(SECTOR_WORDS.get(item.sector, ""))
    return (
        _rect(box, fill=_TINTS.get(item.sector, _PLAIN_TINT))
        + _text(item.text, box.x + 12, box.y + 26, box.w - 24)
        + (_text(sector, box.x + 12, box.y + box.h - 12, box.w - 24, size=12, fill=_QUIET) if sector else "")
    )


def _free_text(item: Item, box: Box) -> str:
    return _text(item.text, box.x, box.y + 20, box.w)


def _file(item: Item, box: Box) -> str:
    kind = str(KIND_WORDS[ItemKind.FILE])
    return _rect(box, fill=_PAPER, line=_LINE) + _text(f"{kind}: {item.text}", box.x + 12, box.y + 26, box.w - 24)


def _shape(item: Item, box: Box) -> str:
    x, y = box.middle
    if item.look == "ellipse":
        form = f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{box.w / 2:.1f}" ry="{box.h / 2:.1f}" fill="{_PAPER}" stroke="{_INK}"/>'
    elif item.look == "diamond":
        form = f'<path d="M{x:.1f} {box.y:.1f}L{box.x + box.w:.1f} {y:.1f}L{x:.1f} {box.y + box.h:.1f}L{box.x:.1f} {y:.1f}Z" fill="{_PAPER}" stroke="{_INK}"/>'
    else:
        form = _rect(box, fill=_PAPER, line=_INK)
    return form + (_text(item.text, box.x + 16, y, box.w - 32) if item.text else "")


def _connector(item: Item, one: Box, other: Box) -> str:
    start, end = joined(one, other)
    head = "" if item.look == "line" else _path(arrow_head(start, end))
    return _path([start, end]) + head


def _ink(item: Item, box: Box) -> str:
    points = [tuple(float(number) for number in pair.split(",")) for pair in item.path.split(" ")]
    across, down = box.w / (item.w or box.w or 1), box.h / (item.h or box.h or 1)
    return _path([(box.x + x * across, box.y + y * down) for x, y in points], width=4)


_DRAW = {
    ItemKind.COLUMN: _column, ItemKind.GROUP: _group, ItemKind.NOTE: _note, ItemKind.TEXT: _free_text,
    ItemKind.FILE: _file, ItemKind.SHAPE: _shape, ItemKind.INK: _ink,
}  # fmt: skip


def _rect(box: Box, *, fill: str, line: str = "none") -> str:
    return f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.w:.1f}" height="{box.h:.1f}" rx="4" fill="{fill}" stroke="{line}"/>'


def _path(points: Sequence[tuple[float, ...]], *, width: int = 2) -> str:
    d = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{d}" fill="none" stroke="{_INK}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'


def _text(text: str, x: float, y: float, width: float, *, size: int = 15, weight: int = 400, fill: str = _INK) -> str:
    letters = max(4, int(width / (_LETTER * size / 15)))
    lines = [line for part in _words(text).split("\n") for line in (textwrap.wrap(part, letters) or [""])]
    spans = "".join(
        f'<tspan x="{x:.1f}" dy="{0 if number == 0 else size * 1.4:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}">{spans}</text>'


def _words(text: str) -> str:
    return text.translate(_GONE)
