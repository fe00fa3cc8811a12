"""Which language a text is in: bokmål, nynorsk or English, told by its small words."""

from __future__ import annotations

import re
from typing import Literal

from kompetanse.linking.word_lists import listed

Language = Literal["nb", "nn", "en"]

# The guess needs no more than the beginning, and a long text must not cost more.
_LOOKED_AT_CHARACTERS = 4000
_WORDS = re.compile(r"[^\W\d_]+")

_BOKMAAL = frozenset(
    listed("""
    jeg ikke hva hvem hvor hvordan hvilke noen noe mye bare fra være en et vil gjøre gjør kjøre kjører trenger
    mangler søker lærer flere ansatte nyansatte sammen uke skole også dem hun hjelpe derfor selv begge hver hvis
    siden vet mer hos dere deres disse nødvendig opplæringen bedriften kjente
    """)
)
_NYNORSK = frozenset(
    listed("""
    eg ikkje kva kven kvar korleis kva noko nokon nokre mykje berre frå vere ein eit dei me dykk dykkar gjere
    gjer køyre køyrer treng trengst manglar søkjer lærar fleire tilsette saman veke skule òg henne ho difor
    sjølv båe viss sidan veit vert meir hjå desse kunnskapar ynskjer ønskjer tilbyd heile mellom seier høyrer
    høgare auka fann gjekk korfor naudsynt allereie desse gjev fekk opplæringa bedrifta
    """)
)
_NORWEGIAN = frozenset(
    listed("""
    og i på for med som til av å er det vi har kan må om at de den men eller ved skal så når ut opp der kurs
    folk få får nok alle ingen
    """)
)
_ENGLISH = frozenset(
    listed("""
    the and of to we our need needs in is are with who that for have has can on not no from more people you your
    be or an as by at must they their how will it this these do don't work experience skills using use knowledge
    ability learn want looking someone staff
    """)
)
# Words that both norms or both families use tell nothing.
_ONLY_NB = _BOKMAAL - _NYNORSK
_ONLY_NN = _NYNORSK - _BOKMAAL
_ANY_NORWEGIAN = (_NORWEGIAN | _BOKMAAL | _NYNORSK) - _ENGLISH
_ANY_ENGLISH = _ENGLISH - (_NORWEGIAN | _BOKMAAL | _NYNORSK)


def guess_language(text: str) -> Language:
    """The likeliest language. Norwegian without a telling word counts as bokmål; so does no evidence."""
    return language_evidence(text) or "nb"


def language_evidence(text: str) -> Language | None:
    """As `guess_language`, but None when no small word and no Norwegian letter tells."""
    words = _WORDS.findall(text[:_LOOKED_AT_CHARACTERS].lower())
    nynorsk = sum(word in _ONLY_NN or (len(word) > 5 and word.endswith(("ane", "leg", "arar"))) for word in words)
    bokmaal = sum(word in _ONLY_NB or (len(word) > 5 and word.endswith(("ene", "lig", "ere"))) for word in words)
    letters = sum(any(letter in "æøå" for letter in word) for word in words)
    norwegian = sum(word in _ANY_NORWEGIAN for word in words) + letters
    english = sum(word in _ANY_ENGLISH for word in words)
    if english > norwegian:
        return "en"
    if nynorsk > bokmaal:
        return "nn"
    return "nb" if norwegian or bokmaal else None
