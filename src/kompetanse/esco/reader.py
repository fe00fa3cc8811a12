"""The official CSV files to a Classification: any language, versions 1.0.8 to 1.2."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from sys import intern
from typing import IO, Final, TypeVar

from kompetanse.esco.archive import MOST_BYTES, Allowance, Member, check_zip, members, unpacked
from kompetanse.esco.classification import Broader, Classification, Concept, ConceptKind, Label, OccupationSkill
from kompetanse.esco.errors import EscoFileError
from kompetanse.esco.table import Hashed, rows

_CONCEPT_FILES: Final = {
    "skills": ConceptKind.SKILL,
    "occupations": ConceptKind.OCCUPATION,
    "skillgroups": ConceptKind.SKILL_GROUP,
    "iscogroups": ConceptKind.ISCO_GROUP,
}
_RELATION_FILES: Final = ("occupationskillrelations", "broaderrelationsoccpillar", "broaderrelationsskillpillar")
# `skills_nb.csv`, `occupationSkillRelations.csv`, `occupations_no.something.csv.gz`
_NAME: Final = re.compile(r"([a-z]+?)(?:[_-]([a-z]{2}))?(?:[._ -].*)?\.csv(?:\.gz)?", re.IGNORECASE)
# The type in the row rules over the name of the file; versions spell it differently.
_TYPES: Final = {
    "knowledgeskillcompetence": ConceptKind.SKILL,
    "skill": ConceptKind.SKILL,
    "occupation": ConceptKind.OCCUPATION,
    "skillgroup": ConceptKind.SKILL_GROUP,
    "iscogroup": ConceptKind.ISCO_GROUP,
}
# ESCO writes "no" for bokmål.
_LANGUAGES: Final = {"no": "nb"}

T = TypeVar("T")
Progress = Callable[[str], None]


def read_classification(
    *sources: Path, most_bytes: int = MOST_BYTES, progress: Progress | None = None
) -> Classification:
    """What the sources hold together: zips, folders or single CSV files, gzipped or not.

    `progress` hears the name of each file as its reading starts.
    Raises EscoFileError.
    """
    allowance = Allowance(most_bytes)
    reading = _Reading()
    for member in members(sources):
        what, language = _known(member.name)
        if not what:
            continue
        if progress:
            progress(member.name)
        with unpacked(member, allowance=allowance) as stream:
            reading.read(member, stream, what=what, language=language)
    return reading.finished(", ".join(source.name for source in sources))


def check_upload(file: IO[bytes], *, name: str) -> None:
    """Whether a zip is worth reading, in a moment: it opens and holds files we know. Raises EscoFileError."""
    if not any(what for what, _ in map(_known, check_zip(file, name=name))):
        raise EscoFileError("no_known_files", name)


def _known(name: str) -> tuple[str, str]:
    """What a file of that name holds, and in which language; empty when we know no such file."""
    match = _NAME.fullmatch(name)
    what = match.group(1).lower() if match else ""
    if match is None or not (what in _CONCEPT_FILES or what in _RELATION_FILES):
        return "", ""
    code = (match.group(2) or "").lower()
    return what, _LANGUAGES.get(code, code)


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.labels: dict[Label, None] = {}
        self.named: set[tuple[str, str]] = set()
        self.languages: set[str] = set()
        self.kinds: set[ConceptKind] = set()
        self.occupation_skills: list[OccupationSkill] | None = None
        self.broader: dict[str, list[Broader] | None] = dict.fromkeys(_RELATION_FILES[1:])
        self.hashes: list[tuple[str, str]] = []

    def read(self, member: Member, stream: IO[bytes], *, what: str, language: str) -> None:
        digest = hashlib.sha256()
        hashed = io.BufferedReader(Hashed(stream, into=digest), 1 << 18)
        if what in _CONCEPT_FILES:
            if not language:
                raise EscoFileError("no_known_files", member.name)
            self._read_concepts(hashed, name=member.name, kind=_CONCEPT_FILES[what], language=language)
        elif what == "occupationskillrelations":
            self.occupation_skills = (self.occupation_skills or []) + list(_occupation_skills(hashed, name=member.name))
        else:
            self.broader[what] = (self.broader[what] or []) + list(_broader(hashed, name=member.name))
        self.hashes.append((member.name, digest.hexdigest()))

    def _read_concepts(self, stream: IO[bytes], *, name: str, kind: ConceptKind, language: str) -> None:
        self.kinds.add(kind)
        self.languages.add(language)
        needed, wanted = ("conceptUri", "preferredLabel"), ("conceptType", "altLabels", "code", "iscoGroup", "status")
        for uri, label, type_, alternatives, code, isco_group, status in rows(
            stream, name=name, needed=needed, wanted=wanted
        ):
            if not uri or status.lower() == "obsolete":
                continue
            own_kind = _TYPES.get(type_.lower(), kind)
            concept = self.concepts.get(uri)
            if concept is None:
                concept = Concept(intern(uri), own_kind, code, isco_group.removeprefix("C") if isco_group else "")
                self.concepts[concept.uri] = concept
            # A concept has one name in a language; should it stand there twice, the first one holds.
            if label and (concept.uri, language) not in self.named:
                self.named.add((concept.uri, language))
                self.labels[Label(concept.uri, own_kind, language, "label", label)] = None
            for text in _split(alternatives):
                if text != label:
                    self.labels[Label(concept.uri, own_kind, language, "alternative", text)] = None

    def finished(self, names: str) -> Classification:
        relations = (self.occupation_skills, *self.broader.values())
        if not self.kinds and all(relation is None for relation in relations):
            raise EscoFileError("no_known_files", names)
        occupations, skills = self.broader.values()
        return Classification(
            concepts=tuple(self.concepts.values()),
            labels=tuple(self.labels),
            languages=frozenset(self.languages),
            kinds=frozenset(self.kinds),
            occupation_skills=_distinct(self.occupation_skills),
            broader_occupations=_distinct(occupations),
            broader_skills=_distinct(skills),
            sha256=hashlib.sha256(repr(sorted(self.hashes)).encode()).hexdigest(),
        )


def _distinct(items: Iterable[T] | None) -> tuple[T, ...] | None:
    return None if items is None else tuple(dict.fromkeys(items))


def _split(alternatives: str) -> Sequence[str]:
    """One label on each line; collections part them by " | "."""
    parts = alternatives.splitlines() if "\n" in alternatives else alternatives.split(" | ")
    return [part.strip() for part in parts if part.strip()]


def _occupation_skills(stream: IO[bytes], *, name: str) -> Iterator[OccupationSkill]:
    needed = ("occupationUri", "relationType", "skillUri")
    for occupation, relation, skill in rows(stream, name=name, needed=needed, wanted=()):
        yield OccupationSkill(intern(occupation), intern(skill), relation.lower() == "essential")


def _broader(stream: IO[bytes], *, name: str) -> Iterator[Broader]:
    for concept, broader in rows(stream, name=name, needed=("conceptUri", "broaderUri"), wanted=()):
        yield Broader(intern(concept), intern(broader))
