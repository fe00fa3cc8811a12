"""Reads: municipalities and codes. Small, seldom changed and asked for on every page, so kept in memory."""

from __future__ import annotations

from functools import cache

from kompetanseforum.codes.models import Municipality


@cache
def _county(code: str) -> tuple[Municipality, ...]:
    return tuple(Municipality.objects.filter(county_code=code).order_by("name"))


def municipalities(*, county_code: str) -> tuple[Municipality, ...]:
    """The county's municipalities by name."""
    return _county(county_code) or _county.__wrapped__(county_code)


def forget_municipalities() -> None:
    """After an import."""
    _county.cache_clear()
