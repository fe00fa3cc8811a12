"""The board as many hands see it at once: a socket for each browser, one room for each board."""

from kompetanseforum.boards.live.door import COMMANDS, DOOR

__all__ = ["COMMANDS", "DOOR"]
