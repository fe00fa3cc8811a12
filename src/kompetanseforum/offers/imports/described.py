"""An offer as a machine described it: what it says, or what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanseforum.core.tables import CellError, Problem, TableRow
from kompetanseforum.offers.imports.sources import source_id_of
from kompetanseforum.offers.queries.comparing import Brought
from kompetanseforum.offers.queries.content import Content

_MOST_ID = 80


@dataclass(frozen=True, slots=True)
class Described:
    """`brought` is None when there is a problem."""

    row: TableRow
    brought: Brought | None
    problem: Problem | None = None


def described(
    number: int,
    whole: Mapping[str, Any],
    read: Callable[[], Content],
    *,
    given: str,  # Any: JSON
) -> Described:
    """The `number`th of its file. `given` is its id there."""
    row = TableRow(number=number, said={}, whole={key: str(value)[:500] for key, value in list(whole.items())[:40]})
    try:
        content = read()
    except CellError as error:
        return Described(row, None, Problem(row=number, column="", code=error.code, detail=error.detail))
    if len(given) > _MOST_ID:
        given = f"sha:{hashlib.sha256(given.encode()).hexdigest()[:40]}"
    return Described(row, Brought(source_id=source_id_of(content, given=given), content=content))
