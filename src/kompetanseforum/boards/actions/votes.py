"""Writes: dots, and rounds that open and close."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum

from kompetanse.board import VoteMethod, dots_budget
from kompetanse.board.voting import is_answer
from kompetanse.refs import Ref
from kompetanseforum.boards.actions.log import Writing
from kompetanseforum.boards.facts import VoteClosed
from kompetanseforum.boards.models import Ballot, VoteRound
from kompetanseforum.boards.queries.votes import open_round, options_of, voter_key
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref


class VoteRefusal(StrEnum):
    """Why dots were not put: told in the reader's language by the page."""

    CLOSED = "closed"
    NO_SUCH_OPTION = "no_such_option"
    TOO_MANY = "too_many"
    NO_SUCH_ANSWER = "no_such_answer"


def put_dots(
    *, round: VoteRound, voter: str, sector: str, option: str, dots: int, is_proxy: bool = False
) -> VoteRefusal | None:
    """So many dots there from this voter, in place of those before; 0 takes them back. Sent again, it is the same."""
    with transaction.atomic():
        # The round's row is held, so that two presses at once are counted one after the other.
        if not VoteRound.objects.filter(pk=round.pk, closed_at=None).update(budget=F("budget")):
            return VoteRefusal.CLOSED
        if option not in round.options or round.method != VoteMethod.DOTS:
            return VoteRefusal.NO_SUCH_OPTION
        key = voter_key(round, voter)
        elsewhere = Ballot.objects.filter(round=round, voter=key).exclude(option=option).aggregate(sum=Sum("value"))
        if not 0 <= dots <= round.most_per_option or (elsewhere["sum"] or 0) + dots > round.budget:
            return VoteRefusal.TOO_MANY
        Ballot.objects.update_or_create(
            round=round, voter=key, option=option, defaults={"value": dots, "sector": sector, "is_proxy": is_proxy}
        )
    return None


def give_answers(
    *,
    round: VoteRound,
    voter: str,
    sector: str,
    said: Mapping[str, int],
    reasons: Mapping[str, str],
    is_proxy: bool = False,
) -> VoteRefusal | None:
    """Everything this voter says, in place of what they said before. Sent again, it is the same."""
    if not is_answer(VoteMethod(round.method), said, options=round.options):
        return VoteRefusal.NO_SUCH_ANSWER
    with transaction.atomic():
        if not VoteRound.objects.filter(pk=round.pk, closed_at=None).update(budget=F("budget")):
            return VoteRefusal.CLOSED
        key = voter_key(round, voter)
        Ballot.objects.filter(round=round, voter=key).delete()
        Ballot.objects.bulk_create(
            Ballot(
                round=round,
                voter=key,
                option=option,
                value=value,
                sector=sector,
                is_proxy=is_proxy,
                reason=reasons.get(option, "").strip()[:200],
            )
            for option, value in said.items()
        )
    return None


def open_vote(writing: Writing, *, actor: str, op_id: str) -> None:
    """A round on what stands there now, inside the transaction that begins the phase."""
    if open_round(writing.board) is not None:
        return
    options = options_of(writing.board)
    VoteRound.objects.create(
        board=writing.board,
        options=options,
        method=writing.board.vote_method,
        budget=dots_budget(len(options)),
        opened_at=clock.now(),
    )
    writing.note(op_id=op_id, kind="vote", actor=actor, payload={"is_open": True})


def close_vote(writing: Writing, *, actor: str, op_id: str, by: Ref | None) -> None:
    if VoteRound.objects.filter(board=writing.board, closed_at=None).update(closed_at=clock.now()):
        writing.note(op_id=op_id, kind="vote", actor=actor, payload={"is_open": False})
        publish(VoteClosed(board=ref(writing.board)), by=by, about=ref(writing.board))
