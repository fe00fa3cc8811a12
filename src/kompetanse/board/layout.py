"""A place for everything on the canvas: what the browser's script does (`layout.ts`), for files that are made without one.

Frames side by side, and in each frame its notes in even columns; what has been given a place lies there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, ceil, cos, inf, sin, sqrt

from kompetanse.board.items import Item, ItemKind

NOTE_WIDTH, GAP = 208, 16
# The frame's heading stands above what lies in it.
HEAD = 64
GROUP_WIDTH = NOTE_WIDTH + 26
GROUP_HEAD = 48
_FRAME_GAP, _LEAST_FRAME_HEIGHT, _COLUMN_HEIGHT = 40, 320, 640
_LETTERS_A_LINE = 20
_ARROW = 12


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2


def note_height(text: str) -> int:
    lines = sum(max(1, ceil(len(line) / _LETTERS_A_LINE)) for line in text.split("\n"))
    return 62 + lines * 22


def placed(items: Sequence[Item]) -> dict[str, Box]:
    """Id → its box, counted from the corner of the whole canvas. A connector has none: it follows what it joins."""
    inside: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda each: (each.rank, each.id)):
        inside.setdefault(item.inside, []).append(item)
    boxes: dict[str, Box] = {}
    x = 0.0
    for item in inside.get("", ()):
        if item.kind == ItemKind.CONNECTOR:
            continue
        if item.kind != ItemKind.COLUMN:
            boxes[item.id] = Box(item.x, item.y, *_size(item))
            continue
        held, within = _filled(inside.get(item.id, ()), inside)
        box = Box(item.x, item.y, max(item.w, held[0]), max(item.h, held[1])) if item.w else Box(x, 0, *held)
        boxes[item.id] = box
        boxes |= {key: replace(each, x=each.x + box.x, y=each.y + box.y) for key, each in within.items()}
        x += held[0] + _FRAME_GAP
    return boxes


def _size(item: Item, within: Sequence[Item] = ()) -> tuple[int, int]:
    if item.w:
        return item.w, item.h
    if item.kind == ItemKind.GROUP:
        return GROUP_WIDTH, 56 + sum(note_height(note.text) + 8 for note in within)
    if item.kind == ItemKind.NOTE:
        return NOTE_WIDTH, note_height(item.text)
    if item.kind == ItemKind.TEXT:
        return NOTE_WIDTH, note_height(item.text) - 36
    return NOTE_WIDTH, 176 if item.kind == ItemKind.FILE else 120


def _filled(row: Sequence[Item], inside: Mapping[str, Sequence[Item]]) -> tuple[tuple[float, float], dict[str, Box]]:
    """How large a frame must be, and where in it each lies; notes in a group one below the other."""
    sizes = [_size(replace(item, w=0), inside.get(item.id, ())) for item in row]
    width = max([GROUP_WIDTH, *(w for w, _h in sizes)])
    columns = max(1, ceil(sqrt(sum(h + GAP for _w, h in sizes) / _COLUMN_HEIGHT)))
    ends = [float(HEAD)] * columns
    boxes: dict[str, Box] = {}
    for item, (_w, h) in zip(row, sizes, strict=True):
        at = ends.index(min(ends))
        box = Box(GAP + at * (width + GAP), ends[at], width, h)
        ends[at] = box.y + box.h + GAP
        if item.w:
            box = Box(
                item.x,
                item.y,
                *(
                    (_size(replace(item, w=0), inside.get(item.id, ())))
                    if item.kind == ItemKind.GROUP
                    else (item.w, item.h)
                ),
            )
        boxes[item.id] = box
        y = box.y + GROUP_HEAD
        for note in inside.get(item.id, ()) if item.kind == ItemKind.GROUP else ():
            boxes[note.id] = Box(box.x + 12, y, box.w - 24, note_height(note.text))
            y += note_height(note.text) + 8
    reach_x = max((box.x + box.w + GAP for box in boxes.values()), default=0)
    reach_y = max((box.y + box.h + GAP for box in boxes.values()), default=0)
    return (max(columns * (width + GAP) + GAP, reach_x), max(_LEAST_FRAME_HEIGHT, reach_y)), boxes


def joined(one: Box, other: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """A connector between two boxes, from edge to edge."""
    return _edge(one, other.middle), _edge(other, one.middle)


def _edge(box: Box, towards: tuple[float, float]) -> tuple[float, float]:
    (x, y), (to_x, to_y) = box.middle, towards
    dx, dy = to_x - x, to_y - y
    scale = min(box.w / 2 / abs(dx) if dx else inf, box.h / 2 / abs(dy) if dy else inf)
    return (x, y) if scale >= 1 else (x + dx * scale, y + dy * scale)


def arrow_head(start: tuple[float, float], tip: tuple[float, float]) -> list[tuple[float, float]]:
    """The two wings and the tip between them."""
    turn = atan2(tip[1] - start[1], tip[0] - start[0])
    wings = [(tip[0] - _ARROW * cos(turn + side), tip[1] - _ARROW * sin(turn + side)) for side in (0.45, -0.45)]
    return [wings[0], tip, wings[1]]
