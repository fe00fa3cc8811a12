"""The terms that stand in a sentence, word by word or in part, without those that another explains better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kompetanse.linking.alignment import LEAST_SCORE, Match, Reading, align
from kompetanse.linking.hearing import Heard
from kompetanse.linking.index import MOST_CANDIDATES, WordIndex
from kompetanse.linking.terms import Kind

# A longer match swallows a shorter one inside it unless it is this much weaker.
_SWALLOWS_FROM: Final = 0.75


def matches_in(
    heard: Heard, index: WordIndex, *, kinds: Sequence[Kind], most: int = MOST_CANDIDATES
) -> dict[str, Match]:
    """The best match of each concept, by its URI; `most` is how many terms are looked at."""
    reading = Reading(heard.sentence.tokens, index, language=heard.language, idle=heard.stance.idle)
    matches: dict[str, Match] = {}
    for term in index.candidates(list(reading.places), kinds=frozenset(kinds), most=most, least=LEAST_SCORE):
        match = align(term, reading)
        if match is None or match.score < LEAST_SCORE:
            continue
        uri = index.terms[term].uri
        if uri not in matches or match.score > matches[uri].score:
            matches[uri] = match
    return {uri: match for uri, match in matches.items() if not _is_swallowed(match, matches.values(), index)}


def _is_swallowed(match: Match, others: Iterable[Match], index: WordIndex) -> bool:
    """Whether another match explains all of the match's words better.

    Within a kind the longer one does, and the exact one. Across kinds only a weak guess yields to an exact
    match: "sveisere" is the occupation and tells of the skill, but "kokker" tells nothing of knives.
    """
    kind = index.terms[match.term].kind
    for other in others:
        if other is match or not match.places <= other.places:
            continue
        is_same_kind = index.terms[other.term].kind == kind
        if is_same_kind and match.places < other.places and other.score >= _SWALLOWS_FROM * match.score:
            return True
        is_bettered = match.basis == "partial" and other.basis == "exact"
        if is_bettered and (is_same_kind or match.score < _SWALLOWS_FROM * 0.6):
            return True
    return False
