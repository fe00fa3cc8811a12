"""Units as Enhetsregisteret tells of them, with invented firms."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable
from typing import Any

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def number(serial: int) -> str:
    """The serial's organisation number (up to ten million)."""
    for first in (str(80_000_000 + 2 * serial), str(80_000_001 + 2 * serial)):
        digit = (11 - sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11) % 11
        if digit < 10:
            return f"{first}{digit}"
    raise AssertionError("one of two neighbours has a check digit")


def unit(serial: int = 1, **fields: Any) -> dict[str, Any]:
    """A limited company in Fredrikstad, but for the fields given (None leaves one out)."""
    raw: dict[str, Any] = {
        "organisasjonsnummer": number(serial),
        "navn": f"EKSEMPEL {serial} AS",
        "organisasjonsform": {"kode": "AS"},
        "naeringskode1": {"kode": "25.620", "beskrivelse": "Bearbeiding av metaller"},
        "antallAnsatte": 12,
        "harRegistrertAntallAnsatte": True,
        "forretningsadresse": {"kommune": "FREDRIKSTAD", "kommunenummer": "3107"},
        "institusjonellSektorkode": {"kode": "2100"},
        "konkurs": False,
    } | fields
    return {name: value for name, value in raw.items() if value is not None}


def place(serial: int, *, parent: str, **fields: Any) -> dict[str, Any]:
    """A place of work."""
    there = {"kommune": "FREDRIKSTAD", "kommunenummer": "3107"}
    given: dict[str, Any] = {
        "organisasjonsform": {"kode": "BEDR"},
        "overordnetEnhet": parent,
        "forretningsadresse": None,
        "institusjonellSektorkode": None,
        "beliggenhetsadresse": there,
    }
    return unit(serial, **(given | fields))


def as_json(units: Iterable[dict[str, Any]], *, is_packed: bool = True) -> bytes:
    text = json.dumps(list(units), ensure_ascii=False).encode()
    return gzip.compress(text) if is_packed else text


def as_csv(units: Iterable[dict[str, Any]], *, delimiter: str = ",", is_packed: bool = True) -> bytes:
    flat = [dict(_flat(raw)) for raw in units]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(flat)
    return gzip.compress(file.getvalue().encode()) if is_packed else file.getvalue().encode()


def _flat(raw: dict[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for name, value in raw.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", str(value).lower() if isinstance(value, bool) else str(value)
