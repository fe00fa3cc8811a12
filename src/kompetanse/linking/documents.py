"""Long texts: job ads, course plans, minutes. What is said about everything but the work is left out; offsets stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kompetanse.linking.linker import Linker
from kompetanse.linking.links import Link, Polarity
from kompetanse.linking.terms import Kind

# More skills than this of one text tell nothing about it.
MOST_OF_A_DOCUMENT: Final = 20
# A text this short has no boilerplate; a need of three words must never lose one.
_SHORTEST: Final = 300

# A full stop after a number ends no line ("1. mai").
_LINE: Final = re.compile(r"(?:[^\n.!?]|(?<=\d)\.(?= ))+[\n.!?]*")
# How to apply, what one gets, who we are: lines that ads share whatever the work is.
_BOILERPLATE: Final = re.compile(
    r"\b(?:søknadsfrist|søknad (?:og|med) cv|søk (?:på )?stillingen|søk via|send (?:din )?søknad|søknaden sendes|kontaktperson|"
    r"spørsmål om stillingen|nærmere opplysninger|ytterligere informasjon|for mer informasjon|referansenummer|ref\.? ?nr|"
    r"offentleglova|offentleglov|offentlig søkerliste|søkerliste|søkarliste|politiattest må|vi tilbyr|vi kan tilby|me tilbyr|me kan tilby|"
    r"pensjonsordning|forsikringsordning|konkurransedyktig lønn|lønn etter avtale|løn etter avtale|lønn etter tariff|gode betingelser|"
    r"personalgoder|bedriftshytte|sosialt arbeidsmiljø|godt arbeidsmiljø|inkluderende arbeidsliv|ia-bedrift|mangfold|mangfald|"
    r"prøvetid|arbeidstid|oppstart|tiltredelse|arbeidssted|arbeidsstad|heltid|deltid|fast stilling|vikariat i|stillingsprosent|"
    r"vi er en (?:bedrift|virksomhet|kommune)|kommunen (?:ligger|har (?:ca|om lag|rundt|over)) |innbyggere|innbyggjarar|www\.|https?:|"
    r"we offer|what we offer|benefits|apply (?:by|now|before|via)|application deadline|contact person|equal opportunity|"
    r"about us|competitive salary|full[- ]time|part[- ]time|start date|our office)",
    re.IGNORECASE,
)


def link_document(
    linker: Linker,
    text: str,
    *,
    language: str | None = None,
    kinds: Sequence[Kind] = ("skill", "occupation"),
    assume: Polarity = Polarity.NEED,
    limit: int = MOST_OF_A_DOCUMENT,
) -> list[Link]:
    """At most twenty links of a long text, best first, each with its best clause; a short text is read whole."""
    return linker.link(without_boilerplate(text), language=language, kinds=kinds, assume=assume, limit=limit)


def without_boilerplate(text: str) -> str:
    """The text with its boilerplate blanked out: as long as it was, so that what is found has the same offsets."""
    if len(text) < _SHORTEST:
        return text
    return _LINE.sub(lambda line: _blank(line.group()) if _BOILERPLATE.search(line.group()) else line.group(), text)


def _blank(line: str) -> str:
    # The end of the line stays: it parts the lines around it.
    kept = line.rstrip("\n.!?")
    return " " * len(kept) + line[len(kept) :]
