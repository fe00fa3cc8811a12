"""Which column of somebody's table is which of ours: guessed from its heading, or as a person has said.

Case, spaces and marks do not count: "Timer pr. uke" is "timerpruke".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from kompetanseforum.core.tables.problems import TableError

# What a person says of a column that is not to be used.
NOT_USED = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what we call it; it and every synonym are understood, whatever language the reader has."""

    key: str
    label: str | Promise
    meaning: str | Promise
    synonyms: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Position → our key. Headings that mean nothing to us, or mean the same as one before them, are told."""

    keys: Mapping[int, str]
    headings: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()
    missing: tuple[Column, ...] = field(default=())

    def shown(self, key: str) -> str:
        """The heading over it in the file."""
        return next((self.headings[position] for position, known in self.keys.items() if known == key), "")

    def raise_if_unusable(self) -> None:
        if self.doubles:
            raise TableError("same_column_twice", self.doubles[0])
        if self.missing:
            raise TableError("no_column", str(self.missing[0].label))


def plain_name(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def match_columns(headings: Sequence[str], columns: Sequence[Column], *, chosen: Mapping[str, str]) -> Columns:
    """`chosen` is heading → key (or NOT_USED) as a person has said; the others are guessed."""
    by_name = {plain_name(name): column.key for column in columns for name in (column.key, *column.synonyms)}
    known = {column.key for column in columns}
    keys: dict[int, str] = {}
    unknown, doubles = [], []
    for position, heading in enumerate(headings):
        said = chosen.get(heading)
        key = said if said in known else None if said == NOT_USED else _guess(heading, by_name)
        if key is None:
            unknown += [heading[:60]] if heading and said != NOT_USED else []
        elif key in keys.values():
            doubles.append(heading[:60])
        else:
            keys[position] = key
    missing = tuple(column for column in columns if column.is_required and column.key not in keys.values())
    return Columns(keys=keys, headings=tuple(headings), unknown=tuple(unknown), doubles=tuple(doubles), missing=missing)


def _guess(heading: str, by_name: Mapping[str, str]) -> str | None:
    """What stands in brackets after the name does not count."""
    return by_name.get(plain_name(heading)) or by_name.get(plain_name(heading.split("(", maxsplit=1)[0]))
