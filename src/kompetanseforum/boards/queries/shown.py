"""Reads: a board as one who asks may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kompetanse.board import ItemKind, PhaseKind, Right, VoteMethod, rights_in
from kompetanseforum.boards.models import Board, Item, Phase, VoteRound
from kompetanseforum.boards.queries.log import value_of
from kompetanseforum.boards.queries.moderation import reported_on
from kompetanseforum.boards.queries.outcomes import became_of
from kompetanseforum.boards.queries.people import Who, names_on
from kompetanseforum.boards.queries.pieces import (
    Place,
    ShownPiece,
    ShownReaction,
    documents_among,
    piece_of,
    place_of,
    reactions_by_note,
)
from kompetanseforum.boards.queries.voices import Voice, voices_among
from kompetanseforum.boards.queries.votes import counted, last_closed_round, open_round, own_dots, voters_in
from kompetanseforum.boards.queries.words import SECTOR_WORDS
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Named
from kompetanseforum.core.permissions import Viewer

_ENTRIES = (ItemKind.GROUP, ItemKind.NOTE)


@dataclass(frozen=True, slots=True)
class ShownNote:
    id: str
    text: str
    sector: str
    # Empty unless the board shows names.
    name: str
    is_mine: bool
    is_proxy: bool
    is_hidden: bool
    text_seq: int
    seq: int
    rank: str
    inside: str
    comments: int = 0
    comment_texts: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    # None while a vote is open or there was none.
    dots: int | None = None
    my_dots: int = 0
    can_vote: bool = False
    may_change: bool = False
    became: tuple[Named, ...] = ()
    is_waiting: bool = False
    place: Place | None = None
    reactions: tuple[ShownReaction, ...] = ()
    files: tuple[ShownPiece, ...] = ()

    @property
    def sector_label(self) -> str:
        return str(SECTOR_WORDS.get(self.sector, ""))


@dataclass(frozen=True, slots=True)
class ShownGroup:
    id: str
    text: str
    rank: str
    inside: str
    seq: int
    text_seq: int
    notes: tuple[ShownNote, ...]
    dots: int | None = None
    my_dots: int = 0
    can_vote: bool = False
    place: Place | None = None
    is_group: bool = True


@dataclass(frozen=True, slots=True)
class ShownColumn:
    id: str
    text: str
    rank: str
    seq: int
    text_seq: int
    entries: tuple[ShownGroup | ShownNote, ...]
    # What is drawn in it on the canvas, and files that lie on no note.
    pieces: tuple[ShownPiece, ...] = ()
    place: Place | None = None

    @property
    def everything(self) -> list[ShownGroup | ShownNote | ShownPiece]:
        """In the order they stand: how one goes through a frame by Tab."""
        return sorted([*self.entries, *self.pieces], key=lambda each: (each.rank, each.id))


@dataclass(frozen=True, slots=True)
class ShownBoard:
    board: Board
    columns: tuple[ShownColumn, ...]
    # What lies on the canvas outside every frame.
    pieces: tuple[ShownPiece, ...]
    phases: tuple[Phase, ...]
    phase: Phase
    rights: frozenset[Right]
    notes: int
    hidden: int
    people: int
    voices: tuple[Voice, ...]
    round: VoteRound | None
    dots_left: int
    voters: int
    is_voted: bool
    # Notes that wait for the one who leads, and those somebody has said should be looked at. For the one who leads.
    waiting: int = 0
    reported: int = 0

    @property
    def has_page_to_vote(self) -> bool:
        return self.round is not None and self.round.method != VoteMethod.DOTS

    @property
    def is_text(self) -> bool:
        """Paragraphs that everybody writes on, read as one text."""
        return self.phase.kind == PhaseKind.TEXT

    @property
    def missing(self) -> list[str]:
        """Sectors that have not written yet, in words; nothing before any has."""
        silent = [voice.label for voice in self.voices if not voice.notes]
        return silent if len(silent) < len(self.voices) else []

    @property
    def is_over(self) -> bool:
        return self.phase.ends_at is not None and self.phase.ends_at < clock.now()

    @property
    def next_phase(self) -> Phase | None:
        return next((phase for phase in self.phases if phase.number > self.phase.number), None)

    @property
    def ends_at(self) -> datetime | None:
        return self.phase.ends_at

    @property
    def clock(self) -> str:
        """`04:12` that are left; the script lets it go on."""
        left = (self.phase.ends_at - clock.now()).total_seconds() if self.phase.ends_at else 0
        minutes, seconds = divmod(max(0, int(left)), 60)
        return f"{minutes:02}:{seconds:02}"


@dataclass(slots=True)
class _Sight:
    """What is looked up once for the whole board."""

    who: Who
    rights: frozenset[Right]
    names: Mapping[str, str]
    comments: Mapping[str, Sequence[str]]
    merged: Mapping[str, Sequence[str]]
    dots: Mapping[str, int] | None
    mine: Mapping[str, int]
    options: frozenset[str]
    became: Mapping[str, list[Named]] = field(default_factory=dict)
    reactions: Mapping[str, tuple[ShownReaction, ...]] = field(default_factory=dict)
    files: Mapping[str, list[Item]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


def may_be_told(row: Item, who: Who) -> bool:
    """Hidden notes are their author's alone, whoever leads."""
    return bool(row.revealed_seq) or (bool(row.author) and row.author == who.ref)


