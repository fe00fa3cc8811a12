"""A shared board without its storage: what an operation changes, who may what in which phase, votes and places."""

from kompetanse.board.history import way_back
from kompetanse.board.items import BOARD_WIDE, DRAWN, LOOKS, REACTIONS, Item, ItemKind, replay
from kompetanse.board.operations import Decision, decide, may_move
from kompetanse.board.paragraphs import paragraphs_in
from kompetanse.board.phases import PhaseKind, Right, is_hidden_in, rights_in
from kompetanse.board.ranks import rank_at_end, rank_between
from kompetanse.board.voting import Ballot, Count, VoteMethod, bridge_score, dots_budget, tally
from kompetanse.board.wishes import MOST_CHARACTERS, OpKind, Refusal, Wish, read_wish

__all__ = [
    "BOARD_WIDE",
    "DRAWN",
    "LOOKS",
    "MOST_CHARACTERS",
    "REACTIONS",
    "Ballot",
    "Count",
    "Decision",
    "Item",
    "ItemKind",
    "OpKind",
    "PhaseKind",
    "Refusal",
    "Right",
    "VoteMethod",
    "Wish",
    "bridge_score",
    "decide",
    "dots_budget",
    "is_hidden_in",
    "may_move",
    "paragraphs_in",
    "rank_at_end",
    "rank_between",
    "read_wish",
    "replay",
    "rights_in",
    "tally",
    "way_back",
]
