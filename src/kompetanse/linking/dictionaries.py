"""simplemma's dictionaries, packed: half a million Norwegian forms in some megabytes instead of a hundred.

As a dict of small objects each form takes two hundred bytes, and reading them takes seconds. Here forms stand end to end
in one string of bytes, and a table of numbers finds them by their checksum. Where a folder is given (`folders.keep_dictionaries_in`), the
bytes are written there once; from then on every process maps the file, so that all share one copy, of which only what
is looked up takes memory.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Final
from uuid import uuid4
from zlib import crc32

from simplemma.strategies.dictionaries.dictionary_factory import (
    DecodedStrMapping,
    DefaultDictionaryFactory,
    DictionaryFactory,
)

from kompetanse.linking.folders import dictionary_folder

# An offset and a number of a lemma fit in 32 bits.
_NUMBER: Final = "I"
# What the file is, and then how many: forms, lemmas, places in the table, bytes of forms, bytes of lemmas. In the
# machine's own order of bytes, as all numbers that follow; a machine of the other order does not know the first word.
_HEAD: Final = struct.Struct("=I5I")
_MARK: Final = 0x6B666431


class PackedDictionary(DecodedStrMapping):
    """Form → lemma, read only.

    Raises:
        ValueError: the bytes are not what `packed` makes.
    """

    def __init__(self, held: bytes | mmap.mmap) -> None:
        if len(held) < _HEAD.size:
            raise ValueError("too short for a packed dictionary")
        mark, forms, lemmas, places, form_bytes, lemma_bytes = _HEAD.unpack_from(held)
        counts = (forms + 1, forms, lemmas + 1, places)
        starts = list(accumulate((4 * count for count in counts), initial=_HEAD.size))
        if mark != _MARK or len(held) != starts[-1] + form_bytes + lemma_bytes:
            raise ValueError("not a packed dictionary, or one that was cut off")
        numbers = memoryview(held)
        self._ends, self._lemma_of, self._lemma_ends, self._table = (
            numbers[start : start + 4 * count].cast(_NUMBER) for start, count in zip(starts, counts, strict=False)
        )
        self._held = held
        self._forms_at, self._lemmas_at = starts[-1], starts[-1] + form_bytes
        self._mask = places - 1

    def _lookup(self, key: str) -> str | None:
        wanted = key.encode()
        at = crc32(wanted) & self._mask
        while number := self._table[at]:
            if self._form(number - 1) == wanted:
                lemma = self._lemma_of[number - 1]
                start, end = self._lemma_ends[lemma], self._lemma_ends[lemma + 1]
                return self._held[self._lemmas_at + start : self._lemmas_at + end].decode()
            at = (at + 1) & self._mask
        return None

    def _form(self, number: int) -> bytes:
        return self._held[self._forms_at + self._ends[number] : self._forms_at + self._ends[number + 1]]

    def __iter__(self) -> Iterator[str]:
        return (self._form(number).decode() for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._lemma_of)


def packed(forms: Mapping[str, str]) -> bytes:
    """Form → lemma as the bytes that `PackedDictionary` reads; the same for the same forms in the same order."""
    keys = [form.encode() for form in forms]
    numbers: dict[str, int] = {}
    lemma_of = array(_NUMBER, (numbers.setdefault(lemma, len(numbers)) for lemma in forms.values()))
    lemmas = [lemma.encode() for lemma in numbers]
    # A table at least twice as long as there are forms: the number of a form, from 1, where its checksum falls or next.
    places = 1 << (2 * len(keys)).bit_length()
    table = array(_NUMBER, bytes(places * 4))
    for number, key in enumerate(keys, start=1):
        at = crc32(key) & (places - 1)
        while table[at]:
            at = (at + 1) & (places - 1)
        table[at] = number
    ends, lemma_ends = _ends(keys), _ends(lemmas)
    head = _HEAD.pack(_MARK, len(keys), len(lemmas), places, ends[-1], lemma_ends[-1])
    parts = [part.tobytes() for part in (ends, lemma_of, lemma_ends, table)]
    return b"".join([head, *parts, *keys, *lemmas])


def _ends(words: list[bytes]) -> array[int]:
    return array(_NUMBER, accumulate(map(len, words), initial=0))


class PackedDictionaries(DictionaryFactory):
    """A language's dictionary, opened at its first word and then kept."""

    def get_dictionary(self, lang: str) -> PackedDictionary:
        return _opened(lang)


_files: list[mmap.mmap] = []


def let_go() -> None:
    """What was read of the files need not stay in memory: most of it will not be looked up again soon."""
    if hasattr(mmap, "MADV_DONTNEED"):
        for held in _files:
            held.madvise(mmap.MADV_DONTNEED)


@cache
def _opened(lang: str) -> PackedDictionary:
    folder = dictionary_folder()
    if folder is None:
        return PackedDictionary(_made(lang))
    file = folder / f"{lang}-{version('simplemma')}.words"
    try:
        return _mapped(file)
    except (OSError, ValueError):
        made = _made(lang)
        return _mapped(file) if _written(file, made) else PackedDictionary(made)


def _made(lang: str) -> bytes:
    return packed(DefaultDictionaryFactory(cache_max_size=1).get_dictionary(lang))


def _mapped(file: Path) -> PackedDictionary:
    with file.open("rb") as opened:
        held = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    dictionary = PackedDictionary(held)
    _files.append(held)
    return dictionary


def _written(file: Path, content: bytes) -> bool:
    """Whole or not at all. False where it cannot be written: then each process has a copy of its own."""
    beside = file.with_suffix(f".{uuid4().hex}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True
