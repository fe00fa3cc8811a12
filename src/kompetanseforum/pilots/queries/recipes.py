"""Reads: a pilot as a recipe, for another forum."""

from __future__ import annotations

from kompetanseforum.forum.models import Forum
from kompetanseforum.pilots.models import Pilot

FORMAT = "kompetanseforum-recipe/1"


def recipe_of(pilot: Pilot, *, forum: Forum) -> dict[str, object]:
    """How to do it, and what was learnt. No person and no organisation stands in it."""
    return {
        "format": FORMAT,
        "forum": f"{forum.name} {forum.region}",
        "title": pilot.title,
        "hypothesis": pilot.hypothesis,
        "smallest_test": pilot.smallest_test,
        "who": pilot.who,
        "stop_if": pilot.stop_if,
        "decision": pilot.decision,
        "learnings": [learning.words for learning in reversed(pilot.learnings.all())],
    }
