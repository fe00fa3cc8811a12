"""Words to lemmas and stems, one space for bokmål and nynorsk, another for each other language."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy

from kompetanse.linking.dictionaries import PackedDictionaries, let_go
from kompetanse.linking.word_lists import listed

# Bokmål and nynorsk read each other, so they share words.
FAMILIES: Final = {"nb": "no", "nn": "no", "no": "no"}
_DICTIONARIES: Final = {"no": ("nb", "nn"), "en": ("en",), "sv": ("sv",), "da": ("da",), "fi": ("fi",)}

# Lemmatising takes 3–40 µs a word; a forum's texts hold some ten thousand words.
_REMEMBERED_WORDS: Final = 60_000

# Longest first. -ing, -er/-ar and the infinitive fall together: sveise, sveising, sveiser, sveisar.
_NORWEGIAN_SUFFIXES: Final = listed(
    """ingane ingene ingar inger ingen inga ing asjonen asjoner asjonar asjon arane erane erne arar ere ene ane era
    er ar en et e a"""
)
_ENGLISH_SUFFIXES: Final = listed(
    """ations ation ating ators ator ated ates ate ments ment ings ing ers er ors or ied ies ed es s e y"""
)
# These look inflected and are not: "lager" is a store, not someone who makes; TRAS is no "tre", of which people want three.
_WHOLE: Final = frozenset(
    listed("""
    lager vinter vintar sommer sommar meter liter nummer filter fiber papir server center senter computer
    engineer career water paper power data media camera kamera transfer register order vindu leder partner laser
    access process business analysis class press bus gas ict
    stillas tras retts bess kuka reko vips insta
    """)
)
_SHORTEST_STEM: Final = 4
_NORWEGIAN_AGENT: Final = frozenset(listed("er ere eren erne ers ar arar aren arane"))
_ENGLISH_AGENT: Final = ("er", "or")


_PACKED: Final = PackedDictionaries()
_LOOKUP: Final = DictionaryLookupStrategy(_PACKED)
# Its own memory of words is small: ours stands before it.
_LEMMATIZER: Final = Lemmatizer(cache_max_size=1024, lemmatization_strategy=DefaultStrategy(dictionary_factory=_PACKED))


def family(language: str) -> str:
    """The space of words that texts and terms of `language` share."""
    return FAMILIES.get(language, language)


@lru_cache(maxsize=_REMEMBERED_WORDS)
def lemma(word: str, family: str) -> str:
    """The dictionary form of a normalised word; the word itself in a language without a dictionary."""
    dictionaries = _DICTIONARIES.get(family)
    if dictionaries is None or len(word) < 4 or not word.isalpha():
        return word
    form = _LEMMATIZER.lemmatize(word, dictionaries).lower()
    # The genitive, which dictionaries leave out (kommunens, and the joint in "velferds teknologi").
    if family == "no" and form == word and word.endswith("s") and _is_known(word[:-1], dictionaries):
        form = _LEMMATIZER.lemmatize(word[:-1], dictionaries).lower()
    # Nynorsk allows both -e and -a in the infinitive.
    # Nynorsk allows both -e and -a in the infinitive; "kokker" is read as a form of "kokke".
    return form[:-1] if family == "no" and form[-1] in "ae" and len(form) > 4 else form


@lru_cache(maxsize=_REMEMBERED_WORDS)
def stem(word: str, family: str) -> str:
    """What inflections and close derivations of a word share; for comparing, not for showing."""
    form = lemma(word, family)
    if form in _WHOLE or word in _WHOLE or not form.isalpha():
        return word if word in _WHOLE else form
    suffixes = _NORWEGIAN_SUFFIXES if family == "no" else _ENGLISH_SUFFIXES if family == "en" else ()
    # Twice: maskinering → maskiner → maskin.
    for _ in range(2):
        form = _without_suffix(form, suffixes)
    return form[:-1] if len(form) > 4 and form[-1] == form[-2] else form


class Form(IntEnum):
    """What a word form names. Stems alone cannot tell a welder from welding."""

    OTHER = 0
    ACT = 1
    AGENT = 2


@lru_cache(maxsize=_REMEMBERED_WORDS)
def form_of(word: str, family: str) -> Form:
    """Whether a normalised word names one who does, or the doing; "sveiser" counts as the one."""
    if family == "en":
        return Form.AGENT if lemma(word, family).endswith(_ENGLISH_AGENT) else Form.ACT
    if family != "no" or word in _WHOLE or lemma(word, family) in _WHOLE:
        return Form.OTHER
    root = _verb_root(word)
    if not root:
        return Form.OTHER
    return Form.AGENT if word[len(root) :] in _NORWEGIAN_AGENT else Form.ACT


def _verb_root(word: str) -> str:
    """The root of a Norwegian word if a verb has it, or "": sveis in sveisere, but nothing in sensorer."""
    for length in range(len(word), max(len(word) - 6, 2), -1):
        root = word[:length]
        if any(is_in_dictionary(root + ending, "no") for ending in ("ing", "ende", "ande")):
            return root
    return ""


def forget_words() -> None:
    """Let go of what is remembered of words: after a hundred thousand terms were read, most will not come again."""
    for remembered in (lemma, stem, form_of):
        remembered.cache_clear()
    let_go()


def _is_known(word: str, dictionaries: Sequence[str]) -> bool:
    return any(_LOOKUP.get_lemma(word, code) is not None for code in dictionaries)


def is_in_dictionary(word: str, family: str) -> bool:
    """Whether a dictionary of the language holds the form; False in a language without one."""
    dictionaries = _DICTIONARIES.get(family)
    return dictionaries is not None and _is_known(word, dictionaries)


def _without_suffix(form: str, suffixes: Sequence[str]) -> str:
    for suffix in suffixes:
        if form.endswith(suffix):
            rest = form[: -len(suffix)]
            if len(rest) >= _SHORTEST_STEM:
                return rest
            # Short roots keep an e, so that bake/baker/baking meet without meeting "bak" (behind).
            if len(rest) == _SHORTEST_STEM - 1 and suffix in ("ing", "inga", "ingen", "er", "ar", "ere", "ers"):
                return rest + "e"
    return form


def is_dictionary_form(word: str, family: str) -> bool:
    """Whether the word, as it stands, is what a dictionary would list."""
    dictionaries = _DICTIONARIES.get(family)
    return (
        dictionaries is not None
        and is_in_dictionary(word, family)
        and _LEMMATIZER.lemmatize(word, dictionaries).lower() == word
    )
