"""Pages of a list whose length is known already: the database is not asked to count it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

RowT = TypeVar("RowT", bound=Model)


class Known(Paginator[RowT]):
    """Of `count` rows; nobody leafs further than `deepest`, where each page would be skipped to row by row."""

    def __init__(self, rows: QuerySet[RowT] | Sequence[RowT], per_page: int, *, count: int, deepest: int) -> None:
        super().__init__(rows, per_page)
        # In place of the property that asks.
        self.__dict__["count"] = count
        self.__dict__["num_pages"] = max(1, -(-min(count, deepest) // per_page))


def page_of(rows: QuerySet[RowT], per_page: int, number: str | None, *, count: int, deepest: int = 2000) -> Page[RowT]:
    return Known(rows, per_page, count=count, deepest=deepest).get_page(number)
