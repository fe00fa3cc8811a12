"""What is remembered or left out for speed never changes an answer: terms of some words, labels of the concepts asked for."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.linking.coverage import Coverage, LabelWords, coverage_arrays
from kompetanse.linking.index import SPECIFICITY_HALF, WordIndex
from kompetanse.linking.terms import Term

_WORDS = ("sveise", "aluminium", "truck", "kran", "regnskap", "demens", "kurs", "arbeid", "lese", "tegning")
_SOME = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4)


def _by_summing_up(index: WordIndex, keys: list[int], *, kind: str, most: int) -> list[int]:
    """Every term with a telling key, by what of it is there and how telling that is."""
    scores = {}
    for term, told in enumerate(index.terms):
        own = set(index.atom_keys[index.bounds[term] : index.bounds[term + 1]].tolist()) & set(keys)
        if told.kind == kind and any(not index.is_general(key) for key in own):
            shared = sum(float(index.weights[key]) for key in sorted(own))
            scores[term] = (shared / float(index.totals[term])) ** 1.5 * (shared / (shared + SPECIFICITY_HALF))
    return sorted(scores, key=lambda term: (-scores[term], term))[:most]


@settings(max_examples=50)
@given(st.lists(_SOME, min_size=1, max_size=12), _SOME, st.integers(1, 5))
def test_the_likeliest_terms_are_those_of_a_full_sum(of_terms: list[list[str]], text: list[str], most: int):
    index = WordIndex(
        [
            Term(f"skill/{number}", "occupation" if number % 3 == 2 else "skill", "nb", " ".join(words), "label")
            for number, words in enumerate(of_terms)
        ],
        family="no",
    )
    keys = list(dict.fromkeys(atom.key for word in text for atom in index.read(word) if atom.key >= 0))
    for kind in ("skill", "occupation"):
        found = index.candidates(keys, kinds=frozenset((kind,)), most=most)
        assert found == _by_summing_up(index, keys, kind=kind, most=most)


@settings(max_examples=50)
@given(st.lists(_SOME, min_size=1, max_size=12), _SOME, st.integers(0, 12), st.integers(0, 12))
def test_concepts_asked_for_are_covered_as_if_all_were(
    of_labels: list[list[str]], text: list[str], one: int, other: int
):
    labels = [LabelWords(number, tuple(words), is_alternative=False) for number, words in enumerate(of_labels)]
    count = len(labels)
    coverage = Coverage(coverage_arrays(labels, concepts=count, family="no"), concepts=count, family="no")
    begin, end = sorted((min(one, count), min(other, count)))
    covered, asked = np.zeros((2, count), np.float32)
    coverage.scores(coverage.keys(text), asked=slice(0, count), into=covered)
    coverage.scores(coverage.keys(text), asked=slice(begin, end), into=asked)
    assert asked[begin:end].tolist() == covered[begin:end].tolist()
    assert not asked[:begin].any()
    assert not asked[end:].any()
