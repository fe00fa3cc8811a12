"""Writes: briefs, whom they go to, what is answered and what is put in. Nothing about a brief is saved anywhere else."""

from kompetanseforum.briefs.actions.answering import AnswerSaid, answer_brief
from kompetanseforum.briefs.actions.leaving import forget_person
from kompetanseforum.briefs.actions.letters import send_owed_letters
from kompetanseforum.briefs.actions.making import (
    Asked,
    BriefNotComplete,
    BriefSaid,
    change_brief,
    close_brief,
    make_brief,
    send_brief,
)
from kompetanseforum.briefs.actions.pledging import make_pledge, withdraw_pledge

__all__ = [
    "AnswerSaid",
    "Asked",
    "BriefNotComplete",
    "BriefSaid",
    "answer_brief",
    "change_brief",
    "close_brief",
    "forget_person",
    "make_brief",
    "make_pledge",
    "send_brief",
    "send_owed_letters",
    "withdraw_pledge",
]
