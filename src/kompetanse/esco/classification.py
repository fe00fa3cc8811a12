"""A version of ESCO, or a part of one, as values: concepts, what they are called, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

LabelRole = Literal["label", "alternative"]


class ConceptKind(StrEnum):
    SKILL = "skill"
    OCCUPATION = "occupation"
    SKILL_GROUP = "skill_group"
    ISCO_GROUP = "isco_group"


@dataclass(frozen=True, slots=True)
class Concept:
    """`code` is ESCO's own of an occupation (8121.4) or group (S1.2, C2223 is "2223"); skills have none.

    `isco_group` is the ISCO-08 unit group of an occupation.
    """

    uri: str
    kind: ConceptKind
    code: str
    isco_group: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a concept is called in one language: its preferred label, or an alternative one."""

    uri: str
    kind: ConceptKind
    language: str
    role: LabelRole
    text: str


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """The occupation needs the skill, always or at times."""

    occupation: str
    skill: str
    is_essential: bool


@dataclass(frozen=True, slots=True)
class Broader:
    concept: str
    broader: str


@dataclass(frozen=True, slots=True)
class Classification:
    """What the files held. A concept stands once, however many languages spoke of it.

    `kinds` tells which kinds had a file of their own, so that what is not in it is not in this version;
    a relation that had no file is None.
    """

    concepts: tuple[Concept, ...]
    labels: tuple[Label, ...]
    languages: frozenset[str]
    kinds: frozenset[ConceptKind]
    occupation_skills: tuple[OccupationSkill, ...] | None
    broader_occupations: tuple[Broader, ...] | None
    broader_skills: tuple[Broader, ...] | None
    # SHA-256 over the contents: the same files give the same.
    sha256: str
