"""One cell as a value: numbers, dates, choices and addresses as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from kompetanseforum.core.tables.columns import plain_name
from kompetanseforum.core.tables.problems import CellError

_YES = ("1", "ja", "yes", "true", "sann", "x", "j", "y", "deltid", "part time")
_NO = ("0", "nei", "no", "false", "usann", "n", "heltid", "full time")
_FREE = ("gratis", "free", "ingen", "none", "kostnadsfritt")

_url = URLValidator(schemes=["http", "https"])


def by_name(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain_name(name): value for value, names in words.items() for name in (value, *names)}


def choice(words: Mapping[str, str]) -> Callable[[str], str]:
    """The value that any of its names means."""

    def read(cell: str) -> str:
        if (value := words.get(plain_name(cell))) is None:
            raise CellError("not_a_choice", cell)
        return value

    return read


def choices(words: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """More than one, parted by a mark."""
    one = choice(words)
    return lambda cell: tuple(dict.fromkeys(one(part) for part in parts(cell)))


def parts(cell: str) -> list[str]:
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
