"""Reads: a board as one who asks may see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kompetanse.board import ItemKind, PhaseKind, Right, rights_in
from kompetanseforum.boards.models import Board, Item, Phase, VoteRound
from kompetanseforum.boards.queries.log import value_of
from kompetanseforum.boards.queries.people import Who, names_on
from kompetanseforum.boards.queries.votes import counted, last_closed_round, open_round, own_dots, voters_in
from kompetanseforum.boards.queries.words import SECTOR_WORDS
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Named, thread_steps
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.organisations.models import Sector
from kompetanseforum.threads.models import Edge

# Whom a gathering should have heard; the others stand there when they have written.
EXPECTED = (Sector.BUSINESS, Sector.EDUCATION, Sector.PUBLIC, Sector.STUDENT, Sector.SOCIAL_PARTNER)


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
    merged: tuple[str, ...] = ()
    # None while a vote is open or there was none.
    dots: int | None = None
    my_dots: int = 0
    can_vote: bool = False
    may_change: bool = False
    became: tuple[Named, ...] = ()

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
    is_group: bool = True


@dataclass(frozen=True, slots=True)
class ShownColumn:
    id: str
    text: str
    rank: str
    seq: int
    text_seq: int
    entries: tuple[ShownGroup | ShownNote, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One line of "who has written"."""

    sector: str
    label: str
    notes: int


@dataclass(frozen=True, slots=True)
class ShownBoard:
    board: Board
    columns: tuple[ShownColumn, ...]
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
    comments: Mapping[str, int]
    merged: Mapping[str, Sequence[str]]
    dots: Mapping[str, int] | None
    mine: Mapping[str, int]
    options: frozenset[str]
    became: Mapping[str, list[Named]] = field(default_factory=dict)


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
        phases=phases,
        phase=phase,
        rights=sight.rights,
        notes=sum(row.kind == ItemKind.NOTE for row in standing),
        hidden=sum(not may_be_told(row, who) for row in notes),
        people=board.guests.count(),
        voices=_voices(notes),
        round=round,
        dots_left=round.budget - sum(sight.mine.values()) if round else 0,
        voters=voters_in(round) if round else 0,
        is_voted=closed is not None and round is None,
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
    for row in seen:
        if row.merged_into:
            merged[row.merged_into].append(row.text)
    is_closed = board.is_locked or board.ended_at is not None
    return _Sight(
        who=who,
        rights=rights_in(PhaseKind(phase.kind), is_leading=who.is_leading, is_locked=is_closed),
        names=names_on(board) if board.names_are_shown else {},
        comments=Counter(row.inside for row in seen if row.kind == ItemKind.COMMENT),
        merged=merged,
        dots={count.option: count.dots for count in counted(closed)} if closed and not round else None,
        mine=own_dots(round, who.ref) if round else {},
        options=frozenset(round.options) if round else frozenset(),
        became=became_of(board, viewer),
    )


def became_of(board: Board, viewer: Viewer) -> dict[str, list[Named]]:
    """Note → what it led to, as this viewer may see it: what it is, and its address."""
    notes = Item.objects.filter(board=board, kind=ItemKind.NOTE).values_list("public_id", flat=True)
    edges = list(Edge.objects.filter(upstream_kind="note", upstream_id__in=notes, taken_back_at=None).order_by("pk"))
    steps = thread_steps(viewer, list({edge.downstream for edge in edges}))
    found: dict[str, list[Named]] = defaultdict(list)
    for edge in edges:
        if step := steps.get(edge.downstream):
            found[edge.upstream_id].append(Named(label=str(step.kind), url=step.url))
    return found


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
            entries=tuple(_entry(each, inside, sight) for each in inside[row.public_id]),
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
        comments=sight.comments.get(row.public_id, 0),
        merged=tuple(sight.merged.get(row.public_id, ())),
        dots=sight.dots.get(row.public_id) if sight.dots is not None else None,
        my_dots=sight.mine.get(row.public_id, 0),
        can_vote=row.public_id in sight.options,
        may_change=(is_mine or sight.who.is_leading) and Right.CHANGE_OWN in sight.rights,
        became=tuple(sight.became.get(row.public_id, ())),
    )


