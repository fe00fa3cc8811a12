"""Reads: which skills and occupations the forum hears in somebody's words, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from kompetanse.linking import Link, Polarity
from kompetanseforum.skills.models import Concept
from kompetanseforum.skills.queries.lexicon import Bands, Known, Lexicon, lexicon

# Longer texts are read to here; a firm's need is a few sentences.
MOST_CHARACTERS = 10_000
MOST_CHIPS = 8
# What words say one has or does not need is shown quietly, so it must not be much.
MOST_DENIED = 4
_DENIED = frozenset({Polarity.HAVE, Polarity.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class Heard:
    """A concept heard in a text. `causes` are offsets in it, `cause_words` the same as words."""

    uri: str
    slug: str
    kind: str
    label: str
    label_language: str
    is_foreign: bool
    causes: tuple[tuple[int, int], ...]
    cause_words: tuple[str, ...]
    score: float
    polarity: str
    is_sure: bool

    @property
    def is_maybe(self) -> bool:
        return not self.is_sure


def hear(words: str, *, language: str, assume: Polarity = Polarity.NEED, limit: int = MOST_CHIPS) -> list[Heard]:
    """What the words ask for (or, with `assume` OFFER, offer), surest first.

    `language` is that of the words. What they say one has, or does not need, is left out.
    """
    return _hear(lexicon(), words, language=language, assume=assume, limit=limit)


def hear_denied(words: str, *, language: str) -> list[Heard]:
    """What the words surely say that one has or does not need: whoever wrote them may say that it was misheard."""
    known = lexicon()
    text = words[:MOST_CHARACTERS]
    found = known.link(text, language=language, limit=3 * MOST_CHIPS, assume=Polarity.NEED) if text.strip() else []
    denied = [link for link in found if link.polarity in _DENIED and _is_sure(link, known.bands)]
    skills = [link for link in denied if link.kind == "skill"]
    return [_heard(link, known.known[link.uri], text=text, bands=known.bands) for link in skills[:MOST_DENIED]]


def hear_each(said: Sequence[tuple[str, str]]) -> list[list[Heard]]:
    """As `hear`, for each (words, language); the labels are looked up once."""
    known = lexicon()
    return [_hear(known, words, language=language, assume=Polarity.NEED, limit=MOST_CHIPS) for words, language in said]


def _hear(known: Lexicon, words: str, *, language: str, assume: Polarity, limit: int) -> list[Heard]:
    text = words[:MOST_CHARACTERS]
    if not text.strip():
        return []
    meant = {assume, Polarity.NEED, Polarity.NICE_TO_HAVE}
    found = known.link(text, language=language, limit=3 * limit, assume=assume)
    bands = known.bands
    told = [link for link in found if link.polarity in meant and link.score >= bands.maybe_from]
    # A chip for an occupation helps only where the words name one.
    chosen = [link for link in told if link.kind == "skill" or link.basis == "exact" or _is_sure(link, bands)][:limit]
    return [_heard(link, known.known[link.uri], text=text, bands=bands) for link in chosen]


def _is_sure(link: Link, bands: Bands) -> bool:
    return link.score >= bands.sure_from


def _heard(link: Link, concept: Known, *, text: str, bands: Bands) -> Heard:
    label = concept.label(language=get_language() or "nb")
    return Heard(
        uri=concept.uri,
        slug=concept.slug,
        kind=concept.kind,
        label=label.text,
        label_language=label.language,
        is_foreign=label.is_foreign,
        causes=tuple((span.start, span.end) for span in link.causes),
        cause_words=tuple(text[span.start : span.end] for span in link.causes),
        score=link.score,
        polarity=link.polarity,
        is_sure=_is_sure(link, bands) and link.kind == "skill",
    )


def hear_all(words: str, *, language: str, assume: Polarity, limit: int) -> dict[int, Link]:
    """The row of each concept in the words, whatever they say of it, and the link: what is stored with them."""
    return hear_all_in([words], language=language, assume=assume, limit=limit)[0]


def hear_all_in(texts: Sequence[str], *, language: str, assume: Polarity, limit: int) -> list[dict[int, Link]]:
    """As `hear_all` for each of some texts; faster, for they are read together and the rows are asked for once."""
    known = lexicon()
    read = [words[:MOST_CHARACTERS] for words in texts]
    found = known.link_many(read, language=language, limit=limit, assume=assume)
    likely = [{link.uri: link for link in links if link.score >= known.bands.maybe_from} for links in found]
    uris = set().union(*likely)
    ids = dict(Concept.objects.filter(uri__in=uris).values_list("uri", "pk")) if uris else {}
    return [{ids[uri]: link for uri, link in links.items() if uri in ids} for links in likely]
