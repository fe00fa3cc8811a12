"""simplemma's dictionaries, packed: half a million Norwegian forms in some megabytes instead of a hundred.

As a dict of small objects each form takes two hundred bytes; here forms stand end to end in one string of bytes, and a
table of numbers finds them by their hash.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import Final

from simplemma.strategies.dictionaries.dictionary_factory import (
    DecodedStrMapping,
    DefaultDictionaryFactory,
    DictionaryFactory,
)

# An offset and a number of a lemma fit in 32 bits.
_NUMBER: Final = "I"


class PackedDictionary(DecodedStrMapping):
    """Form → lemma, read only."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        keys = [form.encode() for form in forms]
        self._keys = b"".join(keys)
        self._ends = array(_NUMBER, accumulate(map(len, keys), initial=0))
        lemmas: dict[str, int] = {}
        self._lemma_of = array(_NUMBER, (lemmas.setdefault(lemma, len(lemmas)) for lemma in forms.values()))
        encoded = [lemma.encode() for lemma in lemmas]
        self._lemmas = b"".join(encoded)
        self._lemma_ends = array(_NUMBER, accumulate(map(len, encoded), initial=0))
        # A table twice as long as there are forms: the number of a form, from 1, where its hash falls or next to it.
        self._mask = (1 << (2 * len(keys)).bit_length()) - 1
        self._table = array(_NUMBER, bytes((self._mask + 1) * array(_NUMBER).itemsize))
        for number, key in enumerate(keys, start=1):
            at = hash(key) & self._mask
            while self._table[at]:
                at = (at + 1) & self._mask
            self._table[at] = number

    def _lookup(self, key: str) -> str | None:
        wanted = key.encode()
        at = hash(wanted) & self._mask
        while number := self._table[at]:
            if self._keys[self._ends[number - 1] : self._ends[number]] == wanted:
                lemma = self._lemma_of[number - 1]
                return self._lemmas[self._lemma_ends[lemma] : self._lemma_ends[lemma + 1]].decode()
            at = (at + 1) & self._mask
        return None

    def _key(self, number: int) -> bytes:
        return self._keys[self._ends[number] : self._ends[number + 1]]

    def __iter__(self) -> Iterator[str]:
        return (self._key(number).decode() for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._lemma_of)


class PackedDictionaries(DictionaryFactory):
    """A language's dictionary, packed at its first word and then kept."""

    def get_dictionary(self, lang: str) -> PackedDictionary:
        return _packed(lang)


@cache
def _packed(lang: str) -> PackedDictionary:
    return PackedDictionary(DefaultDictionaryFactory(cache_max_size=1).get_dictionary(lang))
