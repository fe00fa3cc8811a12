"""What is erased is gone: from the board, its history, its files and what a person may ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from kompetanse.board import OpKind
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.boards.actions import forget_person
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.refs import ref
from tests.architecture.things import contents
from tests.boards.conftest import add_note, column_of, do, join, page_of
from tests.boards.test_log import rows_equal_the_log

pytestmark = pytest.mark.django_db
CANARY = "KANARIFUGL 4482"
TOLD = ("list", "table", "canvas", "export", "since", "history", "summary", "drawing")


def everything_kept() -> str:
    return str(dict(contents([model for model in apps.get_models() if model._meta.app_label == "boards"])))


@pytest.mark.slow
def test_an_erased_note_is_nowhere(board: Board, coordinator_client: Client):
    kari = join(board, "Kari")
    note = add_note(board, kari, CANARY)
    base = board.items.get(public_id=note).text_seq
    do(board, kari, OpKind.EDIT, note, text=f"{CANARY} igjen", base=base)
    do(board, kari, OpKind.MOVE, note, inside=column_of(board, 1))
    assert CANARY in everything_kept()
    assert do(board, kari, OpKind.ERASE, note).refusal is None
    assert CANARY not in everything_kept()
    told = [coordinator_client.get(page_of(board, name)).content.decode() for name in TOLD]
    assert [page for page in told if CANARY in page] == []
    rows_equal_the_log(board)


def test_an_erased_note_cannot_be_brought_back(board: Board):
    kari = join(board, "Kari")
    note = add_note(board, kari, CANARY)
    do(board, kari, OpKind.ERASE, note)
    for kind in (OpKind.RESTORE, OpKind.EDIT, OpKind.PART, OpKind.MOVE):
        assert do(board, kari, kind, note, text="x", inside=column_of(board)).refusal is not None


@pytest.mark.parametrize("takes_words_along", [False, True])
def test_somebody_who_is_erased_is_nowhere_and_their_words_go_if_they_wish(
    board: Board, takes_words_along: bool, device_of: Callable[[Who], Client]
):
    kari = join(board, "Kanari-Kari", "business")
    add_note(board, kari, CANARY)
    assert kari.guest is not None
    erasure = Erasure(
        person=ref(add_person(name="Kari Lunde")),
        holds=frozenset({ref(kari.guest)}),
        email="",
        withdraws_voices=takes_words_along,
    )
    forget_person(erasure)
    kept = everything_kept()
    assert ("Kanari-Kari" in kept, kari.ref in kept, CANARY in kept) == (False, False, not takes_words_along)
    rows_equal_the_log(board)