def shown_board(board: Board, who: Who, viewer: Viewer) -> ShownBoard:
    rows = list(Item.objects.filter(board=board, is_erased=False, is_deleted=False))
    seen = [row for row in rows if may_be_told(row, who) and not row.is_held]
    phases = tuple(board.phases.all())
    phase = next(phase for phase in phases if phase.number == board.phase_number)
    round, closed = open_round(board), last_closed_round(board)
    sight = _sight(board, who, viewer, seen, phase=phase, round=round, closed=closed)
    standing = [row for row in seen if not row.merged_into]
    notes = [row for row in rows if row.kind == ItemKind.NOTE and not row.is_held]
    return ShownBoard(
        board=board,
        columns=_columns(standing, sight),
        pieces=tuple(shown_piece(row, sight) for row in standing if not row.inside and row.kind != ItemKind.COLUMN),
        phases=phases,
        phase=phase,
        rights=sight.rights,
        notes=sum(row.kind == ItemKind.NOTE for row in standing),
        hidden=sum(not may_be_told(row, who) and not row.is_waiting for row in notes),
        people=board.guests.count(),
        voices=voices_among(notes),
        round=round,
        dots_left=round.budget - sum(sight.mine.values()) if round else 0,
        voters=voters_in(round) if round else 0,
        is_voted=closed is not None and round is None,
        waiting=sum(row.is_waiting for row in rows) if who.is_leading else 0,
        reported=reported_on(board) if who.is_leading else 0,
    )


def _sight(
    board: Board,
    who: Who,
    viewer: Viewer,
    seen: list[Item],
    *,
    phase: Phase,
    round: VoteRound | None,
    closed: VoteRound | None,
) -> _Sight:
    merged: dict[str, list[str]] = defaultdict(list)
    comments: dict[str, list[str]] = defaultdict(list)
    for row in seen:
        if row.merged_into:
            merged[row.merged_into].append(row.text)
        if row.kind == ItemKind.COMMENT:
            comments[row.inside].append(row.text)
    is_closed = board.is_locked or board.ended_at is not None
    names = names_on(board) if board.names_are_shown else {}
    files: dict[str, list[Item]] = defaultdict(list)
    for row in seen:
        if row.kind == ItemKind.FILE:
            files[row.inside].append(row)
    return _Sight(
        who=who,
        rights=_rights(PhaseKind(phase.kind), who, is_closed=is_closed),
        names=names,
        reactions=reactions_by_note(seen, who, names),
        files=files,
        documents=documents_among(seen),
        comments=comments,
        merged=merged,
        dots={count.option: count.dots for count in counted(closed)}
        if closed and _is_by_dots(closed) and not round
        else None,
        mine=own_dots(round, who.ref) if round and _is_by_dots(round) else {},
        options=frozenset(round.options) if round and _is_by_dots(round) else frozenset(),
        became=became_of(board, viewer),
    )


def _is_by_dots(round: VoteRound | None) -> bool:
    """Dots are put on the notes themselves; every other vote has a page."""
    return round is not None and round.method == VoteMethod.DOTS


def sight_of(board: Board, who: Who, viewer: Viewer, seen: list[Item]) -> _Sight:
    """The same for a page of one note."""
    phase = board.phases.get(number=board.phase_number)
    return _sight(board, who, viewer, seen, phase=phase, round=open_round(board), closed=last_closed_round(board))


def _columns(standing: list[Item], sight: _Sight) -> tuple[ShownColumn, ...]:
    inside: dict[str, list[Item]] = defaultdict(list)
    for row in standing:
        inside[row.inside].append(row)
    return tuple(
        ShownColumn(
            id=row.public_id,
            text=row.text,
            rank=row.rank,
            seq=row.seq,
            text_seq=row.text_seq,
            entries=tuple(_entry(each, inside, sight) for each in inside[row.public_id] if each.kind in _ENTRIES),
            pieces=tuple(shown_piece(each, sight) for each in inside[row.public_id] if each.kind not in _ENTRIES),
            place=place_of(row),
        )
        for row in inside[""]
        if row.kind == ItemKind.COLUMN
    )


