"""How alike two needs are: the same skills asked for, in the same or nearby words.

A suggestion to merge must nearly always be right, or nobody looks at the next one. So two needs are alike only when both
their skills and the words that carry meaning say so; a word that one has and the other lacks counts against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from kompetanse.linking.language import guess_language
from kompetanse.linking.lemmas import Form, family, form_of, stem
from kompetanse.linking.links import Link
from kompetanse.linking.tokens import words_of
from kompetanse.linking.word_lists import listed

# Suggested from here up. On the unseen half of tests/data/duplicates.tsv: docs/minutes.md.
SUGGESTED_FROM: Final = 0.6

# What every need says.
_EMPTY: Final = frozenset(
    listed(
        """vi me jeg eg oss vår våre vår deres de dei dem det den dette et ein en ei eit to tre fire fem seks flere fleire noen nokon noe noko
        folk ansatte tilsette medarbeidere medarbeidarar personer ingen inga nesten få for til i på av med om hos ved og eller som å at når
        er har hadde kan kunne må skal vil blir vert ble vart får fått få tak finne finn finner ikke ikkje aldri bare berre mer meir mye
        trenger treng behøver behøv behov mangler manglar savner saknar etterlyser søker søkjer ønsker ønskjer vanskelig vanskeleg sliter slit
        lære lærer lærar opplæring kurs kort kunnskap kompetanse erfaring hjelp trening påfyll forstå hvordan korleis hva kva alle egne eigne
        jobb jobbe arbeid arbeide bedre betre god gode nye ny gjerne helst uten utan the a an we need of to in and with for nybegynnere nyttig
        små lite liten stor store bruke bruk lage driver alene gå gamle eldre unge hele heile"""
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a need asks for, ready to be compared. `stems` of the words that carry meaning; `skills` URI → how sure (0..1)."""

    stems: frozenset[str]
    # Those of them that name somebody by what he does: "kokkene", "selgere".
    people: frozenset[str]
    pieces: Mapping[str, int]
    skills: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` lies in 0..1; from SUGGESTED_FROM up the two are suggested to be one. `skills` are those both ask for."""

    score: float
    skills: tuple[str, ...]

    @property
    def is_suggested(self) -> bool:
        return self.score >= SUGGESTED_FROM


def asked(words: str, *, skills: Mapping[str, float], language: str | None = None) -> Asked:
    """A need's words and what the forum (or a linker) hears in them."""
    space = family(language or guess_language(words))
    told = [word for word in words_of(words) if word not in _EMPTY and len(word) > 1]
    stems = [stem(word, space) for word in told]
    people = frozenset(one for one, word in zip(stems, told, strict=True) if form_of(word, space) is Form.AGENT)
    return Asked(frozenset(stems), people, _pieces(stems), dict(skills))


def asked_of_links(words: str, links: Iterable[Link]) -> Asked:
    """As `asked`, from what a linker has found in the words."""
    return asked(words, skills={link.uri: link.score for link in links})


def _pieces(stems: Sequence[str]) -> Counter[str]:
    """Groups of four letters: bokmål and nynorsk, and the parts of compounds, share most of them."""
    found: Counter[str] = Counter()
    for word in stems:
        marked = f"^{word}$"
        found.update({marked[at : at + 4] for at in range(max(len(marked) - 3, 1))})
    return found


def likeness(one: Asked, other: Asked) -> Likeness:
    """Symmetric; 1.0 for a need and itself, 0 where nothing is shared."""
    shared = sorted(one.skills.keys() & other.skills.keys())
    both = sum(min(one.skills[uri], other.skills[uri]) for uri in shared)
    either = sum(
        max(one.skills.get(uri, 0.0), other.skills.get(uri, 0.0)) for uri in one.skills.keys() | other.skills.keys()
    )
    by_skills = both / either if either else 0.0
    by_words = _cosine(one.pieces, other.pieces)
    score = _WORDS * by_words + (1 - _WORDS) * by_skills
    if _alone(one, other) and _alone(other, one):
        score *= _BOTH_SAY_MORE
    return Likeness(round(score, 4), tuple(shared))


# How much words weigh beside skills.
_WORDS: Final = 0.6
# Where each says something the other does not ("på tysk", "på telefon") they are rather neighbours than one.
_BOTH_SAY_MORE: Final = 0.5
# So much of a word's groups of letters stands in a word of the other when it is the same in another form.
_SAME_WORD: Final = 0.4


def _alone(one: Asked, other: Asked) -> bool:
    """Whether the one has a word that is in no word of the other; who shall learn it does not count."""
    pieces = [_pieces([theirs]) for theirs in other.stems]
    return any(
        all(_cosine(_pieces([word]), theirs) < _SAME_WORD for theirs in pieces)
        for word in one.stems
        if word not in one.people
    )


def _cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    if not one or not other:
        return 0.0
    dot = sum(count * other.get(piece, 0) for piece, count in one.items())
    return dot / sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
