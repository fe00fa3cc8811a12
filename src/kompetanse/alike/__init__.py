"""How alike two needs are."""

from kompetanse.alike.likeness import SUGGESTED_FROM, Asked, Likeness, asked, asked_of_links, likeness

__all__ = ["SUGGESTED_FROM", "Asked", "Likeness", "asked", "asked_of_links", "likeness"]