def _entry(row: Item, inside: Mapping[str, list[Item]], sight: _Sight) -> ShownGroup | ShownNote:
    if row.kind != ItemKind.GROUP:
        return shown_note(row, sight)
    return ShownGroup(
        id=row.public_id,
        text=row.text,
        rank=row.rank,
        inside=row.inside,
        seq=row.seq,
        text_seq=row.text_seq,
        notes=tuple(shown_note(each, sight) for each in inside.get(row.public_id, [])),
        place=place_of(row),
        dots=sight.dots.get(row.public_id) if sight.dots is not None else None,
        my_dots=sight.mine.get(row.public_id, 0),
        can_vote=row.public_id in sight.options,
    )


def shown_note(row: Item, sight: _Sight) -> ShownNote:
    is_mine = bool(row.author) and row.author == sight.who.ref
    return ShownNote(
        id=row.public_id,
        text=row.text,
        sector=row.sector,
        name=sight.names.get(row.author, ""),
        is_mine=is_mine,
        is_proxy=row.is_proxy,
        is_hidden=not row.revealed_seq,
        text_seq=row.text_seq,
        seq=row.seq,
        rank=row.rank,
        inside=row.inside,
        comments=len(sight.comments.get(row.public_id, ())),
        comment_texts=tuple(sight.comments.get(row.public_id, ())),
        merged=tuple(sight.merged.get(row.public_id, ())),
        dots=sight.dots.get(row.public_id) if sight.dots is not None else None,
        my_dots=sight.mine.get(row.public_id, 0),
        can_vote=row.public_id in sight.options,
        may_change=_may_change(sight, is_mine=is_mine),
        became=tuple(sight.became.get(row.public_id, ())),
        is_waiting=row.is_waiting,
        place=place_of(row),
        reactions=sight.reactions.get(row.public_id, ()),
        files=tuple(shown_piece(each, sight) for each in sight.files.get(row.public_id, ())),
    )


def _may_change(sight: _Sight, *, is_mine: bool) -> bool:
    return Right.CHANGE_ANY in sight.rights or ((is_mine or sight.who.is_leading) and Right.CHANGE_OWN in sight.rights)


def shown_piece(row: Item, sight: _Sight) -> ShownPiece:
    is_mine = bool(row.author) and row.author == sight.who.ref
    may_change = (is_mine or sight.who.is_leading) and Right.CHANGE_OWN in sight.rights
    return piece_of(row, is_mine=is_mine, may_change=may_change, documents=sight.documents)


BLANK_NOTE = ShownNote(
    id="0000000000",
    text="",
    sector="",
    name="",
    is_mine=False,
    is_proxy=False,
    is_hidden=False,
    text_seq=0,
    seq=0,
    rank="",
    inside="",
)
BLANK_COLUMN = ShownColumn(id="0000000000", text="", rank="", seq=0, text_seq=0, entries=())
BLANK_GROUP = ShownGroup(id="0000000000", text="", rank="", inside="", seq=0, text_seq=0, notes=())


def rights_on(board: Board, who: Who) -> frozenset[Right]:
    """What this one may do now."""
    phase = board.phases.get(number=board.phase_number)
    is_closed = board.is_locked or board.ended_at is not None
    return _rights(PhaseKind(phase.kind), who, is_closed=is_closed)


def _rights(kind: PhaseKind, who: Who, *, is_closed: bool) -> frozenset[Right]:
    return frozenset() if who.is_spectator else rights_in(kind, is_leading=who.is_leading, is_locked=is_closed)


def live_rows(rows: Sequence[Item], board: Board, who: Who) -> list[dict[str, object]]:
    """Rows as the browser's script reads them: what stands, and the ids of what no longer does."""
    names = names_on(board) if board.names_are_shown else {}
    return [told(row, who_ref=who.ref, names=names) for row in rows if may_be_told(row, who)]


def told(row: Item, *, who_ref: str, names: Mapping[str, str]) -> dict[str, object]:
    value = value_of(row)
    if not value.is_standing:
        return {"id": row.public_id, "seq": row.seq, "kind": row.kind, "gone": True}
    drawn: dict[str, object] = {name: getattr(row, name) for name in ("look", "path", "file") if getattr(row, name)}
    if row.w:
        drawn |= {"x": row.x, "y": row.y, "w": row.w, "h": row.h}
    if row.is_waiting:
        drawn["waiting"] = True
    return drawn | {
        "id": row.public_id,
        "seq": row.seq,
        "kind": row.kind,
        "text": row.text,
        "inside": row.inside,
        "rank": row.rank,
        "sector": row.sector,
        "name": names.get(row.author, ""),
        "mine": bool(row.author) and row.author == who_ref,
        "proxy": row.is_proxy,
        "hidden": not row.revealed_seq,
        "base": row.text_seq,
    }
