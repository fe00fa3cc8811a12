"""ESCO's own English labels, to check the vocabulary's URIs against."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path


def read_esco_labels(folder: Path) -> dict[str, tuple[str, ...]]:
    """URI to English labels, the preferred one first, from `skills_en.csv` and `occupations_en.csv` (or `.csv.gz`) of ESCO's download."""
    labels: dict[str, tuple[str, ...]] = {}
    for name in ("skills_en.csv", "occupations_en.csv"):
        packed = folder / f"{name}.gz"
        if packed.exists():
            with gzip.open(packed, "rt", encoding="utf-8", newline="") as file:
                labels |= _labels(file)
        else:
            with (folder / name).open(encoding="utf-8", newline="") as file:
                labels |= _labels(file)
    return labels


def _labels(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {
        row["conceptUri"]: (row["preferredLabel"], *filter(None, row["altLabels"].split("\n")))
        for row in csv.DictReader(lines)
    }
