"""What is erased on a board is in no byte of what the forum keeps, also while it runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.rooms import make_boards
from tests.faults.server import in_the_forum

pytestmark = pytest.mark.slow

# Read while the connection is open: to close it would empty the database's own log of changes.
_ERASE = """
import json
from pathlib import Path
from django.conf import settings
from kompetanse.board import ItemKind, OpKind, Wish
from kompetanseforum.boards.actions import write
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who

def kept():
    folder = Path(settings.DATABASES["default"]["NAME"]).parent
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and b"KANARIFUGL" in path.read_bytes())

board = Board.objects.get(public_id="{board}")
who = Who(ref="guest:" + board.guests.get().public_id, name="", sector="", is_leading=False)
note = "kanar1fug1"
write(board, Wish("add-canary-00001", OpKind.ADD, note, ItemKind.NOTE, "KANARIFUGL en", "{column}"), who)
base = board.items.get(public_id=note).text_seq
write(board, Wish("edit-canary-0001", OpKind.EDIT, note, text="KANARIFUGL to", base=base), who)
before = kept()
done = write(board, Wish("erase-canary-001", OpKind.ERASE, note), who)
print(json.dumps([before, done.refusal, kept()]))
"""


def test_erased_words_are_in_no_byte_of_the_database_nor_of_its_log_of_changes(data: Path) -> None:
    [board] = make_boards(data, boards=1, guests=1)
    said = in_the_forum(_ERASE.format(board=board.id, column=board.column), data=data)
    before, refusal, after = json.loads(said.splitlines()[-1])
    assert before != []
    assert (refusal, after) == (None, [])
