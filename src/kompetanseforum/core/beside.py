"""Rows that came with others in one question, put where the others look for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model


def put_beside(one: Model, name: str, rows: Iterable[Model]) -> None:
    """`one.<name>.all()` gives these rows, as after `prefetch_related`."""
    manager = getattr(one, name)
    found = manager.all()
    found._result_cache, found._prefetch_done = list(rows), True
    one._prefetched_objects_cache = {  # type: ignore[attr-defined]
        **getattr(one, "_prefetched_objects_cache", {}),
        manager.field.remote_field.cache_name: found,
    }
