"""A board as it stood, and the way back to it: what must change of what stands there now."""

from __future__ import annotations

from collections.abc import Mapping

from kompetanse.board.items import Item, Value

# Who wrote it, and what those who lead or its author have decided of it, no way back changes.
_KEPT = frozenset({
    "id", "kind", "author", "sector", "is_proxy", "text_seq", "revealed_seq",
    "is_held", "held_reason", "is_erased", "is_waiting",
})  # fmt: skip
_FIELDS = tuple(name for name in Item.__dataclass_fields__ if name not in _KEPT)


def way_back(now: Mapping[str, Item], then: Mapping[str, Item]) -> dict[str, dict[str, Value]]:
    """Item → the fields that make it as it was. What came later goes; what is hidden, held or erased is left alone."""
    touched = {key: item for key, item in now.items() if item.revealed_seq and not (item.is_held or item.is_erased)}
    needed = _homes_of({key: item for key, item in now.items() if key not in touched}, now)
    changes: dict[str, dict[str, Value]] = {}
    for key, item in touched.items():
        was = then.get(key)
        if was is None:
            # Something that is left alone may lie in it.
            if not item.is_deleted and key not in needed:
                changes[key] = {"is_deleted": True}
            continue
        values = {name: getattr(was, name) for name in _FIELDS if getattr(was, name) != getattr(item, name)}
        if key in needed and not item.is_deleted:
            values.pop("is_deleted", None)
        if values:
            changes[key] = values
    return changes


def _homes_of(left: Mapping[str, Item], now: Mapping[str, Item]) -> set[str]:
    """What these lie in, and what that lies in."""
    found: set[str] = set()
    for item in left.values():
        home = "" if item.is_deleted or item.is_erased else item.inside
        while home and home not in found:
            found.add(home)
            home = now[home].inside if home in now else ""
    return found
