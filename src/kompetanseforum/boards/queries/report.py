"""Reads: what a board came to, for all who were there: phases, what was written, votes, who was heard, what it became.

It is read as somebody would who has written nothing: what is hidden, waits, was taken down or deleted is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kompetanse.board import ItemKind, PhaseKind, VoteMethod
from kompetanseforum.boards.models import Board, Item, Phase, VoteRound
from kompetanseforum.boards.queries.ballots import METHOD_WORDS, QUESTIONS, outcomes_of, score_word
from kompetanseforum.boards.queries.outcomes import Outcome, outcomes_on
from kompetanseforum.boards.queries.patterns import TITLES
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import ShownBoard, ShownColumn, may_be_told, shown_board
from kompetanseforum.boards.queries.voices import Voice, voices_among
from kompetanseforum.boards.queries.votes import closed_rounds, result_of, voters_in
from kompetanseforum.core.permissions import Viewer

_ANYBODY = Who(ref="", name="", sector="", is_leading=False)


@dataclass(frozen=True, slots=True)
class ReportedPhase:
    title: str
    started_at: datetime | None
    # Whole minutes until the next one began; None for the last.
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ReportedChoice:
    """One line of a vote: what was voted on, what it got, and by sector (a dash where too few are behind it)."""

    text: str
    score: str
    answers: str
    sectors: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedVote:
    method: str
    question: str
    kind: VoteMethod
    closed_at: datetime
    voters: int
    choices: tuple[ReportedChoice, ...]

    @property
    def score_word(self) -> str:
        return str(score_word(self.kind))


@dataclass(frozen=True, slots=True)
class Report:
    shown: ShownBoard
    phases: tuple[ReportedPhase, ...]
    votes: tuple[ReportedVote, ...]
    voices: tuple[Voice, ...]
    became: tuple[Outcome, ...]
    # Notes that nobody but their author sees until all are shown.
    hidden: int

    @property
    def board(self) -> Board:
        return self.shown.board

    @property
    def columns(self) -> tuple[ShownColumn, ...]:
        return self.shown.columns

    @property
    def heard(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.notes)

    @property
    def missing(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if not voice.notes)


def report_on(board: Board, viewer: Viewer) -> Report:
    shown = shown_board(board, _ANYBODY, viewer)
    rows = Item.objects.filter(board=board, is_erased=False, is_deleted=False, is_held=False)
    told = [row for row in rows if may_be_told(row, _ANYBODY)]
    return Report(
        shown=shown,
        phases=_phases(shown.phases),
        votes=tuple(_vote(round) for round in closed_rounds(board)),
        voices=voices_among([row for row in told if row.kind == ItemKind.NOTE]),
        became=tuple(outcomes_on(board, viewer, {row.public_id: row.text for row in told})),
        hidden=sum(row.kind == ItemKind.NOTE and not row.revealed_seq and not row.is_waiting for row in rows),
    )


def _phases(phases: Sequence[Phase]) -> tuple[ReportedPhase, ...]:
    """Those that were begun, in the order they were; one alone is no course."""
    begun = sorted((each for each in phases if each.started_at), key=lambda each: (each.started_at, each.number))
    if len(phases) < 2:
        return ()
    ends = [each.started_at for each in begun[1:]] + [None]
    return tuple(
        ReportedPhase(
            title=str(TITLES[PhaseKind(phase.kind)]),
            started_at=phase.started_at,
            minutes=round((end - phase.started_at).total_seconds() / 60) if end and phase.started_at else None,
        )
        for phase, end in zip(begun, ends, strict=True)
    )


def _vote(round: VoteRound) -> ReportedVote:
    method = VoteMethod(round.method)
    choices = _dots(round) if method == VoteMethod.DOTS else _answers(round, method)
    assert round.closed_at is not None  # of a vote that is open nothing is told
    return ReportedVote(
        method=str(METHOD_WORDS[method]),
        question=str(QUESTIONS.get(method, "")),
        kind=method,
        closed_at=round.closed_at,
        voters=voters_in(round),
        choices=tuple(choices),
    )


def _dots(round: VoteRound) -> list[ReportedChoice]:
    return [
        ReportedChoice(each.text, str(each.count.dots), "", tuple(each.sectors))
        for each in result_of(round)
        if each.text
    ]


def _answers(round: VoteRound, method: VoteMethod) -> list[ReportedChoice]:
    tells_all = method in (VoteMethod.YES_NO, VoteMethod.CONSENT)
    return [
        ReportedChoice(
            text=each.text,
            score=each.score,
            answers=" · ".join(f"{word} {number}" for word, number in each.answers) if tells_all else "",
            sectors=tuple(each.sectors),
            reasons=tuple(each.objections),
        )
        for each in outcomes_of(round)
        if each.text
    ]
