"""Word lists written as lines of words, so that a list of hundreds stays readable."""

from __future__ import annotations


def listed(text: str) -> tuple[str, ...]:
    """The words of a text, in its order."""
    return tuple(text.split())
