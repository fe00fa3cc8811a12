"""Term: one way of writing one concept, the raw material of a linker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["skill", "occupation"]
Role = Literal["label", "everyday", "alternative"]


@dataclass(frozen=True, slots=True)
class Term:
    """One label of one concept.

    `language` is a code such as "nb", "nn" or "en". `role` tells who says so: "label" is the
    concept's preferred name, "everyday" a word people use at work, "alternative" an ESCO alt label.
    """

    uri: str
    kind: Kind
    language: str
    text: str
    role: Role
