"""The words of all terms of one family of languages, as arrays that find candidates fast."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.compounds import Stock, split_compound
from kompetanse.linking.general_words import GENERAL_SHARE, is_general, is_stop, matching_key, stop_words
from kompetanse.linking.lemmas import form_of, lemma, stem
from kompetanse.linking.terms import Kind, Term
from kompetanse.linking.tokens import WORD, normalise

Ids = NDArray[np.int32]

_TERM_WORD = re.compile(WORD)
# A text may hold any number of different words; beyond this the reading is done anew.
_REMEMBERED_WORDS = 50_000
# Terms that texts touch again and again.
_REMEMBERED_TERMS = 20_000
# Where a sentence has more candidates, the weakest by bag of words are not aligned.
MOST_CANDIDATES = 64
# The weight of matched words at which a match is half convincing; a rare word weighs 1.
SPECIFICITY_HALF = 0.08
# Sums of a bag of words are of 32 bits, those of an alignment of 64.
_ROUNDING = 1e-3


class Atom(NamedTuple):
    """A word, or a part of a compound, as the index knows it: ids of its key and its lemma, and its form.

    `key` is -1 for a word that no term has; `form` is a `Form`.
    """

    key: int
    lemma: int
    form: int


class TermLists(NamedTuple):
    """The atoms of one term, side by side; all they weigh together, its words, and whether they are grammar alone."""

    keys: list[int]
    lemmas: list[int]
    forms: list[int]
    words: list[int]
    weights: list[float]
    total: float
    word_count: int
    is_grammar: bool


class _Scratch(threading.local):
    """A row of zeros as long as the terms, for each thread its own: the index is shared, and a new row costs 0.1 ms."""

    def __init__(self, terms: int) -> None:
        self.sums = np.zeros(terms, np.float32)


class WordIndex:
    """Terms by their words. Built once, read only; `atoms` of one term lie between two `bounds`."""

    def __init__(self, terms: Sequence[Term], *, family: str) -> None:
        self.terms = terms
        self.family = family
        self._keys: dict[str, int] = {}
        self._lemmas: dict[str, int] = {}
        self._scratch = _Scratch(len(terms))
        self._readings: dict[str, tuple[Atom, ...]] = {}
        self._lists: dict[int, TermLists] = {}

        words = [[normalise(word) for word in _TERM_WORD.findall(term.text)] for term in terms]
        telling = frozenset(word for of_term in words for word in of_term if not is_stop(word, family))
        self._stock = Stock(family, words=telling, stems=frozenset(stem(word, family) for word in telling))
        self._grammar_terms = frozenset(
            word for of_term in words if all(is_stop(each, family) for each in of_term) for word in of_term
        )
        # Such a term ("hva er viktig for deg") is only believed when it stands whole.
        self.is_grammar = np.fromiter((all(is_stop(each, family) for each in of_term) for of_term in words), np.bool_)
        self.word_counts = np.fromiter((len(of_term) for of_term in words), np.int32, len(terms))
        atoms = [self._term_atoms(of_term) for of_term in words]
        self.bounds = np.concatenate(([0], np.cumsum([len(of_term) for of_term in atoms], dtype=np.int32)))
        self.atom_keys: Ids = np.fromiter((atom.key for each in atoms for _, atom in each), np.int32)
        self.atom_lemmas: Ids = np.fromiter((atom.lemma for each in atoms for _, atom in each), np.int32)
        self.atom_forms: Ids = np.fromiter((atom.form for each in atoms for _, atom in each), np.int32)
        # Which word of its term an atom is of: parts of a compound share it.
        self.atom_words: Ids = np.fromiter((number for each in atoms for number, _ in each), np.int32)
        # From here on the index is closed: words of texts get no new ids.
        self._readings.clear()
        owner: Ids = np.repeat(np.arange(len(terms), dtype=np.int32), np.diff(self.bounds))
        self.weights = self._weights(owner)
        self.totals = np.bincount(owner, self.weights[self.atom_keys], minlength=len(terms)).astype(np.float32)
        # A term is once among those with a key, however often it has it: a bag of words knows one.
        pairs = np.unique(self.atom_keys * np.int64(max(len(terms), 1)) + owner)
        # Of numpy's own width, so that adding up at these places takes no copy; bounds as plain numbers, for the same haste.
        self._postings: NDArray[np.intp] = (pairs % max(len(terms), 1)).astype(np.intp)
        bounds = np.searchsorted(pairs // max(len(terms), 1), np.arange(len(self._keys) + 1))
        self._posting_bounds: list[int] = bounds.tolist()

    def atoms_of(self, term: int) -> TermLists:
        """What a term is made of, as plain lists and numbers: arrays cost more to ask than they hold."""
        known = self._lists.get(term)
        if known is None:
            if len(self._lists) >= _REMEMBERED_TERMS:
                self._lists.clear()
            between = slice(int(self.bounds[term]), int(self.bounds[term + 1]))
            keys = self.atom_keys[between]
            known = self._lists[term] = TermLists(
                keys.tolist(),
                self.atom_lemmas[between].tolist(),
                self.atom_forms[between].tolist(),
                self.atom_words[between].tolist(),
                self.weights[keys].tolist(),
                float(self.totals[term]),
                int(self.word_counts[term]),
                bool(self.is_grammar[term]),
            )
        return known

    def read(self, word: str) -> tuple[Atom, ...]:
        """The known atoms of a normalised word of a text: one for a word, several for a compound.

        Unknown parts of a compound are given too, so that a match can tell how much is left over.
        """
        known = self._readings.get(word)
        if known is None:
            if len(self._readings) >= _REMEMBERED_WORDS:
                self._readings.clear()
            known = self._readings[word] = self._read(word)
        return known

    def candidates(
        self, keys: Sequence[int], *, kinds: frozenset[Kind], most: int = MOST_CANDIDATES, least: float = 0.0
    ) -> list[int]:
        """Terms that share a telling key with `keys` (distinct ids), likeliest first; of the `most` likeliest those that
        may score `least` when they are aligned, for a term scores no more in a sentence than in its bag of words.
        """
        rows = [self._terms_with(one) for one in keys]
        telling = [row for one, row in zip(keys, rows, strict=True) if not self._says_little[one]]
        if not telling:
            return []
        sums = self._scratch.sums
        touched = np.concatenate(rows)
        np.add.at(sums, touched, np.repeat(self.weights[keys], [len(row) for row in rows]))
        found = np.concatenate(telling)
        if len(kinds) == 1:
            found = found[self._is_skill[found] == ("skill" in kinds)]
        shared = sums[found]
        # Soft coverage: how much of the term is there, and how telling that is.
        score = (shared / self.totals[found]) ** 1.5 * (shared / (shared + SPECIFICITY_HALF))
        if len(found) > 4 * most:
            best = np.argpartition(-score, 4 * most)[: 4 * most]
            found, score = found[best], score[best]
        order = np.lexsort((found, -score))
        sums[touched] = 0
        may_score = (score >= least - _ROUNDING) | self._says_twice[found]
        ranked = dict(zip(found[order].tolist(), may_score[order].tolist(), strict=True))
        return [term for term, may in islice(ranked.items(), most) if may]

    def _terms_with(self, one: int) -> NDArray[np.intp]:
        return self._postings[self._posting_bounds[one] : self._posting_bounds[one + 1]]

    def _weights(self, owner: Ids) -> NDArray[np.float32]:
        """Each key's weight in 0..1: inverse document frequency over concepts, and less for a general word."""
        concepts: dict[str, int] = {}
        concept_of = np.fromiter((concepts.setdefault(term.uri, len(concepts)) for term in self.terms), np.int64)
        pairs = np.unique(self.atom_keys.astype(np.int64) * max(len(concepts), 1) + concept_of[owner])
        frequency = np.bincount(pairs // max(len(concepts), 1), minlength=len(self._keys))
        weights = np.log1p(len(concepts) / np.maximum(frequency, 1)) / np.log1p(max(len(concepts), 1))
        weights[self._is_general] *= GENERAL_SHARE
        return np.asarray(weights, np.float32)

    @cached_property
    def _is_general(self) -> NDArray[np.bool_]:
        return np.fromiter((is_general(one, self.family) for one in self._keys), np.bool_, len(self._keys))

    @cached_property
    def _says_little(self) -> list[bool]:
        """As `_is_general`, for those who ask of one key at a time."""
        found: list[bool] = self._is_general.tolist()
        return found

    @cached_property
    def _says_twice(self) -> NDArray[np.bool_]:
        """Which terms have a key twice, of which a bag of words knows one."""
        owner = np.repeat(np.arange(len(self.terms)), np.diff(self.bounds))
        pairs = owner * max(len(self._keys), 1) + self.atom_keys
        distinct = np.unique(pairs) // max(len(self._keys), 1)
        return np.asarray(np.bincount(distinct, minlength=len(self.terms)) < np.diff(self.bounds))

    @cached_property
    def _is_skill(self) -> NDArray[np.bool_]:
        return np.fromiter((term.kind == "skill" for term in self.terms), np.bool_, len(self.terms))

    def is_general(self, key: int) -> bool:
        """Whether a known key says little; an unknown one (-1) says much, we just do not know what."""
        return key >= 0 and self._says_little[key]

    @cached_property
    def stops(self) -> frozenset[str]:
        """The normalised words that are grammar."""
        return stop_words(self.family)

    def _term_atoms(self, words: Sequence[str]) -> tuple[tuple[int, Atom], ...]:
        # A term made of grammar alone ("IT" reads as a stop word in English) keeps its words.
        telling = [word for word in words if not is_stop(word, self.family)] or words
        return tuple((number, atom) for number, word in enumerate(telling) for atom in self._atoms_of_term_word(word))

    def _atoms_of_term_word(self, word: str) -> tuple[Atom, ...]:
        known = self._readings.get(word)
        if known is None:
            known = self._readings[word] = tuple(
                Atom(
                    self._keys.setdefault(matching_key(part, self.family), len(self._keys)),
                    self._lemmas.setdefault(lemma(part, self.family), len(self._lemmas)),
                    form_of(part, self.family),
                )
                for part in split_compound(word, stock=self._stock) or (word,)
            )
        return known

    def _read(self, word: str) -> tuple[Atom, ...]:
        # Grammar in a text is no evidence, unless a term is made of that word ("IT" in English).
        if is_stop(word, self.family) and word not in self._grammar_terms:
            return ()
        atoms = tuple(
            Atom(
                self._keys.get(matching_key(part, self.family), -1),
                self._lemmas.get(lemma(part, self.family), -1),
                form_of(part, self.family),
            )
            for part in split_compound(word, stock=self._stock) or (word,)
        )
        return atoms if any(atom.key >= 0 for atom in atoms) else ()
