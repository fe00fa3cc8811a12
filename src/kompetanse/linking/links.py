"""Link: a concept found in a text, with the words that caused it and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kompetanse.linking.terms import Kind

Basis = Literal["exact", "partial", "near"]


class Polarity(StrEnum):
    """What a clause says about a skill. Only NEED and NICE_TO_HAVE are demand."""

    NEED = "need"
    HAVE = "have"
    NOT_NEEDED = "not_needed"
    OFFER = "offer"
    NICE_TO_HAVE = "nice_to_have"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Character offsets into the text as it was given: `text[start:end]`, never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that the text speaks of.

    `score` lies in 0..1. `label` is the term that matched, `causes` the words that matched it,
    in text order. `basis` is "exact" when the whole term stands in the text, word by word
    (inflected, perhaps), "partial" when words are missing, spread, reordered or inside a compound, and "near"
    when other words say what the concept is about: then `label` is its preferred name.
    """

    uri: str
    kind: Kind
    score: float
    polarity: Polarity
    causes: tuple[Span, ...]
    label: str
    basis: Basis
