"""A text as sentences, each with what it says of its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kompetanse.linking.lemmas import family
from kompetanse.linking.links import Polarity, Span
from kompetanse.linking.polarity import Stance, read_stance, read_stances
from kompetanse.linking.tokens import Sentence, Token, sentences

# A text's first thousand sentences are read; what comes after changes no list of ten links worth having.
MOST_SENTENCES: Final = 1000
# Of whom a plan of a course says what they can afterwards.
_LEARNERS: Final = frozenset(
    {
        "kandidaten", "kandidatar", "kandidater", "studenten", "studentar", "studenter", "studentane", "studentene",
        "deltakeren", "deltakaren", "deltakere", "deltakarar", "deltakerne", "deltakarane", "eleven", "elevar", "elever",
        "elevane", "elevene", "lærlingen", "lærlinger", "lærlingar", "candidate", "candidates", "student", "students",
        "participant", "participants", "learner", "learners",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence, its stance, its language, and the polarity of words that no cue speaks of."""

    sentence: Sentence
    stance: Stance
    language: str
    assume: Polarity

    def telling(self) -> list[int]:
        """The numbers of the words that may tell a skill: all but those that only say that it is needed."""
        return [number for number in range(len(self.sentence.tokens)) if number not in self.stance.idle]

    def polarity(self, token: int) -> Polarity:
        return self.stance.said[token] or self.assume


def hear(text: str, *, language: str, assume: Polarity) -> list[Heard]:
    """The sentences of a text. What a heading says rules the bullets under it, until a line that is neither."""
    return hear_each([text], languages=[language], assume=assume)[0]


def hear_each(texts: Sequence[str], *, languages: Sequence[str], assume: Polarity) -> list[list[Heard]]:
    """As `hear` for each text; faster, for all sentences are weighed together."""
    read = [list(sentences(text, limit=MOST_SENTENCES)) for text in texts]
    stances: dict[str, Iterator[list[Stance]]] = {}
    for tongue in {family(language) for language in languages}:
        own = [each for each, language in zip(read, languages, strict=True) if family(language) == tongue]
        stances[tongue] = iter(read_stances(own, family=tongue))
    return [
        list(_under_headings(each, next(stances[family(language)]), language=language, assume=assume))
        for each, language in zip(read, languages, strict=True)
    ]


def _under_headings(
    read: Sequence[Sentence], stances: Sequence[Stance], *, language: str, assume: Polarity
) -> Iterator[Heard]:
    carried: Polarity | None = None
    for sentence, stance in zip(read, stances, strict=True):
        is_ruled = sentence.is_item and carried is not None
        own = read_stance(sentence, family=family(language), carried=carried) if is_ruled else stance
        if assume is Polarity.OFFER and _is_of_learners(sentence):
            own = replace(own, said=tuple(Polarity.OFFER if one is Polarity.HAVE else one for one in own.said))
        if sentence.is_heading:
            carried = next((one for one in own.said if one is not None), None)
        elif not sentence.is_item:
            carried = None
        yield Heard(sentence, own, language, assume)


def _is_of_learners(sentence: Sentence) -> bool:
    """ "Kandidaten kan sveise", "The candidate can weld": in an offer, what they can is what is taught."""
    return any(token.text in _LEARNERS for token in sentence.tokens[:2])


def spans(numbers: Collection[int], tokens: Sequence[Token], *, text: str) -> tuple[Span, ...]:
    """The words as spans; neighbours with nothing but a space or hyphen between them are one."""
    found: list[Span] = []
    for number in sorted(set(numbers)):
        token = tokens[number]
        if found and text[found[-1].end : token.start] in (" ", "-"):
            found[-1] = Span(found[-1].start, token.end)
        else:
            found.append(Span(token.start, token.end))
    return tuple(found)
