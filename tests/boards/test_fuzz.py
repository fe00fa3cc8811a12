"""Whatever is sent: no error, no half-written row, and the rows equal the log."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import begin_phase, perform, set_board
from kompetanseforum.boards.forms import wishes_in
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import join
from tests.boards.test_log import rows_equal_the_log

pytestmark = pytest.mark.django_db

_JUNK: list[Any] = [
    None,
    True,
    -1,
    0,
    2**70,
    1.5,
    "",
    "x" * 600,
    "\0",
    "\ud800",
    [],
    {},
    [[]],
    "' OR 1=1 --",
    "🙂" * 300,
]


class Sender:
    """Sends what a browser might, what a broken one might, and what an ill-meaning one might."""

    def __init__(self, board: Board, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ids = [f"{self.rng.choice('abcdefgh')}{number:09}" for number in range(12)]
        self.columns = list(board.items.values_list("public_id", flat=True))
        self.sent: list[str] = []

    def operation(self) -> object:
        rng = self.rng
        if rng.random() < 0.4:
            return self.sensible()
        if rng.random() < 0.1:
            return rng.choice(_JUNK)
        op_id = rng.choice(self.sent) if self.sent and rng.random() < 0.05 else f"fuzz-{rng.getrandbits(64):016x}"
        self.sent.append(op_id)
        kind = "add" if rng.random() < 0.5 else rng.choice([kind.value for kind in OpKind])
        if kind == "add" and rng.random() < 0.7:
            self.ids.append(f"{rng.getrandbits(32):010d}")
        made: dict[str, Any] = {
            "id": op_id,
            "kind": kind,
            "what": rng.choice(["note"] * 6 + [kind.value for kind in ItemKind]),
            # The newest ones most: what was erased long ago answers nothing any more.
            "item": self.ids[-1] if kind == "add" else rng.choice(self.ids[-20:]),
            "text": rng.choice(["Sveise", "Kveld ✓", " x "] * 3 + ["", "y" * 500, "y" * 501]),
            "inside": rng.choice(self.columns if rng.random() < 0.7 else ["", *self.ids[-20:]]),
            "before": rng.choice(["", *self.ids]),
            "into": rng.choice(self.ids),
            "base": rng.randrange(60),
            "sector": rng.choice(["", "business", "nonsense"]),
            "is_proxy": rng.random() < 0.2,
            **self.drawn(),
        }
        if rng.random() < 0.2:
            made[rng.choice(list(made))] = rng.choice(_JUNK)
        return made

    def sensible(self) -> dict[str, Any]:
        """As a browser sends it; whether the phase allows it, and whether the thing is there still, it cannot know."""
        rng = self.rng
        kind = rng.choice([OpKind.ADD] * 4 + [OpKind.MOVE] * 3 + [OpKind.DELETE, OpKind.RESTORE])
        if kind == OpKind.ADD:
            self.ids.append(f"{rng.getrandbits(32):010d}")
        return {
            "id": f"fuzz-{rng.getrandbits(64):016x}",
            "kind": kind.value,
            "what": rng.choice(["note"] * 5 + ["group"]),
            "item": self.ids[-1] if kind == OpKind.ADD else rng.choice(self.ids[-40:]),
            "text": rng.choice(["Sveise", "Kveld ✓", "Ti kvelder i stedet for ett år"]),
            "inside": rng.choice(self.columns),
        }

    def drawn(self) -> dict[str, Any]:
        """Where something lies on the canvas and how it looks, now and then."""
        rng = self.rng
        if rng.random() < 0.5:
            return {}
        return {
            **{name: rng.choice([0, 16, 208, -40, 99_999, 100_001]) for name in ("x", "y", "w", "h")},
            "look": rng.choice(["", "ellipse", "arrow", "star"]),
            "path": rng.choice(["", "1,1 2,2", f"{rng.choice(self.ids)}>{rng.choice(self.ids)}", "1,1 x"]),
        }


def send_and_compare(board: Board, person: Person, leader: Who, *, operations: int, seed: int) -> int:
    sender = Sender(board, seed)
    people = [leader, join(board, "Kari", "business"), join(board, "Ola", "education")]
    done = 0
    for batch in range(operations // 10):
        wishes, refused = wishes_in([sender.operation() for _ in range(10)])
        answers = perform(board, [(wish, sender.rng.choice(people)) for wish in wishes])
        assert len(answers) + len(refused) == 10
        done += sum(answer.refusal is None for answer in answers)
        if batch % 7 == 6:
            begin_phase(board=board, number=sender.rng.randrange(board.phases.count()), by=person)
        if batch % 11 == 10:
            set_board(board=board, by=person, is_locked=sender.rng.random() < 0.3)
    rows_equal_the_log(board)
    return done


@pytest.mark.slow
def test_500_random_and_malformed_operations(workshop: Board, person: Person, leader: Who):
    begin_phase(board=workshop, number=workshop.phases.get(kind=PhaseKind.GROUP).number, by=person)
    assert send_and_compare(workshop, person, leader, operations=500, seed=20261123) > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_5000_random_and_malformed_operations(workshop: Board, person: Person, leader: Who, seed: int):
    begin_phase(board=workshop, number=workshop.phases.get(kind=PhaseKind.GROUP).number, by=person)
    assert send_and_compare(workshop, person, leader, operations=1000, seed=seed) > 80
