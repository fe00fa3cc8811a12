"""How often a suggestion that two needs are one is right, on pairs that people have labelled (tests/data/duplicates.tsv)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kompetanse.alike.likeness import SUGGESTED_FROM, asked_of_links, likeness
from kompetanse.linking import Linker


@dataclass(frozen=True, slots=True)
class Pair:
    """Two needs in words, and whether they are the same. `half`: seen or unseen while the threshold was set."""

    half: str
    one: str
    other: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """Shares lie in 0..1; `suggested` pairs are those from the threshold up."""

    half: str
    pairs: int
    same: int
    suggested: int
    precision: float
    recall: float


def read_pairs(file: Path) -> list[Pair]:
    """A TSV with the columns half, same (yes or no), one and other. Raises ValueError when one is missing."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"half", "same", "one", "other"} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{file} has no column {', '.join(sorted(missing))}.")
        return [Pair(row["half"], row["one"], row["other"], row["same"] == "yes") for row in rows]


def measure_pairs(half: str, pairs: Sequence[Pair], *, linker: Linker) -> Suggested:
    chosen = [pair for pair in pairs if pair.half == half]
    found = [_score(pair, linker=linker) >= SUGGESTED_FROM for pair in chosen]
    right = sum(pair.is_same and is_found for pair, is_found in zip(chosen, found, strict=True))
    same = sum(pair.is_same for pair in chosen)
    return Suggested(
        half=half,
        pairs=len(chosen),
        same=same,
        suggested=sum(found),
        precision=right / sum(found) if any(found) else 0.0,
        recall=right / same if same else 0.0,
    )


# As the forum hears a need: no more chips than that, none less sure.
_MOST_LINKS = 8
_LEAST_SCORE = 0.6


def _score(pair: Pair, *, linker: Linker) -> float:
    one, other = (
        asked_of_links(words, (link for link in linker.link(words, limit=_MOST_LINKS) if link.score >= _LEAST_SCORE))
        for words in (pair.one, pair.other)
    )
    return likeness(one, other).score
