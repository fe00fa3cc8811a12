"""What comes with rows in one question: other rows, put where they are looked for, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def put_beside(one: Model, name: str, rows: Iterable[Model]) -> None:
    """`one.<name>.all()` gives these rows, as after `prefetch_related`."""
    manager = getattr(one, name)
    found = manager.all()
    found._result_cache, found._prefetch_done = list(rows), True
    one._prefetched_objects_cache = {  # type: ignore[attr-defined]
        **getattr(one, "_prefetched_objects_cache", {}),
        manager.field.remote_field.cache_name: found,
    }


# Any: rows of any table.
def how_many(rows: QuerySet[Any], of: str) -> Coalesce:
    """For `annotate`: how many of `rows` hang on each by the foreign key `of`.

    Asked of each row that is read. Counted with a join, all rows of both tables would be grouped before the first is read.
    """
    counted = rows.order_by().filter(**{of: OuterRef("pk")}).values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
