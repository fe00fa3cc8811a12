"""Who may bring in data from files."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission


@permission("intake.bring_in")
def may_bring_in(viewer: Viewer, about: object) -> bool:
    """Those who run the forum: what comes in speaks in others' names."""
    return viewer.is_a("coordinator") or viewer.is_a("facilitator")
