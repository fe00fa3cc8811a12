"""One cell of a catalogue as a value: numbers, dates, choices and addresses as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from kompetanse.linking import guess_language
from kompetanseforum.offers.imports.columns import plain_name
from kompetanseforum.offers.models import Delivery, Level, OfferKind
from kompetanseforum.offers.queries.content import OutcomeContent

MOST_OUTCOMES = 200
MOST_OUTCOME_CHARACTERS = 1000


class CellError(Exception):
    """Code and detail of a Problem."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = str(detail)[:80]


def _by_name(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain_name(name): value for value, names in words.items() for name in (value, *names)}


_KINDS = _by_name({
    OfferKind.COURSE: ("kurs",),
    OfferKind.PROGRAMME: ("program", "studieprogram", "studium", "utdanning", "linje", "program area", "degree"),
    OfferKind.MODULE: ("modul", "emne", "subject"),
})  # fmt: skip
_LEVELS = _by_name({
    Level.INTRO: ("introduction", "innføring", "grunnleggende", "grunnleggjande", "grunnkurs", "basic"),
    Level.TRADE: ("trade certificate", "trade certificate level", "fagbrev", "fagbrevnivå", "svennebrev", "yrkesfag",
                  "videregående", "vidaregåande", "vgs", "vocational"),
    Level.COLLEGE: ("fagskole", "fagskule", "fagskolenivå", "høgskole", "høyskole", "høgskule", "høgskolenivå", "bachelor",
                    "college level", "higher vocational"),
    Level.MASTER: ("masternivå", "masters", "master's level", "mastergrad"),
})  # fmt: skip
_DELIVERIES = _by_name({
    Delivery.CLASSROOM: ("klasserom", "i klasserom", "in the classroom", "fysisk", "stedlig", "stadleg", "på skolen", "dagtid"),
    Delivery.ONLINE: ("nett", "på nett", "nettbasert", "nettkurs", "digitalt", "digital", "web"),
    Delivery.AT_WORK: ("på jobb", "på jobben", "på arbeidsplassen", "arbeidsplass", "bedrift", "i bedrift", "workplace"),
    Delivery.SIMULATION: ("simulering", "simulator", "vr"),
    Delivery.EVENING: ("kveld", "på kveld", "på kveldstid", "kveldstid", "kveldskurs", "evenings"),
    Delivery.GATHERINGS: ("samling", "samlinger", "samlingar", "samlingsbasert", "samlingsbasert undervisning", "sessions"),
})  # fmt: skip
_LANGUAGES = _by_name({
    "nb": ("bokmål", "norsk", "norsk bokmål", "no", "nob", "norwegian"),
    "nn": ("nynorsk", "norsk nynorsk", "nno"),
    "en": ("engelsk", "english", "eng"),
})  # fmt: skip
_YES = ("1", "ja", "yes", "true", "sann", "x", "j", "y", "deltid", "part time")
_NO = ("0", "nei", "no", "false", "usann", "n", "heltid", "full time")
_FREE = ("gratis", "free", "ingen", "none", "kostnadsfritt")

_url = URLValidator(schemes=["http", "https"])


def _choice(words: Mapping[str, str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if (value := words.get(plain_name(cell))) is None:
            raise CellError("not_a_choice", cell)
        return value

    return read


kind = _choice(_KINDS)
level = _choice(_LEVELS)
language = _choice(_LANGUAGES)


def deliveries(cell: str) -> tuple[str, ...]:
    read = _choice(_DELIVERIES)
    return tuple(dict.fromkeys(read(part) for part in _parts(cell)))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;|\n/]", cell) if part.strip()]


def text(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise CellError("too_long", most)
        # A NUL stops PostgreSQL.
        return cell.replace("\0", "").replace("\r\n", "\n").strip()

    return read


def whole_number(most: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        figures = re.sub(r"[\s\u00a0.']|kr\.?|,-$|[,.]0+$", "", cell.casefold())
        if not re.fullmatch(r"[0-9]{1,12}", figures):
            raise CellError("not_a_number", cell)
        if int(figures) > most:
            raise CellError("too_large", most)
        return int(figures)

    return read


def price(cell: str) -> int:
    return 0 if plain_name(cell) in _FREE else whole_number(10_000_000)(cell)


def points(cell: str) -> Decimal | None:
    """Credits; none at all is left unsaid."""
    try:
        value = Decimal(cell.replace(",", "."))
    except InvalidOperation as error:
        raise CellError("not_a_number", cell) from error
    if not value.is_finite() or value < 0 or value != round(value, 1):
        raise CellError("not_a_number", cell)
    if value > 1000:
        raise CellError("too_large", 1000)
    return value or None


def yes_or_no(cell: str) -> bool:
    if cell.casefold() in _YES:
        return True
    if cell.casefold() in _NO:
        return False
    raise CellError("not_yes_or_no", cell)


def address(cell: str) -> str:
    try:
        _url(cell)
    except ValidationError as error:
        raise CellError("not_an_address", cell) from error
    if len(cell) > 200:
        raise CellError("too_long", 200)
    return cell


def days(cell: str) -> tuple[date, ...]:
    return tuple(sorted({_day(part.strip()) for part in re.split(r"[,;|\n]", cell) if part.strip()}))


def _day(part: str) -> date:
    """2027-01-15, 15.1.2027, 15/1/2027; a time of day after it does not count."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", part)
    ours = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", part)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if ours:
            return date(int(ours[3]), int(ours[2]), int(ours[1]))
    except ValueError:
        pass
    raise CellError("not_a_date", part)


def outcomes(cell: str, *, language: str) -> tuple[OutcomeContent, ...]:
    """One on each line, else parted by |, else by ;. Marks of a list in front do not count, nor does a second time."""
    mark = next((mark for mark in ("\n", "|", ";") if mark in cell), "\n")
    parts = cell.split(mark)
    texts = list(dict.fromkeys(re.sub(r"^\s*(?:[-–•*·]|\d{1,2}[.)])\s+", "", part).strip() for part in parts))
    texts = [text for text in texts if text]
    if len(texts) > MOST_OUTCOMES:
        raise CellError("too_many_outcomes", MOST_OUTCOMES)
    if any(len(text) > MOST_OUTCOME_CHARACTERS for text in texts):
        raise CellError("too_long", MOST_OUTCOME_CHARACTERS)
    return tuple(OutcomeContent(text=text, language=outcome_language(text, language)) for text in texts)


def outcome_language(text: str, language: str) -> str:
    """A course held in English may say in Norwegian what one learns; in Norwegian its own norm is surer than a guess."""
    return guess_language(text) if language == "en" else language
