"""What an index is built from: ESCO's own files as they are downloaded, and the starter vocabulary.

`kompetanse.esco` reads concepts and labels; the descriptions, which only training needs, are read here.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from kompetanse.linking.terms import Kind, Role, Term
from kompetanse.vocabulary import Vocabulary

# `skills_en.csv`, `occupations_no.csv.gz`, `skills_sv_fi_en.csv` (a column for each language)
_CONCEPTS: Final = re.compile(r"(skill|occupation)s(?:_isco)?((?:_[a-z]{2})+)\b.*\.csv(?:\.gz)?", re.IGNORECASE)
_RELATIONS: Final = re.compile(r"(occupationSkill|broader\w+Pillar)\w*\.csv(?:\.gz)?", re.IGNORECASE)
_LANGUAGES: Final = {"no": "nb"}
# A field of ESCO's files may hold a whole list of alternative labels.
_MOST_CHARACTERS: Final = 1 << 22


@dataclass
class Source:
    """Everything known of the concepts; filled file by file, newest folder first.

    A folder that comes later adds words to the concepts of the first ones, never concepts.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    terms: dict[Term, None] = field(default_factory=dict)
    descriptions: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    # How many occupations use a skill.
    uses: Counter[str] = field(default_factory=Counter)
    broader: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)

    def add_vocabulary(self, vocabulary: Vocabulary, *, only_known: bool) -> None:
        """The starter vocabulary; with `only_known`, words for the concepts that are there and no new ones."""
        for entry in (*vocabulary.skills, *vocabulary.occupations):
            if only_known and entry.uri not in self.kinds:
                continue
            self.kinds.setdefault(entry.uri, entry.kind)
            self.own.add(entry.uri)
            for language, label in entry.labels.items():
                self._add(entry.uri, language, label, role="label")
            for language, words in entry.words.items():
                for word in words:
                    self._add(entry.uri, language, word, role="everyday")
        if not self.uses:
            self.uses.update(pair.skill for pair in vocabulary.pairs)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """ESCO's CSV files in the folders. Raises ValueError where there are none."""
        csv.field_size_limit(_MOST_CHARACTERS)
        for folder in folders:
            files = sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
            if not any(_CONCEPTS.fullmatch(file.name) or _RELATIONS.fullmatch(file.name) for file in files):
                raise ValueError(
                    f"There are no files of ESCO in {folder}. Unpack the download and name the folder that holds "
                    "skills_en.csv or occupations_en.csv."
                )
            is_first = not self.kinds
            for file in files:
                if match := _CONCEPTS.fullmatch(file.name):
                    kind = cast(Kind, match.group(1).lower())
                    self._add_concepts(file, kind, match.group(2).lower().strip("_").split("_"), may_add=is_first)
                elif match := _RELATIONS.fullmatch(file.name):
                    self._add_relations(file)

    def _add_concepts(self, file: Path, kind: Kind, languages: Sequence[str], *, may_add: bool) -> None:
        for row in _rows(file):
            uri = row.get("conceptUri") or ""
            if f"/esco/{kind}/" not in uri or (row.get("status") or "").lower() == "obsolete":
                continue
            if may_add:
                self.kinds.setdefault(uri, kind)
            if self.kinds.get(uri) != kind:
                continue
            if "preferredLabel" not in row:
                for code in languages:
                    self._add(uri, _LANGUAGES.get(code, code), row.get(code) or "", role="label")
                continue
            language = _LANGUAGES.get(languages[0], languages[0])
            self._add(uri, language, row["preferredLabel"], role="label")
            for text in (row.get("altLabels") or "").split("\n"):
                self._add(uri, language, text, role="alternative")
            if row.get("description"):
                self.descriptions[uri].setdefault(language, row["description"])

    def _add_relations(self, file: Path) -> None:
        for row in _rows(file):
            if "skillUri" in row:
                self.uses[row["skillUri"]] += 1
            elif "broaderUri" in row:
                self.broader.setdefault(row["conceptUri"], row["broaderUri"])

    def _add(self, uri: str, language: str, text: str, *, role: Role) -> None:
        text = text.strip()
        if text:
            self.languages.add(language)
            self.terms.setdefault(Term(uri=uri, kind=self.kinds[uri], language=language, text=text, role=role))

    def in_order_of_kin(self) -> list[str]:
        """The URIs so that concepts under the same broader one stand together."""
        return sorted(self.kinds, key=self._path)

    def _path(self, uri: str) -> tuple[str, ...]:
        path = [uri]
        while path[-1] in self.broader and len(path) < 12:
            path.append(self.broader[path[-1]])
        return tuple(reversed(path))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rb") if file.name.lower().endswith(".gz") else file.open("rb") as stream:
        yield from csv.DictReader(_lines(stream))


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(stream):
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")


def nothing_known() -> Source:
    """A source to be filled by whoever reads from elsewhere than files."""
    return Source()
