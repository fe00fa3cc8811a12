"""How often the polarity of a clause is heard right, half by half of a gold file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kompetanse.linking import hearing
from kompetanse.linking.hearing import hear_each
from kompetanse.linking.links import Polarity

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """Of so many clauses of one half, so many per cent are heard right."""

    half: str
    clauses: int
    right: float


def polarity_of(text: str, target: str, *, language: str) -> Polarity | None:
    """What the text says of the last word of `target`; None where that is no word."""
    return polarities_of([(text, target, language)])[0]


def polarities_of(asked: Sequence[tuple[str, str, str]]) -> list[Polarity | None]:
    """The same for each (text, target, language); faster, for all are read together."""
    texts, _, languages = zip(*asked, strict=True)
    heard = hear_each(texts, languages=languages, assume=Polarity.NEED)
    return [_said(each, text.index(target) + len(target)) for (text, target, _), each in zip(asked, heard, strict=True)]


def _said(heard: Sequence[hearing.Heard], end: int) -> Polarity | None:
    for one in heard:
        for number, token in enumerate(one.sentence.tokens):
            if token.start < end <= token.end:
                return one.polarity(number)
    return None


def heard_right(file: Path) -> list[Heard]:
    """Columns lang, text, polarity, target and half; halves in the order in which they come."""
    right: dict[str, list[bool]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        told = polarities_of([(row["text"], row["target"], row["lang"]) for row in some])
        for row, heard in zip(some, told, strict=True):
            right.setdefault(row["half"], []).append(heard == row["polarity"])
    return [Heard(half, len(each), round(100 * sum(each) / len(each), 1)) for half, each in right.items()]
