"""The words of all terms of one family of languages, as arrays that find candidates fast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
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
# Terms and keys that texts touch again and again.
_REMEMBERED_TERMS = 20_000
_REMEMBERED_KEYS = 10_000
# Where a sentence has more candidates, the weakest by bag of words are not aligned.
MOST_CANDIDATES = 64
# The weight of matched words at which a match is half convincing; a rare word weighs 1.
SPECIFICITY_HALF = 0.08
# Sums of a bag of words are of 32 bits, those of an alignment of 64.
_ROUNDING = 1e-3


def _soft_coverage(shared: float, total: float) -> float:
    """How much of a term is there, and how telling that is."""
    return float((shared / total) ** 1.5 * (shared / (shared + SPECIFICITY_HALF)))


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


class WordIndex:
    """Terms by their words. Built once, read only; `atoms` of one term lie between two `bounds`."""

    def __init__(self, terms: Sequence[Term], *, family: str) -> None:
        self.terms = terms
        self.family = family
        self._keys: dict[str, int] = {}
        self._lemmas: dict[str, int] = {}
        self._readings: dict[str, tuple[Atom, ...]] = {}
        self._lists: dict[int, TermLists] = {}
        self._best: dict[tuple[int, frozenset[Kind]], list[tuple[float, int]]] = {}

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
        self._key_weights: list[float] = self.weights.tolist()
        self.totals = np.bincount(owner, self.weights[self.atom_keys], minlength=len(terms)).astype(np.float32)
        # A term is once among those with a key, however often it has it: a bag of words knows one.
        pairs = np.unique(self.atom_keys * np.int64(max(len(terms), 1)) + owner)
        # Bounds as plain numbers, for haste.
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
        telling = [key for key in keys if not self._says_little[key]]
        if not telling:
            return []
        touched = np.concatenate([self._terms_with(key) for key in keys])
        touched.sort()
        # Most terms share one key with a text, and then score as always; only the others are summed up.
        several = set(touched[1:][touched[1:] == touched[:-1]].tolist())
        ranked = [one for key in telling for one in self._best_of(key, kinds)[:most] if one[1] not in several]
        wanted, says_enough = frozenset(keys), frozenset(telling)
        for term in several:
            atoms = self.atoms_of(term)
            shared = wanted.intersection(atoms.keys)
            if self.terms[term].kind in kinds and not says_enough.isdisjoint(shared):
                weight = sum([self._key_weights[key] for key in sorted(shared)])
                ranked.append((-_soft_coverage(weight, atoms.total), term))
        ranked.sort()
        return [term for minus, term in ranked[:most] if -minus >= least - _ROUNDING or self._says_twice[term]]

    def _best_of(self, key: int, kinds: frozenset[Kind]) -> list[tuple[float, int]]:
        """The likeliest terms of a text that shares this key alone with them, each after minus its score, likeliest first."""
        known = self._best.get((key, kinds))
        if known is None:
            if len(self._best) >= _REMEMBERED_KEYS:
                self._best.clear()
            terms = [term for term in self._terms_with(key).tolist() if self.terms[term].kind in kinds]
            weight = self._key_weights[key]
            scores = [(-_soft_coverage(weight, float(self.totals[term])), term) for term in terms]
            known = self._best[key, kinds] = nsmallest(MOST_CANDIDATES, scores)
        return known

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
