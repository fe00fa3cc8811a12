"""Udir's competence goals: each programme area is an offer, each goal one of its learning outcomes.

Two shapes are read: a goal with its programme areas on each line (`kode`, `maal`, `laereplanverk`,
`programomraader`), and a goal of Udir's own API, which knows its curriculum but no programme area.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kompetanse.linking import guess_language
from kompetanseforum.core.tables import TableError
from kompetanseforum.offers.models import Level, OfferKind
from kompetanseforum.offers.queries.comparing import Brought
from kompetanseforum.offers.queries.content import Content, OutcomeContent

SOURCE = "udir"
COUNTED_CURRICULUM = "LK20"

# Programmes for general study competence; all others lead to a trade.
_GENERAL_PROGRAMMES = ("ID", "KD", "MD", "ME", "PB", "ST")
# Upper secondary stands at NKR level 4, whichever of its years.
_NKR_UPPER_SECONDARY = 4
# "BAANL2----": two letters for the programme, three for the area, then the year.
_AREA_CODE = re.compile(r"[A-ZÆØÅ]{5}([123])")
_YEAR_IN_NAME = re.compile(r",?\s*\b(vg[123])\b\s*$", re.IGNORECASE)
_PLAN_PREFIX = re.compile(r"^læreplan (?:i|for)\s+", re.IGNORECASE)
# A goal holds three lines; what is larger is no list of goals.
_MOST_CHARACTERS_OF_A_GOAL = 20_000
_MOST_UNPACKED = 100 * 1024 * 1024

Json = Mapping[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    title: str
    programme: str
    is_vocational: bool


@dataclass(slots=True)
class _Gathered:
    area: Area
    outcomes: dict[str, OutcomeContent] = field(default_factory=dict)


def udir_offers(path: Path) -> list[Brought]:
    """Every programme area of the file. Raises TableError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TableError("not_found", path.name) from error
    return read_udir(content)


def read_udir(content: bytes) -> list[Brought]:
    """The same of what somebody sent. Raises TableError."""
    gathered: dict[str, _Gathered] = {}
    for number, goal in _goals(content):
        try:
            areas, outcome = _read_goal(goal)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise TableError("not_a_goal", str(number), row=number) from error
        for area in areas:
            gathered.setdefault(area.code, _Gathered(area)).outcomes.setdefault(outcome.code, outcome)
    if not gathered:
        raise TableError("no_goals")
    return [_offer(one) for one in gathered.values()]


def _goals(content: bytes) -> Iterator[tuple[int, Json]]:
    """(line number, goal) of JSON lines, one JSON object or a list of them; packed with gzip or not."""
    try:
        text = _unpacked(content).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise TableError("cut_or_other") from error
    try:
        whole = json.loads(text)
    except ValueError:
        yield from _lines(text)
        return
    yield from enumerate(whole if isinstance(whole, list) else [whole], start=1)


def _unpacked(content: bytes) -> bytes:
    """Packed or not; what it unpacks to is bounded, whatever the packed file says of it."""
    if content[:2] != b"\x1f\x8b":
        return content
    with gzip.open(io.BytesIO(content)) as packed:
        text = packed.read(_MOST_UNPACKED + 1)
    if len(text) > _MOST_UNPACKED:
        raise EOFError("too large")
    return text


def _lines(text: str) -> Iterator[tuple[int, Json]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            if len(line) > _MOST_CHARACTERS_OF_A_GOAL:
                raise ValueError("too long")
            yield number, json.loads(line)
        except ValueError as error:
            raise TableError("not_a_goal", str(number), row=number) from error


def _read_goal(goal: Json) -> tuple[list[Area], OutcomeContent]:
    return _read_api_goal(goal) if "tittel" in goal else _read_line_goal(goal)


def _read_line_goal(goal: Json) -> tuple[list[Area], OutcomeContent]:
    curriculum = str(goal["laereplanverk"])
    outcome = OutcomeContent(
        text=_words(goal["maal"]),
        language=str(goal.get("maalform_gjettet") or guess_language(goal["maal"])),
        code=str(goal["kode"]),
        curriculum=curriculum,
        is_counted=curriculum == COUNTED_CURRICULUM,
    )
    return [_area(area) for area in goal["programomraader"]], outcome


def _area(area: Json) -> Area:
    code = str(area["kode"])
    in_code = _AREA_CODE.match(code)
    # Some areas stand under several years; the one in the code is right.
    year = f"Vg{in_code[1]}" if in_code else str(area["trinn"]).capitalize()
    return Area(
        code=code,
        title=f"{_YEAR_IN_NAME.sub('', str(area['navn']))}, {year}",
        programme=str(area["utdanningsprogram_navn"]),
        is_vocational=str(area["utdanningsprogram"]) not in _GENERAL_PROGRAMMES,
    )


def _read_api_goal(goal: Json) -> tuple[list[Area], OutcomeContent]:
    texts = {text["spraak"]: text["verdi"] for text in goal["tittel"]["tekst"]}
    goals, plan = goal["tilhoerer-kompetansemaalsett"], goal["tilhoerer-laereplan"]
    curriculum = "LK20" if str(goal["grep-type"]).endswith("_lk20") else "LK06"
    year = re.search(r"vg[123]", str(goals["tittel"]), re.IGNORECASE)
    name = _PLAN_PREFIX.sub("", str(plan["tittel"]))
    outcome = OutcomeContent(
        text=_words(texts.get("nob") or texts["default"]),
        language="nb" if "nob" in texts else guess_language(texts["default"]),
        code=str(goal["kode"]),
        curriculum=curriculum,
        is_counted=curriculum == COUNTED_CURRICULUM and str(goal["status"]).endswith("publisert"),
    )
    title = f"{name[:1].upper()}{name[1:]}" + (f", {year[0].capitalize()}" if year else "")
    # Which programme a plan belongs to stands elsewhere in the API; nothing is said of the level.
    return [Area(code=str(goals["kode"]), title=title, programme="", is_vocational=False)], outcome


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("no words")
    return words


def _offer(gathered: _Gathered) -> Brought:
    area, outcomes = gathered.area, tuple(gathered.outcomes.values())
    return Brought(
        source_id=area.code,
        content=Content(
            title=area.title[:200],
            kind=OfferKind.PROGRAMME,
            language=_most_common(outcome.language for outcome in outcomes),
            description=area.programme,
            level=Level.TRADE if area.is_vocational else "",
            nkr_level=_NKR_UPPER_SECONDARY if area.programme else None,
            outcomes=outcomes,
        ),
    )


def _most_common(languages: Iterable[str]) -> str:
    return Counter(languages).most_common(1)[0][0]
