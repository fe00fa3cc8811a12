"""ESCO's own English files, to check the vocabulary against."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EscoConcept:
    """What ESCO says of a URI: English labels, the preferred one first; `isco` is an occupation's group."""

    labels: tuple[str, ...]
    isco: str = ""
    is_obsolete: bool = False


def read_esco_concepts(folder: Path) -> dict[str, EscoConcept]:
    """Concepts by URI, from `skills_en.csv` and `occupations_en.csv` (or `.csv.gz`) of ESCO's download."""
    concepts: dict[str, EscoConcept] = {}
    for name in ("skills_en.csv", "occupations_en.csv"):
        packed = folder / f"{name}.gz"
        if packed.exists():
            with gzip.open(packed, "rt", encoding="utf-8", newline="") as file:
                concepts |= _concepts(file)
        else:
            with (folder / name).open(encoding="utf-8", newline="") as file:
                concepts |= _concepts(file)
    return concepts


def _concepts(lines: Iterable[str]) -> dict[str, EscoConcept]:
    return {
        row["conceptUri"]: EscoConcept(
            labels=(row["preferredLabel"], *filter(None, row["altLabels"].split("\n"))),
            isco=row.get("iscoGroup") or "",
            # Older downloads have no such column; what they list is in use.
            is_obsolete=(row.get("status") or "released") != "released",
        )
        for row in csv.DictReader(lines)
    }
