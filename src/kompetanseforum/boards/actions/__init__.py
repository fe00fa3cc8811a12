"""Writes: operations, boards and phases, votes, and what notes become."""

from kompetanseforum.boards.actions.boards import (
    begin_phase,
    end_board,
    give_more_time,
    join_board,
    open_board,
    set_board,
)
from kompetanseforum.boards.actions.demo import Gathering
from kompetanseforum.boards.actions.expiring import let_go_of_what_is_old
from kompetanseforum.boards.actions.leaving import forget_person
from kompetanseforum.boards.actions.log import Done, Performed, perform, perform_together, write
from kompetanseforum.boards.actions.outcomes import make_need, tell_what_became
from kompetanseforum.boards.actions.restoring import RestoreRefusal, restore_board
from kompetanseforum.boards.actions.undoing import undo
from kompetanseforum.boards.actions.votes import VoteRefusal, put_dots

__all__ = [
    "Done",
    "Gathering",
    "Performed",
    "RestoreRefusal",
    "VoteRefusal",
    "begin_phase",
    "end_board",
    "forget_person",
    "give_more_time",
    "join_board",
    "let_go_of_what_is_old",
    "make_need",
    "open_board",
    "perform",
    "perform_together",
    "put_dots",
    "restore_board",
    "set_board",
    "tell_what_became",
    "undo",
    "write",
]
