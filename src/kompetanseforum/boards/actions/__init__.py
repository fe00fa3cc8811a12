"""Writes: operations, boards and phases, votes, and what notes become."""

from kompetanseforum.boards.actions.boards import (
    begin_phase,
    end_board,
    give_more_time,
    join_board,
    open_board,
    set_board,
)
from kompetanseforum.boards.actions.bringing import bring_notes
from kompetanseforum.boards.actions.demo import Gathering
from kompetanseforum.boards.actions.expiring import let_go_of_what_is_old
from kompetanseforum.boards.actions.files import erase, hand_in
from kompetanseforum.boards.actions.finishing import Used, use_text
from kompetanseforum.boards.actions.leaving import forget_person
from kompetanseforum.boards.actions.letters import send_owed_letters, stop_letters_to, write_to
from kompetanseforum.boards.actions.log import Done, Performed, perform, perform_together, write
from kompetanseforum.boards.actions.moderation import report_note, settle_reports
from kompetanseforum.boards.actions.outcomes import make_need, tell_what_became
from kompetanseforum.boards.actions.restoring import RestoreRefusal, restore_board
from kompetanseforum.boards.actions.saying import say
from kompetanseforum.boards.actions.skills import judge_skill
from kompetanseforum.boards.actions.undoing import undo
from kompetanseforum.boards.actions.votes import VoteRefusal, give_answers, put_dots

__all__ = [
    "Done",
    "Gathering",
    "Performed",
    "RestoreRefusal",
    "Used",
    "VoteRefusal",
    "begin_phase",
    "bring_notes",
    "end_board",
    "erase",
    "forget_person",
    "give_answers",
    "give_more_time",
    "hand_in",
    "join_board",
    "judge_skill",
    "let_go_of_what_is_old",
    "make_need",
    "open_board",
    "perform",
    "perform_together",
    "put_dots",
    "report_note",
    "restore_board",
    "say",
    "send_owed_letters",
    "set_board",
    "settle_reports",
    "stop_letters_to",
    "tell_what_became",
    "undo",
    "use_text",
    "write",
    "write_to",
]