def _voices(notes: list[Item]) -> tuple[Voice, ...]:
    """Who has written, most first, and those who should have been asked: how many, never what."""
    counts = Counter(row.sector for row in notes)
    sectors = sorted({*EXPECTED, *(Sector(sector) for sector in counts if sector)}, key=list(Sector).index)
    lines = [
        Voice(sector=each.value, label=str(SECTOR_WORDS[each.value]), notes=counts[each.value]) for each in sectors
    ]
    return tuple(sorted(lines, key=lambda line: -line.notes))


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
BLANK_GROUP = ShownGroup(id="0000000000", text="", rank="", inside="", seq=0, text_seq=0, notes=())


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note with what was said about it, and what was merged into it."""

    note: ShownNote
    row: Item
    comments: list[ShownNote]
    merged: list[ShownNote]
    is_standing: bool


def note_page(row: Item, board: Board, who: Who, viewer: Viewer) -> NotePage | None:
    """None when it is not there for this one."""
    if not may_be_told(row, who) or row.is_erased or row.is_deleted:
        return None
    rows = list(Item.objects.filter(board=board, is_erased=False, is_deleted=False, is_held=False))
    seen = [each for each in rows if may_be_told(each, who)]
    phase = board.phases.get(number=board.phase_number)
    round, closed = open_round(board), last_closed_round(board)
    sight = _sight(board, who, viewer, seen, phase=phase, round=round, closed=closed)
    return NotePage(
        note=shown_note(row, sight),
        row=row,
        comments=[shown_note(each, sight) for each in seen if each.inside == row.public_id],
        merged=[shown_note(each, sight) for each in seen if each.merged_into == row.public_id],
        is_standing=value_of(row).is_standing,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note may lie: a column, or a group in one."""

    id: str
    label: str
    is_here: bool
    # The column itself, or the one the group lies in.
    column: str
    is_group: bool = False


def places_on(board: Board, here: str) -> list[Place]:
    """Groups under their column, in the order they stand."""
    standing = Item.objects.filter(board=board, is_deleted=False, is_erased=False, is_held=False)
    columns = list(standing.filter(kind=ItemKind.COLUMN))
    groups = list(standing.filter(kind=ItemKind.GROUP))
    found = []
    for column in columns:
        found.append(Place(column.public_id, column.text, column.public_id == here, column.public_id))
        found += [
            Place(group.public_id, group.text, group.public_id == here, column.public_id, is_group=True)
            for group in groups
            if group.inside == column.public_id
        ]
    return found


def notes_to_merge_with(row: Item, board: Board, who: Who) -> list[Item]:
    """Notes that stand, the nearest first: those in the same group or column, then the others."""
    rows = Item.objects.filter(board=board, kind=ItemKind.NOTE, is_deleted=False, is_held=False, is_erased=False)
    found = [each for each in rows.filter(merged_into="").exclude(pk=row.pk) if may_be_told(each, who)]
    return sorted(found, key=lambda each: (each.inside != row.inside, each.inside, each.rank))


def rights_on(board: Board, who: Who) -> frozenset[Right]:
    """What this one may do now."""
    phase = board.phases.get(number=board.phase_number)
    is_closed = board.is_locked or board.ended_at is not None
    return rights_in(PhaseKind(phase.kind), is_leading=who.is_leading, is_locked=is_closed)


def notes_chosen(board: Board, ids: Sequence[str], who: Who) -> list[Item]:
    """The chosen ones that stand there for this one, in the order they stand; a group brings its notes."""
    rows = Item.objects.filter(board=board, is_deleted=False, is_held=False, is_erased=False, merged_into="")
    wanted = set(ids)
    return [
        row
        for row in rows.filter(kind=ItemKind.NOTE)
        if may_be_told(row, who) and (row.public_id in wanted or row.inside in wanted)
    ]


def live_rows(rows: Sequence[Item], board: Board, who: Who) -> list[dict[str, object]]:
    """Rows as the browser's script reads them: what stands, and the ids of what no longer does."""
    names = names_on(board) if board.names_are_shown else {}
    return [told(row, who_ref=who.ref, names=names) for row in rows if may_be_told(row, who)]


def told(row: Item, *, who_ref: str, names: Mapping[str, str]) -> dict[str, object]:
    value = value_of(row)
    if not value.is_standing:
        return {"id": row.public_id, "seq": row.seq, "kind": row.kind, "gone": True}
    return {
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
