"""Reads: what a need may be the same as, and the merges behind it."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import Merge, Need
from kompetanseforum.needs.queries.search import Search, found_needs
from kompetanseforum.needs.queries.shown import ShownNeed, needs_with_voices, shown_need, shown_needs, similar_needs

MOST_OFFERED = 10


def needs_like(need: Need, *, words: str, viewer: Viewer) -> list[ShownNeed]:
    """Those that the words find; without words the open ones that ask for the same skills, most in common first."""
    if words:
        ids = found_needs(Search(words=words), viewer=viewer).exclude(pk=need.pk).values_list("pk", flat=True)
        found = needs_with_voices(list(ids[:MOST_OFFERED]))
    else:
        skills = [skill.uri for skill in shown_need(need, viewer=viewer).skills]
        found = [one for one in similar_needs(skills, viewer=viewer, most=MOST_OFFERED + 1) if one.pk != need.pk]
    return shown_needs(found[:MOST_OFFERED], viewer=viewer)


def merge_by_id(public_id: str) -> Merge | None:
    return Merge.objects.select_related("kept", "merged").filter(public_id=public_id).first()


def merges_into(need: Need) -> list[Merge]:
    """Those that stand, oldest first; of a need of `need_by_id` only asked for where there are some."""
    if not getattr(need, "is_merged", True):
        return []
    return list(need.merges.filter(undone_at=None).select_related("merged"))
