"""A pilot that another forum has tried, as a recipe: how to do it, and what was learnt there."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kompetanseforum.pilots.queries.recipes import FORMAT

MOST_BYTES = 200_000
_TEXTS = ("title", "hypothesis", "smallest_test", "who", "stop_if")


class BadRecipe(Exception):
    """The file is no recipe."""


@dataclass(frozen=True, slots=True)
class Recipe:
    title: str
    hypothesis: str
    smallest_test: str
    who: str
    stop_if: str
    forum: str
    decision: str
    learnings: tuple[str, ...]


def read_recipe(content: bytes) -> Recipe:
    """Raises BadRecipe for anything but a recipe that a forum has written."""
    if len(content) > MOST_BYTES:
        raise BadRecipe
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadRecipe from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadRecipe
    texts = {name: found.get(name) for name in (*_TEXTS, "forum", "decision")}
    learnings = found.get("learnings")
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(learnings, list):
        raise BadRecipe
    if not str(texts["title"]).strip() or not all(isinstance(words, str) for words in learnings):
        raise BadRecipe
    return Recipe(
        learnings=tuple(words.strip()[:500] for words in learnings[:50] if words.strip()),
        **{name: str(text).strip()[:2000] for name, text in texts.items()},
    )
