"""What files bring in: the contract between the page where one brings something in and the capabilities that take it.

A manifest lists its `Intake`s. An intake reads a file into a `Reading`, which can tell what it would do (a dry run),
do it, and later be undone. The pages, the state of each file and the jobs are the capability `intake`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise

from kompetanse.refs import Ref
from kompetanseforum.core.tables import Column, Problem

Text = str | Promise
# Done, in all (0 when nobody knows).
Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What becomes of one thing in a file."""

    NEW = "new"
    JOINED = "joined"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it came: `name` is whose it is, `matching` heading → column as a person has said."""

    content: bytes
    file_name: str
    name: str
    matching: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = lambda done, total: None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the dry run shows it. `row` is 0 where the file has none."""

    row: int
    title: str
    note: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was brought in: enough to undo it by. `said` is the row as it stood, kept as evidence."""

    row: int
    thing: Ref
    outcome: Outcome
    said: Mapping[str, str] = field(default_factory=dict)
    # The thing's version after it was brought in, where things have versions.
    version: int = 0


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing would do (or did): things taken away, set back to what they were, and those that stay."""

    gone: tuple[Ref, ...] = ()
    set_back: tuple[Ref, ...] = ()
    stays: tuple[Ref, ...] = ()


class Reading(Protocol):
    """A file that has been read; nothing of it is stored yet."""

    @property
    def rows(self) -> int: ...

    @property
    def problems(self) -> Sequence[Problem]: ...

    @property
    def unknown(self) -> Sequence[str]:
        """Headings that mean nothing to us."""

    def mark_missing(self) -> int:
        """Mark what the same source had before and has no longer; nothing is taken away. Returns how many are new to it.

        Only for a source that is read whole: a file that somebody sends may be a part of it.
        """

    def lines(self) -> list[Line]:
        """What bringing it in would do. Changes nothing."""

    def listen(self, progress: Progress) -> None:
        """What takes time and locks nothing, before the transaction opens."""

    def bring(self, *, by: Ref | None, progress: Progress) -> list[Item]:
        """Inside the caller's transaction: all or nothing."""


@dataclass(frozen=True, slots=True)
class Intake:
    """One kind of thing that can be brought in from a file."""

    # Stands in addresses: "tilbud".
    key: str
    title: Text
    lead: Text
    # What kinds of files it reads, in words.
    files: Text
    # "Twelve needs", for a number of its things.
    counted: Callable[[int], str]
    read: Callable[[Given], Reading]
    undoable: Callable[[Sequence[Item]], Undoing]
    undo: Callable[[Sequence[Item], Ref | None], Undoing]
    # What things are called, and where: in one question, for those who may bring in.
    titles: Callable[[Sequence[Ref]], list[tuple[str, str]]]
    # Empty when the file is no table.
    columns: tuple[Column, ...] = ()
    # Whether this file is a table whose columns can be matched.
    is_table: Callable[[Given], bool] = lambda given: False
    # Asks whose file it is; empty when there is only one such source, which `source` names.
    name_label: Text = ""
    name_help: Text = ""
    source: Text = ""
    # An address outside may be read again and again.
    may_be_fed: bool = False
    list_url_name: str = ""
