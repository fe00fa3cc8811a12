"""Needs that something may be tied to, found by words or the newest: for pages of others."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.queries.search import Search, found_needs
from kompetanseforum.needs.queries.shown import needs_with_voices, shown_needs
from kompetanseforum.needs.views.rows import OtherNeed, other_need

MOST_OFFERED = 10


def needs_found(words: str, *, url_name: str, public_id: str, viewer: Viewer) -> list[OtherNeed]:
    """`url_name` takes what is tied (`public_id`) and the need (`into`)."""
    ids = list(found_needs(Search(words=words), viewer=viewer).values_list("pk", flat=True)[:MOST_OFFERED])
    shown = shown_needs(needs_with_voices(ids), viewer=viewer)
    return [other_need(each, url_name=url_name, public_id=public_id) for each in shown]
