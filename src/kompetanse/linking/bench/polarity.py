"""How often the polarity of a clause is heard right, half by half of a gold file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kompetanse.linking.hearing import hear
from kompetanse.linking.links import Polarity


@dataclass(frozen=True, slots=True)
class Heard:
    """Of so many clauses of one half, so many per cent are heard right."""

    half: str
    clauses: int
    right: float


def polarity_of(text: str, target: str, *, language: str) -> Polarity | None:
    """What the text says of the last word of `target`; None where that is no word."""
    end = text.index(target) + len(target)
    for heard in hear(text, language=language, assume=Polarity.NEED):
        inside = [number for number, token in enumerate(heard.sentence.tokens) if token.start < end <= token.end]
        if inside:
            return heard.polarity(inside[0])
    return None


def heard_right(file: Path) -> list[Heard]:
    """Columns lang, text, polarity, target and half; halves in the order in which they come."""
    right: dict[str, list[bool]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            heard = polarity_of(row["text"], row["target"], language=row["lang"])
            right.setdefault(row["half"], []).append(heard == row["polarity"])
    return [Heard(half, len(each), round(100 * sum(each) / len(each), 1)) for half, each in right.items()]
