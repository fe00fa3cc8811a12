"""Minutes to proposed needs: each with its exact sentence, the words that made it one, who needs it, and the skills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kompetanse.linking.language import guess_language
from kompetanse.linking.links import Link, Span
from kompetanse.minutes.judging import judge
from kompetanse.minutes.organisations import Named, Register
from kompetanse.minutes.sentences import Sentence, split_sentences

# Two hundred pages. What comes after is not read; `Reading.is_cut` tells.
MOST_CHARACTERS: Final = 400_000
_MOST_LINKS: Final = 6
_LEAST_SCORE: Final = 0.8
# A sentence shorter than this is a heading or a greeting, unless a heading above asks.
_FEWEST_WORDS: Final = 4
_PRONOUN: Final = re.compile(r"(?:de|dei|bedriften|bedrifta|firmaet|verksemda|virksomheten)\b", re.IGNORECASE)


class Hears(Protocol):
    """A `kompetanse.linking.Linker`, or what answers like one."""

    def link(self, text: str, *, language: str | None = None, limit: int = 10) -> list[Link]: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that voices a need. All spans are offsets into the whole text: `text[span.start:span.end]`.

    `causes` are the words that made it a need (none where a heading above did). `organisation` is who needs it, as the
    register knows it; `is_carried` tells that it was named in the sentence before. `links` are offsets into `words`.
    """

    span: Span
    words: str
    language: str
    causes: tuple[Span, ...]
    organisation: Named | None
    is_carried: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found. `is_cut`: the text was longer than MOST_CHARACTERS."""

    proposals: tuple[Proposal, ...]
    sentences: int
    is_cut: bool


def read_minutes(text: str, *, linker: Hears, register: Register | None = None) -> Reading:
    """Every sentence that voices a need, in order. Same text, linker and register, same answer."""
    register = register or Register(())
    sentences = split_sentences(text[:MOST_CHARACTERS])
    found = tuple(_proposals(sentences, linker=linker, register=register))
    return Reading(found, len(sentences), len(text) > MOST_CHARACTERS)


def _proposals(sentences: Sequence[Sentence], *, linker: Hears, register: Register) -> Iterator[Proposal]:
    # What rules the items below a heading, and who was named last in the same stretch.
    asks_above = False
    before: Named | None = None
    above: Named | None = None
    for sentence in sentences:
        named = register.named_in(sentence.text)
        is_ruled = asks_above and sentence.is_item
        if sentence.is_heading:
            asks_above = _asks(sentence)
            above = before = named[-1] if named else None
            continue
        asks_above = asks_above and sentence.is_item
        if is_ruled or len(sentence.text.split()) >= _FEWEST_WORDS:
            language = guess_language(sentence.text)
            links = linker.link(sentence.text, language=language, limit=_MOST_LINKS * 2)
            names = [one.span for one in named]
            judged = judge(sentence.text, links=links, is_ruled=is_ruled, names=names)
            if judged.is_need:
                who = named[0] if named else above if is_ruled else _meant(sentence, before)
                yield _proposal(sentence, language, judged.causes, who, links, is_carried=not named)
        if named:
            before = named[-1]
        elif not is_ruled:
            before = _meant(sentence, before)


def _meant(sentence: Sentence, before: Named | None) -> Named | None:
    """ "De …" is who was named in the sentence before."""
    return before if _PRONOUN.match(sentence.text) else None


_HEADING: Final = re.compile(
    r"\b(?:behov|trenger|treng|mangler|manglar|savner|saknar|ønsker|ønskjer|etterlyst\w*|må lære|vil lære|ønskelist\w*)\b",
    re.IGNORECASE,
)
_NO_HEADING: Final = re.compile(r"\b(?:ikke|ikkje|vedtak|tilbyr|tilbyd|dekket|dekt|takk\w*)\b", re.IGNORECASE)


def _asks(heading: Sentence) -> bool:
    """ "Vi trenger:", "Behov som ble meldt:" rule the items below; a heading has no object of its own."""
    return _HEADING.search(heading.text) is not None and _NO_HEADING.search(heading.text) is None


def _proposal(
    sentence: Sentence,
    language: str,
    causes: Sequence[Span],
    who: Named | None,
    links: Sequence[Link],
    *,
    is_carried: bool,
) -> Proposal:
    kept = [
        link for link in links if link.score >= _LEAST_SCORE and not _is_in_name(link, who if not is_carried else None)
    ]
    return Proposal(
        span=Span(sentence.start, sentence.end),
        words=sentence.text,
        language=language,
        causes=tuple(Span(sentence.start + cause.start, sentence.start + cause.end) for cause in causes),
        organisation=who,
        is_carried=who is not None and is_carried,
        links=tuple(kept[:_MOST_LINKS]),
    )


def _is_in_name(link: Link, who: Named | None) -> bool:
    """A bakery's name is no need of baking."""
    return who is not None and all(cause.start < who.span.end and who.span.start < cause.end for cause in link.causes)
