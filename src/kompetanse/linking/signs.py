"""What in a sentence tells its stance towards each of its words: the words around it, alone and in company.

A sign speaks of a stretch of words, so that all words of a sentence are weighed in one pass: what stands before
a word speaks of all that follow in its clause, what stands after of all before, another clause of the whole one.
A sign is known by a number of 32 bits that is mixed from its words' numbers, for many sentences at once: to write out
names, one by one, took half of the time that linking takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.kinds import kinds_for
from kompetanse.linking.lemmas import stem
from kompetanse.linking.word_lists import listed

# Nynorsk, and words that say the same, are read as one, so that what is learnt of one holds for the other.
_SAME: Final = dict(
    pair.split(":")
    for pair in listed(
        """
    ikkje:ikke eg:jeg me:vi dei:de dykk:dere de:dere kva:hva kven:hvem korleis:hvordan kor:hvor nokon:noen
    nokre:noen noko:noe fleire:flere meir:mer treng:trenger trengst:trengs manglar:mangler søkjer:søker
    ønskjer:ønsker ynskjer:ønsker saknar:savner veit:vet skjønar:skjønner meistrar:mestrer kjenn:kjenner
    krev:krever krevst:kreves slit:sliter strevar:strever lærar:lærer gjev:gir gjer:gjør held:holder
    tilbyd:tilbyr brukar:bruker klarar:klarer greier:klarer greiar:klarer greie:klare slepp:slipper
    droppar:dropper sluttet:slutta droppet:droppa kuttet:kutta frå:fra no:nå òg:også vore:vært vere:være
    vert:blir ein:en eit:et ei:en eigen:egen eigne:egne eiga:egen sjølv:selv sjølve:selv utan:uten betre:bedre
    berre:bare tilsette:ansatte tilsett:ansatt dykkar:deres viss:hvis dersom:hvis ønskeleg:ønskelig
    ønskjeleg:ønskelig naudsynt:nødvendig vanskeleg:vanskelig umogleg:umulig mogleg:mulig føremon:fordel tek:tar
    teke:tatt fekk:fikk kjem:kommer komande:kommende lengre:lenger heile:hele allereie:allerede hjå:hos mykje:mye
    skort:mangel vantar:mangler skulen:skolen elevane:elevene studentane:studentene deltakarane:deltakerne
    kandidatane:kandidatene lærlingane:lærlingene undervising:undervisning rettleiing:veiledning driv:driver
    set:setter starta:startet opplæringa:opplæringen utdanninga:utdanningen gutane:gutta karane:karer seier:sier
    seia:si kunnskapar:kunnskaper lyt:må behøv:behøver verken:hverken korkje:hverken tidlegare:tidligere
    einaste:eneste køyrer:kjører køyrt:kjørt arbeidar:arbeider tenkje:tenke søkje:søke leitar:leter leitt:lett
    leita:lett dårleg:dårlig dårlege:dårlige ikring:rundt avdelinga:avdelingen bedrifta:bedriften skadar:skader
    gildt:moro artig:moro stas:moro gøy:moro kjekt:fint flott:fint supert:fint topp:fint
    """
    )
)


_REMEMBERED_WORDS: Final = 60_000
# Odd, and with bits all over, so that no row of words is mixed up with the same words in another order.
_SECOND: Final = np.uint32(0x9E3779B1)
_THIRD: Final = np.uint32(0x85EBCA77)

Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]
Wanted = NDArray[np.bool_]


class Word(NamedTuple):
    """A word by the numbers of itself, of its stem where that is another, and of its kind; 0 where there is none.

    `stem` is the stem's number also where that is the word itself.
    """

    number: int
    root: int
    kind: int
    stem: int


class Clause(NamedTuple):
    """Begin and end of a clause and of its sentence, and whether it starts with a contrast."""

    begin: int
    end: int
    first: int
    last: int
    is_contrast: bool


class Signs(NamedTuple):
    """Side by side: the number of each sign, and the words that it speaks of, from `lows` up to `highs`."""

    numbers: Numbers
    lows: Places
    highs: Places


def number_of(told: str) -> int:
    """The number of anything that a sign is made of; never 0."""
    return crc32(told.encode("utf-8", "surrogatepass")) or 1


def _salts(*told: str) -> list[np.uint32]:
    return [np.uint32(number_of(f"sign {one}")) for one in told]


_BEFORE, _BEFORE_STEM, _BEFORE_2, _BEFORE_3, _BEFORE_GAP = _salts("<", "<*", "<2", "<3", "<_")
_AFTER, _AFTER_STEM, _AFTER_2, _AFTER_3, _AFTER_GAP = _salts(">", ">*", ">2", ">3", ">_")
_ANYWHERE, _BESIDE_LEFT, _BESIDE_RIGHT, _FIRST_WORD, _BETWEEN = _salts("~", "<|", "|>", "^", "X")
_IS_FIRST, _IS_LAST, _CONTRAST, _RULE = _salts("^X", "X$", "contrast", "rule")
_EARLIER, _LATER, _EARLIER_KIND, _LATER_KIND = _salts("{", "}", "{=", "}=")
_KIND_BEFORE, _KIND_AFTER, _LEFT_KINDS, _RIGHT_KINDS = _salts("<=", ">=", "=_X", "=X_")
_KINDS_11, _KINDS_21, _KINDS_12 = _salts("=1X1", "=2X1", "=1X2")
# The edges of a clause, as if they were words.
_BEGIN, _END = (int(one) for one in _salts("begin", "end"))


@lru_cache(maxsize=_REMEMBERED_WORDS)
def word_of(word: str, family: str) -> Word:
    """A normalised word as the signs know it: nynorsk, and what says the same, as one."""
    same = "#" if word.isdecimal() else _SAME.get(word, word) if family == "no" else word
    known = kinds_for(family)
    kind = known.of(same) if known is not None else ""
    root = stem(same, family) if family == "no" else same
    own = number_of(f"{root}*")
    return Word(number_of(same), own if root != same else 0, number_of(kind) if kind else 0, own)


def rows_of(words: Sequence[Word]) -> Numbers:
    """(words, 4): the numbers of each, one after the other, for numpy is slow to look into so many tuples."""
    return np.fromiter(chain.from_iterable(words), np.uint32, 4 * len(words)).reshape(-1, 4)


@cache
def rule_sign(rule: str) -> int:
    """The number of the sign that the cues say `rule` of a word."""
    return (int(_RULE) + number_of(rule)) & 0xFFFFFFFF


def signs_of(words: Sequence[Word], clauses: Sequence[Clause], rules: Sequence[str]) -> Signs:
    """The signs of all words; the clauses lie end to end, and `rules` is what the cues say of each word."""
    found = _Found()
    columns = rows_of(words).T
    edges = np.asarray(clauses, np.int64).reshape(-1, 5).T
    lengths = edges[1] - edges[0]
    at = np.arange(len(words))
    begins, ends = np.repeat(edges[0], lengths), np.repeat(edges[1], lengths)
    found.add(np.fromiter(map(rule_sign, rules), np.uint32, len(words)), at, at + 1)
    contrasts = edges[:2, edges[4] == 1]
    found.add(np.full(contrasts.shape[1], _CONTRAST, np.uint32), contrasts[0], contrasts[1])
    own = _Row(columns[0], at, begins, ends)
    _add_before(own, columns[1], found)
    _add_after(own, columns[1], found)
    _add_around(own, found)
    is_kind = columns[2] > 0
    kinds = columns[2][is_kind]
    # Where each word would stand among those that have a kind.
    among = np.concatenate(([0], np.cumsum(is_kind)))
    _add_kinds(kinds, at[is_kind], begins[is_kind], ends[is_kind], among, found)
    _add_gaps(kinds.tolist(), at[is_kind].tolist(), clauses, among.tolist(), found)
    is_joined = lengths < edges[3] - edges[2]
    begin, end, first, last = edges[:4, is_joined]
    for salt, of_kind, low, high in ((_EARLIER, _EARLIER_KIND, first, begin), (_LATER, _LATER_KIND, end, last)):
        _add_elsewhere(columns[0], low, high, (begin, end), salt, found)
        _add_elsewhere(kinds, among[low], among[high], (begin, end), of_kind, found)
    return found.all()


class _Found:
    """Signs as they come."""

    def __init__(self) -> None:
        self._parts: list[tuple[Numbers, Places, Places]] = []

    def add(self, numbers: Numbers, lows: Places, highs: Places, where: Wanted | None = None) -> None:
        self._parts.append((numbers, lows, highs) if where is None else (numbers[where], lows[where], highs[where]))

    def all(self) -> Signs:
        numbers, lows, highs = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        return Signs(numbers.astype(np.uint32), lows, highs)


class _Row:
    """The words of all clauses, and their neighbours."""

    def __init__(self, numbers: Numbers, at: Places, begins: Places, ends: Places) -> None:
        self.numbers, self.at, self.begins, self.ends = numbers, at, begins, ends
        self._padded = np.concatenate((np.zeros(2, np.uint32), numbers, np.zeros(2, np.uint32)))

    def beside(self, steps: int) -> Numbers:
        """The word so many steps after each word; before it where they are fewer than none."""
        return self._padded[2 + steps : 2 + steps + len(self.numbers)]

    def has(self, steps: int) -> Wanted:
        """Whether that word is of the same clause."""
        return self.at + steps < self.ends if steps > 0 else self.at + steps >= self.begins

    def or_end(self, steps: int) -> Numbers:
        """The word so many steps after, or the end of the clause."""
        return np.where(self.has(steps), self.beside(steps), np.uint32(_END))


def _add_before(own: _Row, roots: Numbers, found: _Found) -> None:
    """Words, pairs and threes that stand before."""
    low, high = own.at + 1, own.ends
    follows = own.has(1)
    second = own.numbers * _SECOND
    has_pair, has_three = follows & own.has(-1), follows & own.has(-2)
    found.add(own.numbers + _BEFORE, low, high, follows)
    found.add(roots + _BEFORE_STEM, low, high, follows & (roots > 0))
    found.add(own.beside(-1) + second + _BEFORE_2, low, high, has_pair)
    found.add(own.beside(-1) + second + own.beside(-2) * _THIRD + _BEFORE_3, low, high, has_three)
    found.add(own.beside(-2) + second + _BEFORE_GAP, low, high, has_three)


def _add_after(own: _Row, roots: Numbers, found: _Found) -> None:
    """Words, pairs and threes that stand after; the end of the clause counts as the word after the last."""
    low, high = own.begins, own.at
    precedes = own.has(-1)
    has_three = precedes & own.has(1)
    pair = own.numbers + own.or_end(1) * _SECOND
    found.add(own.numbers + _AFTER, low, high, precedes)
    found.add(roots + _AFTER_STEM, low, high, precedes & (roots > 0))
    found.add(pair + _AFTER_2, low, high, precedes)
    found.add(pair + own.or_end(2) * _THIRD + _AFTER_3, low, high, has_three)
    found.add(own.numbers + own.or_end(2) * _SECOND + _AFTER_GAP, low, high, has_three)


def _add_around(own: _Row, found: _Found) -> None:
    """What stands anywhere else in the clause, and right beside the word."""
    here, after = own.at, own.at + 1
    found.add(own.numbers + _ANYWHERE, own.begins, here, own.has(-1))
    found.add(own.numbers + _ANYWHERE, after, own.ends, own.has(1))
    found.add(own.beside(-1) + _BESIDE_LEFT, here, after, own.has(-1))
    found.add(own.numbers[own.begins] + _FIRST_WORD, here, after, own.has(-1))
    found.add(np.full(len(here), _IS_FIRST, np.uint32), here, after, ~own.has(-1))
    found.add(own.beside(1) + own.or_end(2) * _SECOND + _BESIDE_RIGHT, here, after, own.has(1))
    found.add(np.full(len(here), _IS_LAST, np.uint32), here, after, ~own.has(1))
    for left in (-2, -1):
        for right in (1, 2):
            between = own.beside(left) + own.beside(right) * _SECOND + _BETWEEN
            found.add(between, here, after, own.has(left) & own.has(right))


def _add_kinds(kinds: Numbers, at: Places, begins: Places, ends: Places, among: Places, found: _Found) -> None:
    """Kinds of words in a row, without the words that are of none: what is learnt of "mangler" holds for "savner"."""
    own = _Row(kinds, np.arange(len(kinds)), among[begins], among[ends])
    places = np.concatenate((np.zeros(2, np.int64), at))
    row = np.zeros(len(kinds), np.uint32)
    for length in (0, 1, 2):
        row = row * _SECOND + own.beside(-length)
        found.add(row + _KIND_BEFORE, at + 1, ends, own.has(-length) & (at + 1 < ends))
        first = places[2 - length : 2 - length + len(at)]
        found.add(row + _KIND_AFTER, begins, first, own.has(-length) & (begins < first))


def _add_gaps(
    kinds: Sequence[int], at: Sequence[int], clauses: Sequence[Clause], among: Sequence[int], found: _Found
) -> None:
    """The kinds before and after the words between two that have one; the second of the two belongs to them."""
    rows: list[tuple[int, ...]] = []
    lows: list[int] = []
    highs: list[int] = []
    for clause in clauses:
        low, high = among[clause.begin], among[clause.end]
        padded = [0, 0, _BEGIN, *kinds[low:high], _END, 0, 0]
        rows += zip(padded, padded[1:], padded[2:], padded[3:], padded[4:], padded[5:], strict=False)
        lows += [clause.begin, *(place + 1 for place in at[low:high])]
        highs += [*(place + 1 for place in at[low:high]), clause.end]
    columns: Numbers = np.asarray(rows, np.uint32).reshape(-1, 6).T
    third_left, second_left, left, right, second_right, third_right = columns
    low_of, high_of = np.asarray(lows, np.int64), np.asarray(highs, np.int64)
    left_pair, right_pair = left + second_left * _SECOND, right + second_right * _SECOND
    for row in (left, left_pair, left_pair + third_left * _THIRD):
        found.add(row + _LEFT_KINDS, low_of, high_of)
    for row in (right, right_pair, right_pair + third_right * _THIRD):
        found.add(row + _RIGHT_KINDS, low_of, high_of)
    found.add(left + right * _THIRD + _KINDS_11, low_of, high_of)
    found.add(left_pair + right * _THIRD + _KINDS_21, low_of, high_of)
    found.add(left + right_pair * _THIRD + _KINDS_12, low_of, high_of)


def _add_elsewhere(
    numbers: Numbers, lows: Places, highs: Places, speaks: tuple[Places, Places], salt: np.uint32, found: _Found
) -> None:
    """Words, or kinds, of the clauses before or after, `numbers[lows:highs]` for each clause, alone and in pairs."""
    for length in (1, 2):
        counts = np.maximum(highs - lows - (length - 1), 0)
        ends = np.cumsum(counts)
        at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(lows - ends + counts, counts)
        row = numbers[at] + salt if length == 1 else numbers[at] + numbers[at + 1] * _SECOND + salt
        found.add(row, np.repeat(speaks[0], counts), np.repeat(speaks[1], counts))
