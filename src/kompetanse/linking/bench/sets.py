"""Sets of texts with the concepts that are right for them.

The protocol is IReRa's and WorkRB's: rows are grouped by text; "LABEL NOT PRESENT" and "UNDERSPECIFIED" are dropped.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NO_LABEL: Final = frozenset({"LABEL NOT PRESENT", "UNDERSPECIFIED"})
_COLUMNS: Final = ("id", "lang", "text", "polarity", "gold")
# What was looked at while the weights were fitted, so that a good figure there proves less.
_FITTED_ON: Final = frozenset({"tech_validation", "house_validation", "needs_seen", "official_norwegian_labels"})


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its language and its gold URIs. `polarity` is empty where the set does not tell."""

    text: str
    language: str
    gold: frozenset[str]
    polarity: str = ""


@dataclass(frozen=True, slots=True)
class GoldSet:
    name: str
    examples: tuple[Example, ...]

    @property
    def is_fitted_on(self) -> bool:
        return self.name in _FITTED_ON

    @property
    def has_occupations(self) -> bool:
        return any("/occupation/" in uri for example in self.examples for uri in example.gold)


def read_set(file: Path) -> GoldSet:
    """A TSV with the columns id, lang, text, polarity and gold (URIs with `|` between).

    Raises ValueError, naming file and line, for a row that is not like that.
    """
    examples = []
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(
                f"{file.name} lacks the columns {', '.join(missing)}. Wanted, with tabs between: {' '.join(_COLUMNS)}."
            )
        for number, row in enumerate(reader, start=2):
            if None in row.values() or None in row:
                raise ValueError(
                    f"{file.name}:{number} has not the {len(reader.fieldnames or ())} cells of its header."
                )
            gold = frozenset(uri.strip() for uri in row["gold"].split("|") if uri.strip())
            examples.append(Example(row["text"], row["lang"] or "nb", gold, row["polarity"].strip().lower()))
    return GoldSet(file.stem, _grouped(examples))


def sets_in(folder: Path) -> Iterator[GoldSet]:
    """The public sets that lie in a data folder: skill spans in English ads, and official Norwegian labels."""
    skills = _uris_of_labels(folder)
    for file in sorted((folder / "03_benchmarks" / "decorte_en").glob("*_annotations.csv")):
        yield GoldSet(file.stem.removesuffix("_annotations"), _annotations(file, skills=skills))
    official = folder / "01_esco" / "api_v2_fixtures" / "official_no_labels_from_api.csv"
    if official.exists():
        yield GoldSet("official_norwegian_labels", _official(official, known=frozenset(skills.values())))


def _uris_of_labels(folder: Path) -> Mapping[str, str]:
    with gzip.open(folder / "01_esco" / "v1.1.1_en" / "skills_en.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return {row["preferredLabel"]: row["conceptUri"] for row in csv.DictReader(lines)}


def _annotations(file: Path, *, skills: Mapping[str, str]) -> tuple[Example, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return _grouped(
            Example(row["sentence"], "en", frozenset({skills[row["label"]]}))
            for row in csv.DictReader(lines)
            if row["label"] not in _NO_LABEL
        )


def _official(file: Path, *, known: frozenset[str]) -> tuple[Example, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return _grouped(
            Example(row["preferredLabel_no"], "nb", frozenset({row["uri"]}))
            for row in csv.DictReader(lines)
            if row["uri"] in known
        )


def _grouped(examples: Iterable[Example]) -> tuple[Example, ...]:
    """One example for each text, with all its gold; a text without gold is no question."""
    groups: dict[tuple[str, str], Example] = {}
    for example in examples:
        known = groups.get((example.text, example.language))
        gold = example.gold | known.gold if known else example.gold
        groups[example.text, example.language] = Example(
            example.text, example.language, gold, known.polarity if known else example.polarity
        )
    return tuple(example for example in groups.values() if example.gold)
