"""Linker: plain text to concepts, over whatever terms it is given, and over an index where there is one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, Self

from kompetanse.linking.alignment import Match
from kompetanse.linking.calibration import probability
from kompetanse.linking.concept_index import ConceptIndex
from kompetanse.linking.hearing import Heard, hear, hear_each, spans
from kompetanse.linking.index import MOST_CANDIDATES, WordIndex
from kompetanse.linking.language import guess_language, language_evidence
from kompetanse.linking.lemmas import family
from kompetanse.linking.links import Link, Polarity
from kompetanse.linking.matching import matches_in
from kompetanse.linking.ranking import Near
from kompetanse.linking.terms import Kind, Term
from kompetanse.linking.tokens import sentences
from kompetanse.vocabulary import Entry, read_vocabulary

_KINDS: Final[tuple[Kind, ...]] = ("skill", "occupation")
# So many sentences are compared with all concepts in one go: enough to be fast, few enough to be small.
_SENTENCES_AT_ONCE: Final = 96
_NEAR_FOR_A_SENTENCE: Final = 12
# Terms that are looked at word by word where an index looks too.
_ALIGNED_WITH_INDEX: Final = 12
# Less probable than this is noise.
_LEAST_PROBABLE: Final = 0.05
# What a term that stands whole in the text adds to its concept's score in a full ranking; more does harm.
_STANDING: Final = 0.5


class Linker:
    """Finds the concepts that a text speaks of: by the words of its terms, and by nearness where it has an index.

    Terms of a language count only for texts in it; bokmål and nynorsk read each other. The words of a language's
    terms are indexed at its first text. Same terms, index and text, same answer. One thread at a time.
    """

    def __init__(self, terms: Iterable[Term], *, index: ConceptIndex | None = None) -> None:
        self._concepts = index
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(family(term.language), []).append(term)
        self._indices: dict[str, WordIndex] = {}

    @classmethod
    def from_vocabulary(cls, *, index: ConceptIndex | None = None) -> Self:
        """A linker over the starter vocabulary that ships with the package."""
        vocabulary = read_vocabulary()
        terms = (term for entry in (*vocabulary.skills, *vocabulary.occupations) for term in _entry_terms(entry))
        return cls(terms, index=index)

    def link(
        self,
        text: str,
        *,
        language: str | None = None,
        kinds: Sequence[Kind] = _KINDS,
        limit: int = 10,
        assume: Polarity = Polarity.NEED,
    ) -> list[Link]:
        """The concepts in `text`, best first, one link for each concept: its best mention.

        `assume` is the polarity of a sentence without any cue. Any string is allowed, also a hostile
        one; only the first `MOST_SENTENCES` sentences are read, so the time is bounded.
        """
        return self.link_many([text], language=language, kinds=kinds, limit=limit, assume=assume)[0]

    def link_many(
        self,
        texts: Sequence[str],
        *,
        language: str | None = None,
        kinds: Sequence[Kind] = _KINDS,
        limit: int = 10,
        assume: Polarity = Polarity.NEED,
    ) -> list[list[Link]]:
        """As `link` for each text; with an index faster, for the sentences of all texts are compared at once."""
        languages = [language or self._language(text) for text in texts]
        heard = hear_each(texts, languages=languages, assume=assume)
        near = iter(self._near([one for each in heard for one in each], kinds=kinds))
        answers: list[list[Link]] = []
        for text, each in zip(texts, heard, strict=True):
            best: dict[str, Link] = {}
            for one in each:
                for link in self._links(one, next(near), text=text, kinds=kinds):
                    known = best.get(link.uri)
                    if known is None or _order(link) < _order(known):
                        best[link.uri] = link
            answers.append(sorted(best.values(), key=_order)[: max(limit, 0)])
        return answers

    def rank(self, text: str, *, language: str | None = None, kinds: Sequence[Kind] = _KINDS) -> list[str]:
        """Every concept's URI, best first: all that `link` chooses from. For measurements, and for those who rank on."""
        tongue = language or self._language(text)
        heard = hear(text, language=tongue, assume=Polarity.NEED)
        scores: dict[str, float] = {}
        if self._concepts is not None and heard:
            words = [one.sentence.tokens[number].text for one in heard for number in one.telling()]
            row = self._concepts.ranker.scores([words], language=tongue, among=self._concepts.among(kinds))[0]
            scores = {uri: float(score) for uri, score in zip(self._concepts.uris, row, strict=True) if score > -1e9}
        else:
            scores = {term.uri: 0.0 for terms in self._terms.values() for term in terms if term.kind in kinds}
        index = self._index(family(tongue))
        for one in heard:
            matches = matches_in(one, index, kinds=kinds) if index is not None else {}
            for uri, match in matches.items():
                if self._concepts is None:
                    scores[uri] = max(scores.get(uri, 0.0), match.score)
                elif match.basis == "exact":
                    scores[uri] = scores.get(uri, 0.0) + _STANDING * match.score
        return sorted(scores, key=lambda uri: (-scores[uri], uri))

    def nearest(self, uri: str, among: Collection[str]) -> list[tuple[str, float]]:
        """As `ConceptIndex.nearest`; nothing without an index."""
        return self._concepts.nearest(uri, among) if self._concepts is not None else []

    def _near(self, heard: Sequence[Heard], *, kinds: Sequence[Kind]) -> list[Sequence[Near]]:
        """What an index finds near each sentence; nothing without one."""
        found: list[Sequence[Near]] = [()] * len(heard)
        if self._concepts is None:
            return found
        among = self._concepts.among(kinds)
        for tongue in sorted({one.language for one in heard}):
            numbers = [number for number, one in enumerate(heard) if one.language == tongue]
            for begin in range(0, len(numbers), _SENTENCES_AT_ONCE):
                some = numbers[begin : begin + _SENTENCES_AT_ONCE]
                words = [[heard[one].sentence.tokens[at].text for at in heard[one].telling()] for one in some]
                near = self._concepts.ranker.near(words, language=tongue, limit=_NEAR_FOR_A_SENTENCE, among=among)
                for one, concepts in zip(some, near, strict=True):
                    found[one] = concepts
        return found

    def _links(self, heard: Heard, near: Sequence[Near], *, text: str, kinds: Sequence[Kind]) -> Iterator[Link]:
        """The links of one sentence: its matches, and what lies near enough."""
        index = self._index(family(heard.language))
        concepts = self._concepts
        most = MOST_CANDIDATES if concepts is None else _ALIGNED_WITH_INDEX
        matches = matches_in(heard, index, kinds=kinds, most=most) if index is not None else {}
        by_uri = {concepts.uris[one.concept]: one for one in near} if concepts is not None else {}
        for uri, match in matches.items():
            assert index is not None
            score = match.score if concepts is None else probability(match, by_uri.get(uri), language=heard.language)
            yield _matched(match, index, heard, text=text, score=score)
        if concepts is None:
            return
        telling = heard.telling()
        for uri, one in by_uri.items():
            if uri not in matches and (score := probability(None, one, language=heard.language)) >= _LEAST_PROBABLE:
                yield _nearby(one, concepts, heard, telling[slice(*one.words)], text=text, score=score)

    def _language(self, text: str) -> str:
        told = language_evidence(text)
        if told is not None:
            return told
        # A lone "welding" has no small words; whoever knows more of its words may read it.
        words = [token.text for sentence in sentences(text, limit=3) for token in sentence.tokens]
        known = {tongue: self._known(words, tongue) for tongue in ("nb", "en")}
        return "en" if known["en"] > known["nb"] else guess_language(text)

    def _known(self, words: Sequence[str], language: str) -> int:
        index = self._index(family(language))
        return sum(bool(index.read(word)) for word in words) if index else 0

    def _index(self, family: str) -> WordIndex | None:
        if family not in self._indices and self._terms.get(family):
            self._indices[family] = WordIndex(self._terms[family], family=family)
        return self._indices.get(family)


