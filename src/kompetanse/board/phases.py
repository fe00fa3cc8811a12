"""A phase is a set of rights, what others see, and a clock. The facilitator starts each with one button."""

from __future__ import annotations

from enum import StrEnum


class PhaseKind(StrEnum):
    WELCOME = "welcome"
    WRITE = "write"
    SHOW = "show"
    GROUP = "group"
    VOTE = "vote"
    COMMIT = "commit"
    SUMMARY = "summary"
    # No phases: everybody may do everything at any time.
    FREE = "free"
    # A text that all write, paragraph by paragraph.
    TEXT = "text"


class Right(StrEnum):
    """What a participant may do with notes. Their own: change and delete; moving and merging is of all notes."""

    ADD = "add"
    CHANGE_OWN = "change_own"
    COMMENT = "comment"
    MOVE = "move"
    GROUP = "group"
    MERGE = "merge"
    VOTE = "vote"
    # Words that others wrote: a text is everybody's.
    CHANGE_ANY = "change_any"


_OWN = frozenset({Right.ADD, Right.CHANGE_OWN})
_TOGETHER = _OWN | {Right.COMMENT, Right.MOVE, Right.GROUP, Right.MERGE}
_RIGHTS = {
    PhaseKind.WELCOME: frozenset[Right](),
    PhaseKind.WRITE: _OWN,
    PhaseKind.SHOW: _OWN | {Right.COMMENT},
    PhaseKind.GROUP: _TOGETHER,
    # What is voted on stands still: a note that is merged or added meanwhile would split the votes.
    PhaseKind.VOTE: frozenset({Right.VOTE}),
    PhaseKind.COMMIT: frozenset({Right.COMMENT}),
    PhaseKind.SUMMARY: frozenset[Right](),
    PhaseKind.FREE: _TOGETHER,
    PhaseKind.TEXT: _TOGETHER | {Right.CHANGE_ANY},
}


def rights_in(phase: PhaseKind, *, is_leading: bool, is_locked: bool) -> frozenset[Right]:
    """What one may do. The one who leads may always, except with what is being voted on."""
    if is_leading:
        return _RIGHTS[phase] if phase in (PhaseKind.VOTE, PhaseKind.TEXT) else _TOGETHER
    return frozenset() if is_locked else _RIGHTS[phase]


def is_hidden_in(phase: PhaseKind) -> bool:
    """Whether what is written stands hidden from others until all is shown."""
    return phase == PhaseKind.WRITE
