"""What kind of word a word is: "mangler", "savner" and "skorter" all lack, so what is learnt of one holds for the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_SHORTEST_BEGINNING: Final = 2


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of a word by the word itself, or else by its longest known beginning."""

    whole: dict[str, str]
    beginnings: dict[str, str]

    def of(self, word: str) -> str:
        """Empty where nobody has said."""
        if word in self.whole:
            return self.whole[word]
        for length in range(len(word), _SHORTEST_BEGINNING, -1):
            if word[:length] in self.beginnings:
                return self.beginnings[word[:length]]
        return ""


@cache
def kinds_for(family: str) -> Kinds | None:
    """The kinds of a family of languages; None where nobody has listed any."""
    file = files("kompetanse.linking").joinpath("ways", f"{family}_kinds.txt")
    return read_kinds(file.read_text(encoding="utf-8")) if file.is_file() else None


def read_kinds(text: str) -> Kinds:
    """Lines `kind: words`; a star stands for any ending, and the first line that knows a word decides."""
    kinds = Kinds({}, {})
    for line in text.splitlines():
        if line and not line.startswith(";"):
            kind, _, words = line.partition(":")
            for word in words.split():
                known = kinds.beginnings if word.endswith("*") else kinds.whole
                known.setdefault(word.rstrip("*"), kind)
    return kinds
