"""Writes: a board is opened, somebody comes in, phases begin, and it is ended."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction

from kompetanse.board import ItemKind, OpKind, PhaseKind, VoteMethod, Wish, is_hidden_in
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions.log import Writing, begin, finish, perform
from kompetanseforum.boards.actions.votes import close_vote, open_vote
from kompetanseforum.boards.facts import BoardEnded, BoardOpened
from kompetanseforum.boards.models import Board, Guest, Item, Phase
from kompetanseforum.boards.queries.log import current_phase
from kompetanseforum.boards.queries.patterns import Pattern
from kompetanseforum.boards.queries.people import Who, guest_by_key
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.live import announce
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.threads.actions import tie

# Said aloud, so no two sound alike and none is spelt in two ways.
_WORDS = (
    "GLOMMA", "VANSJØ", "ISESJØ", "ØYEREN", "RØMSJØ", "ASPERN", "TISTA", "ENNINGEN", "HALDEN", "MARKER",
    "RAKKESTAD", "MOSS", "JELØY", "KIRKØY", "ASMALØY", "VESTERØY", "SPJÆRØY", "TORP", "SANNESUND", "KRÅKERØY",
    "SOLLI", "MYSEN", "ASKIM", "SPYDEBERG", "TRØGSTAD", "ØRJE", "SKJEBERG", "ULLERØY", "HANKØ", "ELINGÅRD",
    "TOMB", "LARKOLLEN", "BJØRK", "GRAN", "FURU", "ROGN", "SELJE", "HEGG", "LØNN", "ALM",
)  # fmt: skip
_rng = random.SystemRandom()
_TRIES = 20


def open_board(
    *,
    title: str,
    pattern: Pattern,
    by: Person,
    occasion: str = "",
    columns: Sequence[str] = (),
    is_begun: bool = True,
    with_examples: bool = False,
    home: Ref | None = None,
) -> Board:
    """A board with its columns and phases; the first phase begins now. `columns` instead of the pattern's own.

    `home`: the meeting, challenge or room it belongs to, and leads back to. `with_examples`: a note under each, to see
    how it is meant; the one who leads deletes them as any other.
    """
    with transaction.atomic():
        board = Board.objects.create(
            title=title.strip(), occasion=occasion.strip(), code=_free_code(), made_by=by, made_at=clock.now()
        )
        Phase.objects.bulk_create(
            Phase(board=board, number=number, kind=plan.kind, minutes=plan.minutes)
            for number, plan in enumerate(pattern.phases)
        )
        house = Who(ref=str(ref(by)), name=by.first_name, sector="", is_leading=True)
        names = [str(name) for name in columns or pattern.columns]
        wishes = [_column(name) for name in names if name.strip()]
        perform(board, [(wish, house) for wish in wishes])
        if with_examples:
            pairs = zip(wishes, pattern.examples, strict=False)
            perform(board, [(_example(str(text), inside=wish.item), house) for wish, text in pairs])
        if is_begun:
            begin_phase(board=board, number=0, by=by)
        if home is not None:
            tie(upstream=home, downstream=ref(board), relation=Relation.RAISED_IN, by=Viewer(person=ref(by)))
        publish(BoardOpened(board=ref(board)), by=ref(by), about=ref(board))
    board.refresh_from_db()
    return board


def _column(name: str) -> Wish:
    return Wish(op_id=_own_id(), kind=OpKind.ADD, item=new_public_id(), what=ItemKind.COLUMN, text=name.strip())


def _example(text: str, *, inside: str) -> Wish:
    return Wish(_own_id(), OpKind.ADD, new_public_id(), ItemKind.NOTE, text, inside)


def _own_id() -> str:
    """For operations that begin here and not in a browser."""
    return f"forum-{new_public_id()}{new_public_id()}"


def _free_code() -> str:
    for _ in range(_TRIES):
        code = f"{_rng.choice(_WORDS)} {_rng.randint(100, 999)}"
        if not Board.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no free code was found")


def join_board(*, board: Board, alias: str, sector: str = "", sending_key: str | None = None) -> Guest:
    """Somebody comes in. The same form again is the same guest."""
    if sending_key and (known := guest_by_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            return Guest.objects.create(
                board=board, alias=alias.strip(), sector=sector, joined_at=clock.now(), sending_key=sending_key
            )
    except IntegrityError:  # the same form twice at once
        if sending_key and (known := guest_by_key(sending_key)):
            return known
        raise


def begin_phase(*, board: Board, number: int, by: Person | None) -> None:
    """From now on it is that phase: its rights hold, what was hidden is shown, a vote opens or closes.

    Raises Phase.DoesNotExist. Begun again, its clock starts anew only when it was another one before.
    """
    actor = str(ref(by)) if by else ""
    with transaction.atomic():
        writing = begin(board)
        phase = Phase.objects.get(board=board, number=number)
        if phase.started_at is not None and writing.board.phase_number == number:
            return
        now = clock.now()
        phase.started_at, phase.ends_at = now, now + timedelta(minutes=phase.minutes) if phase.minutes else None
        phase.save(update_fields=["started_at", "ends_at"])
        writing.board.phase_number = number
        writing.note(op_id=_own_id(), kind="phase", actor=actor, payload={"number": number, "kind": phase.kind})
        if not is_hidden_in(PhaseKind(phase.kind)):
            _reveal(writing, actor=actor)  # first, so that what is shown now is voted on
        _look_after_votes(writing, PhaseKind(phase.kind), by=by)
        finish(writing, phase_number=number, state_seq=writing.seq)
    board.refresh_from_db()


def _look_after_votes(writing: Writing, kind: PhaseKind, *, by: Person | None) -> None:
    actor = str(ref(by)) if by else ""
    if kind == PhaseKind.VOTE:
        open_vote(writing, actor=actor, op_id=_own_id())
    else:
        close_vote(writing, actor=actor, op_id=_own_id(), by=ref(by) if by else None)


def _reveal(writing: Writing, *, actor: str) -> None:
    """All that was hidden, in one moment."""
    hidden = Item.objects.filter(board=writing.board, revealed_seq=0, is_waiting=False)
    if hidden.exists():
        seq = writing.note(op_id=_own_id(), kind="reveal", actor=actor)
        hidden.update(revealed_seq=seq, seq=seq)


def give_more_time(*, board: Board, minutes: int, by: Person | None) -> None:
    """So many minutes from what is left, or from now when the time is up."""
    with transaction.atomic():
        writing = begin(board)
        phase = current_phase(writing.board)
        phase.ends_at = max(phase.ends_at or clock.now(), clock.now()) + timedelta(minutes=minutes)
        phase.save(update_fields=["ends_at"])
        writing.note(op_id=_own_id(), kind="settings", actor=str(ref(by)) if by else "", payload={"minutes": minutes})
        finish(writing, state_seq=writing.seq)


def set_board(
    *,
    board: Board,
    by: Person | None,
    is_locked: bool | None = None,
    names_are_shown: bool | None = None,
    approves_first: bool | None = None,
    vote_method: VoteMethod | None = None,
) -> None:
    """Whether participants may write, whether names stand on the notes, who sees a note first, how one votes."""
    wanted: dict[str, bool | str | None] = {
        "is_locked": is_locked,
        "names_are_shown": names_are_shown,
        "approves_first": approves_first,
        "vote_method": vote_method.value if vote_method else None,
    }
    changes = {name: value for name, value in wanted.items() if value is not None}
    with transaction.atomic():
        writing = begin(board)
        writing.note(op_id=_own_id(), kind="settings", actor=str(ref(by)) if by else "", payload=changes)
        if names_are_shown is not None:
            # Every note reads otherwise now, so every browser gets it anew.
            Item.objects.filter(board=board).update(seq=writing.seq)
        finish(writing, state_seq=writing.seq, **changes)
    board.refresh_from_db()


def end_board(*, board: Board, by: Person | None) -> None:
    """Nobody comes in or writes from now on; those who were here still see it."""
    with transaction.atomic():
        writing = begin(board)
        if writing.board.ended_at is not None:
            return
        close_vote(writing, actor="", op_id=_own_id(), by=ref(by) if by else None)
        writing.note(op_id=_own_id(), kind="settings", actor=str(ref(by)) if by else "", payload={"is_ended": True})
        _reveal(writing, actor="")
        finish(writing, state_seq=writing.seq, ended_at=clock.now())
        publish(BoardEnded(board=ref(board)), by=ref(by) if by else None, about=ref(board))
    board.refresh_from_db()


def tell_of_guests(board: Board) -> None:
    """Somebody came in: those who watch count anew."""
    announce(f"guests:{board.public_id}", board.guests.count())
