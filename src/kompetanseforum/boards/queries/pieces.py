"""Reads: what is drawn on the canvas, files, and what people have said to a note in one word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kompetanse.board import REACTIONS, ItemKind
from kompetanseforum.boards.models import File, Item
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.words import KIND_WORDS, LOOK_WORDS, REACTION_WORDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies on the canvas, from the corner of what it lies in."""

    x: int
    y: int
    w: int
    h: int


def place_of(row: Item) -> Place | None:
    return Place(row.x, row.y, row.w, row.h) if row.w else None


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Something drawn, or a file."""

    id: str
    kind: str
    text: str
    look: str
    path: str
    file: str
    is_mine: bool
    is_hidden: bool
    is_waiting: bool
    may_change: bool
    text_seq: int
    seq: int
    rank: str
    inside: str
    place: Place | None
    is_piece: bool = True
    # A file that is no picture: a card with what it says.
    is_document: bool = False

    @property
    def label(self) -> str:
        """What it is: a rectangle, a stroke."""
        return str(LOOK_WORDS.get(self.look) or KIND_WORDS[ItemKind(self.kind)])

    @property
    def url(self) -> str:
        return reverse("boards:file", kwargs={"public_id": self.id}) if self.file else ""

    @property
    def joins(self) -> Sequence[str]:
        return self.path.split(">") if self.kind == ItemKind.CONNECTOR else ()


def documents_among(rows: Sequence[Item]) -> frozenset[str]:
    """Of their files, those that are no pictures."""
    files = [row.file for row in rows if row.file]
    found = (
        File.objects.filter(public_id__in=files).exclude(type__startswith="image/") if files else File.objects.none()
    )
    return frozenset(found.values_list("public_id", flat=True))


def piece_of(row: Item, *, is_mine: bool, may_change: bool, documents: frozenset[str] = frozenset()) -> ShownPiece:
    return ShownPiece(
        id=row.public_id,
        kind=row.kind,
        text=row.text,
        look=row.look,
        path=row.path,
        file=row.file,
        is_mine=is_mine,
        is_hidden=not row.revealed_seq,
        is_waiting=row.is_waiting,
        may_change=may_change,
        text_seq=row.text_seq,
        seq=row.seq,
        rank=row.rank,
        inside=row.inside,
        place=place_of(row),
        is_document=row.file in documents,
    )


BLANK_PIECE = ShownPiece(
    id="0000000000",
    kind=ItemKind.TEXT.value,
    text="",
    look="",
    path="",
    file="",
    is_mine=False,
    is_hidden=False,
    is_waiting=False,
    may_change=False,
    text_seq=0,
    seq=0,
    rank="",
    inside="",
    place=None,
)


@dataclass(frozen=True, slots=True)
class ShownReaction:
    """One of our words, how many have said it, and who where names are shown."""

    word: str
    people: int
    is_mine: bool
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(REACTION_WORDS[self.word])


def reactions_by_note(rows: Sequence[Item], who: Who, names: Mapping[str, str]) -> dict[str, tuple[ShownReaction, ...]]:
    """Note → its words, in our order; a person is counted once for each, whatever was sent."""
    said: dict[tuple[str, str], dict[str, Item]] = defaultdict(dict)
    for row in rows:
        if row.kind == ItemKind.REACTION:
            said[row.inside, row.text][row.author or row.public_id] = row
    found: dict[str, list[ShownReaction]] = defaultdict(list)
    for word in REACTIONS:
        for (note, given), by in said.items():
            if given == word:
                known = tuple(names[author] for author in by if author in names)
                found[note].append(ShownReaction(word, len(by), who.ref in by, known))
    return {note: tuple(each) for note, each in found.items()}


def file_of(row: Item, who: Who) -> File | None:
    """What was handed in, for those who may see the item it is, and the note that it lies on."""
    chain = [row, *Item.objects.filter(board=row.board, public_id=row.inside)]
    for each in chain:
        is_told = bool(each.revealed_seq) or (bool(each.author) and each.author == who.ref)
        may_look = is_told or (each.is_waiting and who.is_leading)
        is_there = not (each.is_erased or each.is_deleted) and (not each.is_held or who.is_leading)
        if not (may_look and is_there):
            return None
    return File.objects.filter(public_id=row.file).first() if row.file else None
