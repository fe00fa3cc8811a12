"""How well sentences that voice a need are found, on a set that people have labelled (tests/data/minutes)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kompetanse.minutes.organisations import Entry, Register
from kompetanse.minutes.proposals import Hears, read_minutes


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of a set: whether it is a need, what kind it is, and who needs it ("" where none is named)."""

    text: str
    is_need: bool
    kind: str
    language: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares lie in 0..1. `organisations_right`: of the needs found in sentences that name one, or name none."""

    set: str
    sentences: int
    needs: int
    precision: float
    recall: float
    f1: float
    f1_by_language: dict[str, float]
    # Taken for needs, by what they are.
    taken_by_kind: dict[str, int]
    organisations_right: float


def read_labelled(file: Path) -> list[Labelled]:
    """A TSV with the columns lang, need (yes or no), kind, organisation and text. Raises ValueError when one is missing."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"lang", "need", "kind", "organisation", "text"} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{file} has no column {', '.join(sorted(missing))}.")
        return [
            Labelled(row["text"], row["need"] == "yes", row["kind"], row["lang"], row["organisation"]) for row in rows
        ]


def measure(name: str, rows: Sequence[Labelled], *, linker: Hears) -> Figures:
    """Each sentence is read as a text of its own, against a register of all the organisations in the set."""
    register = Register(Entry(name, name) for name in {row.organisation for row in rows} - {""})
    said = [read_minutes(row.text, linker=linker, register=register).proposals for row in rows]
    found = [bool(proposals) for proposals in said]
    hits = [(row, proposals[0]) for row, proposals in zip(rows, said, strict=True) if row.is_need and proposals]
    right = sum((one.organisation.name if one.organisation else "") == row.organisation for row, one in hits)
    precision, recall, f1 = _shares(rows, found)
    return Figures(
        set=name,
        sentences=len(rows),
        needs=sum(row.is_need for row in rows),
        precision=precision,
        recall=recall,
        f1=f1,
        f1_by_language={
            language: _shares(*_only(rows, found, language))[2] for language in sorted({row.language for row in rows})
        },
        taken_by_kind=dict(
            Counter(row.kind for row, is_found in zip(rows, found, strict=True) if is_found and not row.is_need)
        ),
        organisations_right=right / len(hits) if hits else 0.0,
    )


def _only(rows: Sequence[Labelled], found: Sequence[bool], language: str) -> tuple[list[Labelled], list[bool]]:
    chosen = [(row, is_found) for row, is_found in zip(rows, found, strict=True) if row.language == language]
    return [row for row, _ in chosen], [is_found for _, is_found in chosen]


def _shares(rows: Sequence[Labelled], found: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    hit = sum(row.is_need and is_found for row, is_found in zip(rows, found, strict=True))
    precision = hit / sum(found) if any(found) else 0.0
    needs = sum(row.is_need for row in rows)
    recall = hit / needs if needs else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0
