"""Reads: boards, and who somebody is on one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kompetanse.board import ItemKind
from kompetanse.refs import Ref
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.rules import is_spectator_of, may_lead_board
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref

# What stands where a name stood.
NOBODY = "–"
_PLAIN = str.maketrans("ÅÆÄØÖ", "AAAOO")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on a board: the Ref their notes are written under, and whether they lead."""

    ref: str
    name: str
    sector: str
    is_leading: bool
    guest: Guest | None = None
    # Looks on: reads what all may read, and does nothing.
    is_spectator: bool = False


def board_by_id(public_id: str) -> Board | None:
    return Board.objects.filter(public_id=public_id).first()


def board_by_code(code: str) -> Board | None:
    """Typed by hand: spaces, case and a missing space do not matter, nor do å, ø and æ on a keyboard without them."""
    typed = "".join(unicodedata.normalize("NFC", code).upper().split())
    letters = typed.rstrip("0123456789")
    digits = typed[len(letters) :]
    still_open = Board.objects.filter(ended_at=None)
    exact = still_open.filter(code=f"{letters} {digits}").first()
    if exact or not letters or not digits:
        return exact
    alike = still_open.filter(code__endswith=f" {digits}")
    return next((board for board in alike if _plain(board.code.split()[0]) == _plain(letters)), None)


def _plain(letters: str) -> str:
    """As it is typed where the keyboard has no å, ø and æ: ELINGÅRD, ELINGARD and ELINGAARD are one."""
    return letters.translate(_PLAIN).replace("AA", "A").replace("AE", "A").replace("OE", "O")


def guest_by_key(sending_key: str) -> Guest | None:
    return Guest.objects.filter(sending_key=sending_key).first()


def guest_of(viewer: Viewer, board: Board) -> Guest | None:
    """The one this device (or person) came in as, the latest if several."""
    held = [thing.id for thing in viewer.holds if thing.kind == "guest"]
    return Guest.objects.filter(board=board, public_id__in=held).order_by("-joined_at", "-pk").first() if held else None


def who_on(board: Board, viewer: Viewer) -> Who | None:
    """None for those who are not on it."""
    guest, is_leading = guest_of(viewer, board), may_lead_board(viewer, board)
    if guest is not None:
        return Who(ref=str(ref(guest)), name=guest.alias, sector=guest.sector, is_leading=is_leading, guest=guest)
    person = person_of(viewer.person)
    if not is_leading or person is None:
        looks_on = is_spectator_of(viewer, board)
        return Who(ref="", name="", sector="", is_leading=False, is_spectator=True) if looks_on else None
    return Who(ref=str(ref(person)), name=person.first_name, sector="", is_leading=True)


def boards_of(viewer: Viewer, *, is_of_house: bool) -> QuerySet[Board]:
    """All for the house, else those this device has been on; each with its number of notes and of people."""
    found = Board.objects.all()
    if not is_of_house:
        held = [thing.id for thing in viewer.holds if thing.kind == "guest"]
        found = found.filter(guests__public_id__in=held) if held else found.none()
    standing = Q(items__kind=ItemKind.NOTE, items__is_deleted=False, items__is_erased=False)
    return found.annotate(
        notes=Count("items", filter=standing, distinct=True), people=Count("guests", distinct=True)
    ).distinct()


def names_on(board: Board) -> dict[str, str]:
    """Ref text → what they call themselves, for boards that show names."""
    return {f"guest:{public_id}": alias for public_id, alias in board.guests.values_list("public_id", "alias")}


def item_by_id(public_id: str) -> Item | None:
    return Item.objects.select_related("board").filter(public_id=public_id).first()


def note_ref(row: Item) -> Ref:
    """`note:7h3k2m9qxa`: what lies on a board is called so everywhere else."""
    return Ref("note", row.public_id)


def boards_named(ids: Sequence[str]) -> list[Board]:
    return list(Board.objects.filter(public_id__in=ids))


def notes_named(ids: Sequence[str]) -> list[Item]:
    """Those that all on their board may read."""
    found = Item.objects.filter(public_id__in=ids, revealed_seq__gt=0, is_deleted=False, is_held=False, is_erased=False)
    return list(found.select_related("board"))


def notes_by(holds: frozenset[Ref]) -> list[Item]:
    """What these guests have written, oldest first."""
    authors = [str(thing) for thing in holds if thing.kind == "guest"]
    found = Item.objects.filter(author__in=authors, is_erased=False).select_related("board")
    return list(found.order_by("made_at", "pk"))


def guests_among(holds: frozenset[Ref]) -> list[Guest]:
    held = [thing.id for thing in holds if thing.kind == "guest"]
    return list(Guest.objects.filter(public_id__in=held).select_related("board").order_by("joined_at", "pk"))
