"""Linker: plain text to concepts, over whatever terms it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Self

from kompetanse.linking.alignment import Match, Place, Reading, align
from kompetanse.linking.index import WordIndex
from kompetanse.linking.language import guess_language, language_evidence
from kompetanse.linking.lemmas import family
from kompetanse.linking.links import Link, Polarity, Span
from kompetanse.linking.polarity import Stance, read_stance
from kompetanse.linking.terms import Kind, Term
from kompetanse.linking.tokens import Sentence, Token, sentences
from kompetanse.vocabulary import Entry, read_vocabulary

# A text's first thousand sentences are read; what comes after changes no list of ten links worth having.
MOST_SENTENCES: Final = 1000
# Below this a match is a guess nobody would thank us for.
LEAST_SCORE: Final = 0.3
# A longer match swallows a shorter one inside it unless it is this much weaker.
_SWALLOWS_FROM: Final = 0.75


class Linker:
    """Finds the concepts that a text speaks of, by the words of their terms.

    Terms of a language count only for texts in it; bokmål and nynorsk read each other.
    The index of a language is built at its first text. Same terms and text, same answer.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(family(term.language), []).append(term)
        self._indices: dict[str, WordIndex] = {}

    @classmethod
    def from_vocabulary(cls) -> Self:
        """A linker over the starter vocabulary that ships with the package."""
        vocabulary = read_vocabulary()
        return cls(term for entry in (*vocabulary.skills, *vocabulary.occupations) for term in _entry_terms(entry))

    def link(
        self,
        text: str,
        *,
        language: str | None = None,
        kinds: Sequence[Kind] = ("skill", "occupation"),
        limit: int = 10,
        assume: Polarity = Polarity.NEED,
    ) -> list[Link]:
        """The concepts in `text`, best first, one link for each concept: its best mention.

        `assume` is the polarity of a sentence without any cue. Any string is allowed, also a hostile
        one; only the first `MOST_SENTENCES` sentences are read, so the time is bounded.
        """
        tongue = language or self._language(text)
        index = self._index(family(tongue))
        if index is None or limit < 1:
            return []
        best: dict[str, Link] = {}
        carried: Polarity | None = None
        for sentence in sentences(text, limit=MOST_SENTENCES):
            stance = read_stance(sentence.tokens, family=index.family, carried=carried if sentence.is_item else None)
            carried = _carried(stance, sentence, before=carried)
            for link in _sentence_links(
                sentence, stance, index, text=text, language=tongue, kinds=kinds, assume=assume
            ):
                known = best.get(link.uri)
                if known is None or _rank(link) < _rank(known):
                    best[link.uri] = link
        return sorted(best.values(), key=_rank)[:limit]

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


def _sentence_links(
    sentence: Sentence,
    stance: Stance,
    index: WordIndex,
    *,
    text: str,
    language: str,
    kinds: Sequence[Kind],
    assume: Polarity,
) -> list[Link]:
    reading = Reading(sentence.tokens, index, language=language, idle=stance.idle)
    matches: dict[str, Match] = {}
    for term in index.candidates(list(reading.places), kinds=frozenset(kinds)):
        match = align(term, reading)
        if match is None or match.score < LEAST_SCORE:
            continue
        uri = index.terms[term].uri
        if uri not in matches or match.score > matches[uri].score:
            matches[uri] = match
    return [
        Link(
            uri=uri,
            kind=index.terms[match.term].kind,
            score=round(match.score, 4),
            polarity=stance.said[match.anchor] or assume,
            causes=_spans(match.places, sentence.tokens, text=text),
            label=index.terms[match.term].text,
            basis=match.basis,
        )
        for uri, match in matches.items()
        if not _is_swallowed(match, matches.values(), index)
    ]


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


def _spans(places: frozenset[Place], tokens: Sequence[Token], *, text: str) -> tuple[Span, ...]:
    """The words as spans; neighbours with nothing but a space or hyphen between them are one."""
    spans: list[Span] = []
    for number in sorted({place.token for place in places}):
        token = tokens[number]
        if spans and text[spans[-1].end : token.start] in (" ", "-"):
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return tuple(spans)


def _carried(stance: Stance, sentence: Sentence, *, before: Polarity | None) -> Polarity | None:
    """What a heading says about the bullets under it; it lasts until a line that is neither."""
    if sentence.is_heading:
        return next((one for one in stance.said if one is not None), None)
    return before if sentence.is_item else None


def _rank(link: Link) -> tuple[float, bool, int, str]:
    """Best first; of equal mentions the one that tells a need, then the earlier."""
    return (-link.score, link.polarity is not Polarity.NEED, link.causes[0].start, link.uri)