def _entry_terms(entry: Entry) -> Iterator[Term]:
    for language, label in entry.labels.items():
        yield Term(uri=entry.uri, kind=entry.kind, language=language, text=label, role="label")
    for language, words in entry.words.items():
        for word in words:
            yield Term(uri=entry.uri, kind=entry.kind, language=language, text=word, role="everyday")


def _matched(match: Match, index: WordIndex, heard: Heard, *, text: str, score: float) -> Link:
    term = index.terms[match.term]
    return Link(
        uri=term.uri,
        kind=term.kind,
        score=round(score, 4),
        polarity=heard.polarity(match.anchor),
        causes=spans({place.token for place in match.places}, heard.sentence.tokens, text=text),
        label=term.text,
        basis=match.basis,
    )


def _nearby(
    near: Near, concepts: ConceptIndex, heard: Heard, tokens: Sequence[int], *, text: str, score: float
) -> Link:
    return Link(
        uri=concepts.uris[near.concept],
        kind=concepts.kind(near.concept),
        score=round(score, 4),
        polarity=heard.polarity(tokens[-1]),
        causes=spans(tokens, heard.sentence.tokens, text=text),
        label=concepts.label(near.concept, language=heard.language),
        basis="near",
    )


def _order(link: Link) -> tuple[float, bool, int, str]:
    """Best first; of equal mentions the one that tells a need, then the earlier."""
    return (-link.score, link.polarity is not Polarity.NEED, link.causes[0].start, link.uri)
