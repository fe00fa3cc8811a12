"""Ref: the name of anything, anywhere (`need:7h3k2m9qxa`)."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

# Crockford's base 32 without the letters people confuse (i, l, o, u).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10

_PATTERN = re.compile(r"([a-z_]+):([0-9a-z-]+)")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A kind and a public id; reads `kind:id` in an address, a log, an export and a thread."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """The Ref that `text` spells. Raises ValueError when it spells none."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a Ref: {text!r}")
        return cls(match.group(1), match.group(2))


def new_public_id(rng: random.Random) -> str:
    """Ten characters, 50 bits: no one guesses a neighbour, and it can be read over the phone."""
    return "".join(rng.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
