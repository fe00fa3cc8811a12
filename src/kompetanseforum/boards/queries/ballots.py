"""Reads: votes that are not by dots: what can be answered, what one has answered, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompetanse.board import VoteMethod
from kompetanse.board.voting import CONSENT, NO, OBJECT, SKIP, STEPS, YES, Answers, Outcome, outcomes
from kompetanseforum.boards.models import VoteRound
from kompetanseforum.boards.queries.votes import option_texts, voter_key
from kompetanseforum.boards.queries.words import SECTOR_WORDS

METHOD_WORDS: dict[VoteMethod, str | Promise] = {
    VoteMethod.DOTS: pgettext_lazy("a way to vote", "Dots"),
    VoteMethod.YES_NO: pgettext_lazy("a way to vote", "Yes or no"),
    VoteMethod.SCALE: pgettext_lazy("a way to vote", "A scale from 1 to 5"),
    VoteMethod.RANKING: pgettext_lazy("a way to vote", "Put in order"),
    VoteMethod.CONSENT: pgettext_lazy("a way to vote", "Consent"),
}

QUESTIONS: dict[VoteMethod, str | Promise] = {
    VoteMethod.YES_NO: _("Shall we do it?"),
    VoteMethod.SCALE: _("How much do you want it? 1 is little, 5 is much."),
    VoteMethod.RANKING: _("Put the most important first. You may stop after a few."),
    VoteMethod.CONSENT: _("Can you live with it? Say what is in the way if you object."),
}


def answers_to(round: VoteRound) -> list[tuple[int, str]]:
    """(value, word) of what may be said of one option; the last is to say nothing."""
    if round.method == VoteMethod.YES_NO:
        return [(YES, str(_("Yes"))), (NO, str(_("No"))), (SKIP, str(_("Skip")))]
    if round.method == VoteMethod.CONSENT:
        return [(CONSENT, str(_("I can live with it"))), (OBJECT, str(_("I object"))), (SKIP, str(_("Skip")))]
    last = len(round.options) if round.method == VoteMethod.RANKING else STEPS
    return [(value, str(value)) for value in range(1, last + 1)] + [(0, str(_("Skip")))]


def own_answers(round: VoteRound, who: str) -> dict[str, tuple[int, str]]:
    """Option → what this one has said of it, and why."""
    found = round.ballots.filter(voter=voter_key(round, who)).values_list("option", "value", "reason")
    return {option: (value, reason) for option, value, reason in found}


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    outcome: Outcome
    text: str
    score: str
    # (answer's word, how many)
    answers: list[tuple[str, int]]
    # (sector's word, its score; a dash where too few answered to be told apart)
    sectors: list[tuple[str, str]]
    # Why some object, in no order that tells who.
    objections: list[str]


def outcomes_of(round: VoteRound) -> list[ShownOutcome]:
    said: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    reasons: dict[str, list[str]] = defaultdict(list)
    for voter, sector, option, value, reason in round.ballots.values_list(
        "voter", "sector", "option", "value", "reason"
    ):
        said[voter, sector][option] = value
        if reason and value == OBJECT and round.method == VoteMethod.CONSENT:
            reasons[option].append(reason)
    ballots = [Answers(voter, sector, values) for (voter, sector), values in said.items()]
    texts, words = dict(option_texts(round)), dict(answers_to(round))
    method = VoteMethod(round.method)
    return [
        ShownOutcome(
            outcome=each,
            text=texts.get(each.option, ""),
            score=_written(method, each.score),
            answers=[(words[value], number) for value, number in each.answers.items() if value in words],
            sectors=[
                (str(SECTOR_WORDS.get(sector, sector)), "–" if score is None else _written(method, score))
                for sector, score in each.by_sector.items()
                if sector
            ],
            objections=sorted(reasons[each.option]),
        )
        for each in outcomes(method, ballots, options=round.options)
    ]


def _written(method: VoteMethod, score: float) -> str:
    return f"{score:.1f}".replace(".", ",") if method == VoteMethod.SCALE else str(round_whole(score))


def round_whole(score: float) -> int:
    return int(score + 0.5)


def score_word(method: VoteMethod) -> str | Promise:
    """What the number of a vote is."""
    return _SCORES.get(method, _("Yes"))


_SCORES: dict[VoteMethod, str | Promise] = {
    VoteMethod.DOTS: _("Dots"),
    VoteMethod.SCALE: _("Mean"),
    VoteMethod.RANKING: _("Points"),
}
