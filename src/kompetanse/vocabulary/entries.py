"""The starter vocabulary as values: concepts with their words, and pairs of occupation and skill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["skill", "occupation"]

LANGUAGES: Final = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """An ESCO concept. `labels` has one text for a language, `words` what people say at work.

    `isco` is the four-digit ISCO-08 group of an occupation; empty for a skill.
    """

    uri: str
    kind: Kind
    trade: str
    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    isco: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An occupation uses a skill. `relation` is ESCO's: essential or optional."""

    occupation: str
    skill: str
    relation: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entries and pairs, in the order of the files (trades by name)."""

    skills: tuple[Entry, ...]
    occupations: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
