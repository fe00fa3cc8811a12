"""Who may see who tied what, and take a tie back. What a thread shows is decided by the things in it."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission


@permission("threads.change_threads")
def may_change_threads(viewer: Viewer, about: object) -> bool:
    return viewer.is_a("coordinator")
