"""A unit of Enhetsregisteret as we need it, read from what the register says of it.

Names of sole proprietors are names of people: they are left out here, at the door, so that nothing behind it
has them to lose. A place of work does not tell whom it belongs to; its name is marked as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.brreg.problems import BrregError

SOLE_PROPRIETOR = "ENK"
_PLACES = ("BEDR", "AAFY")
_PUBLIC_FORMS = ("KOMM", "FYLK", "STAT", "ORGL", "SÆR", "KF", "FKF", "IKS", "KTRF", "ADOS")
_PUBLIC_SECTOR_CODES = ("6", "11", "15")
_CLOSING = ("konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning")

# Words that a person's own name does not carry.
_COMPANY_WORDS = re.compile(
    r"\b(?:AS|ASA|ANS|DA|SA|BA|KS|NUF|SE|KF|FKF|IKS|HF|RHF|STIFTELSEN?|KOMMUNE|FYLKESKOMMUNE|STATSFORVALTEREN|"
    r"FORENING|FORBUNDET?|LAGET|SKOLE|BARNEHAGE|SYKEHJEM|UNIVERSITETET?|HØGSKOLEN?|HØYSKOLEN?|SYKEHUSET?|NAV)\b"
)
# Written large or small whatever stands around them.
_LARGE = {"AS", "ASA", "ANS", "DA", "SA", "BA", "KS", "NUF", "SE", "KF", "FKF", "IKS", "HF", "RHF", "NAV", "LO", "NHO"}
_SMALL = {"og", "i", "på", "for", "av", "ved", "avd", "til", "med", "om", "fra"}


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation, or (with a parent) one of its places of work. `name` is empty where it is a person's."""

    number: str
    name: str
    form: str
    # SN2025 or SN2007, as the register has it: 25.620.
    industry_code: str
    # "1-4", "5-19", "20-99", "100+"; empty for nobody employed.
    size: str
    municipality_code: str
    # business, education, public, social_partner, voluntary or research.
    sector: str
    parent: str
    is_closing: bool
    # May be a person's, unless the parent is known to be something else than a sole proprietor.
    is_name_doubtful: bool

    @property
    def is_place(self) -> bool:
        """A sub-unit: where the work is done."""
        return bool(self.parent) or self.form in _PLACES

    @property
    def is_sole_proprietor(self) -> bool:
        return self.form == SOLE_PROPRIETOR


# Any: an answer from outside, looked into here and nowhere else.
Raw = Mapping[str, Any]


def read_unit(raw: Raw) -> Unit:
    """Raises BrregError("changed_shape") when the register no longer says what a unit is."""
    number, form = _text(raw, "organisasjonsnummer"), _text(raw, "organisasjonsform", "kode")
    if not _has_nine_digits(number):
        raise BrregError("changed_shape", f"organisasjonsnummer {number[:20]}")
    if not form:
        raise BrregError("changed_shape", f"organisasjonsform {number}")
    industry = _text(raw, "naeringskode1", "kode")
    parent = _text(raw, "overordnetEnhet")
    name = _text(raw, "navn")
    return Unit(
        number=number,
        name="" if form == SOLE_PROPRIETOR else readable(name)[:160],
        form=form,
        industry_code=industry,
        size=_size(raw),
        municipality_code=_text(raw, "forretningsadresse", "kommunenummer")
        or _text(raw, "beliggenhetsadresse", "kommunenummer"),
        sector=sector_of(form=form, sector_code=_text(raw, "institusjonellSektorkode", "kode"), industry_code=industry),
        parent=parent if _has_nine_digits(parent) else "",
        is_closing=any(_flag(raw, name) for name in _CLOSING) or bool(_text(raw, "slettedato")),
        is_name_doubtful=form in _PLACES and not is_company_name(name),
    )


def _has_nine_digits(text: str) -> bool:
    """The register is believed: check digits are for what people type."""
    return len(text) == 9 and text.isascii() and text.isdigit()


def is_company_name(name: str) -> bool:
    """It carries a word that no person's own name does."""
    return bool(_COMPANY_WORDS.search(name.upper()))


def readable(name: str) -> str:
    """`EKSEMPEL MEKANISK AS` → `Eksempel Mekanisk AS`; a name that is not all capitals is as its owner wrote it."""
    if name != name.upper():
        return name
    return " ".join(_cased(word, is_first=number == 0) for number, word in enumerate(name.split()))


def _cased(word: str, *, is_first: bool) -> str:
    if word in _LARGE or not any(letter in "AEIOUYÆØÅ" for letter in word):
        return word
    if word.lower() in _SMALL and not is_first:
        return word.lower()
    return "".join(part.capitalize() for part in re.split(r"([^\w']+)", word))


def sector_of(*, form: str, sector_code: str, industry_code: str) -> str:
    """What one does says more than who owns it: a municipal school is education."""
    if industry_code.startswith("85"):
        return "education"
    if industry_code.startswith("72"):
        return "research"
    if industry_code.startswith(("94.1", "94.2")):
        return "social_partner"
    if form in _PUBLIC_FORMS or sector_code.startswith(_PUBLIC_SECTOR_CODES) or industry_code.startswith("84"):
        return "public"
    if sector_code.startswith("7") or form in ("FLI", "STI"):
        return "voluntary"
    return "business"


def _size(raw: Raw) -> str:
    """One to four are never told as a number: then only the flag says that somebody works there."""
    try:
        employees = int(_text(raw, "antallAnsatte") or 0)
    except ValueError as error:
        raise BrregError("changed_shape", "antallAnsatte") from error
    if employees >= 5:
        return "5-19" if employees < 20 else "20-99" if employees < 100 else "100+"
    return "1-4" if employees or _flag(raw, "harRegistrertAntallAnsatte") else ""


def _text(raw: Raw, *names: str) -> str:
    """`organisasjonsform`, `kode`: nested in JSON, with a dot between in CSV."""
    value: object = raw.get(".".join(names))
    if value is None:
        value = raw
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
    return str(value).strip() if isinstance(value, str | int) else ""


def _flag(raw: Raw, name: str) -> bool:
    return _text(raw, name).lower() in ("true", "1", "j", "ja")


def in_places(units: Iterator[Unit], codes: frozenset[str]) -> Iterator[Unit]:
    """Only those in the municipalities."""
    return (unit for unit in units if unit.municipality_code in codes)
