"""Labels that a beginner would not say. The measure is simple on purpose: whoever breaks it can see why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kompetanse.vocabulary.entries import LANGUAGES, Entry

# A label longer than this does not fit on one line of a phone.
MOST_LETTERS: Final = 45
_SIGNS: Final = re.compile(r"[()\[\]{}/;]")
# Verbs of reports: "utføre sikkerhetskontroll" is said "sikkerhetskontroll".
_OFFICIALESE: Final[Mapping[str, frozenset[str]]] = {
    "nb": frozenset({"anvende", "avholde", "besørge", "foreta", "implementere", "ivareta", "iverksette", "utføre"}),
    "nn": frozenset({"avhalde", "besørgje", "føreta", "implementere", "ivareta", "iverksetje", "utføre"}),
}


def hardships(entry: Entry) -> Iterator[str]:
    """What is hard in the entry's labels, each in a few words."""
    for language in LANGUAGES:
        label = entry.labels.get(language, "")
        if len(label) > MOST_LETTERS:
            yield f"{label!r} has {len(label)} letters, more than {MOST_LETTERS}"
        if _SIGNS.search(label):
            yield f"{label!r} has a bracket, slash or semicolon"
        first = label.casefold().partition(" ")[0]
        if first in _OFFICIALESE.get(language, ()):
            yield f"{label!r} starts with {first!r}, a word of reports"
    for language in ("nb", "nn"):
        if _is_english_only(entry, language):
            yield f"{entry.labels[language]!r} is English, and no word in {language} stands beside it"


def _is_english_only(entry: Entry, language: str) -> bool:
    """Whether the label is the English one and every everyday word is English too."""
    label = entry.labels.get(language, "").casefold()
    english = {entry.labels.get("en", "").casefold(), *(word.casefold() for word in entry.words.get("en", ()))}
    own = {word.casefold() for word in entry.words.get(language, ())}
    return bool(label) and label == entry.labels.get("en", "").casefold() and own <= english
