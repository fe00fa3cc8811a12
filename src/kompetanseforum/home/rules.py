"""Who may see the log."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.forum.rules import is_coordinator


@permission("home.see_log")
def may_see_log(viewer: Viewer, about: object) -> bool:
    """It tells who did what over the whole forum; those who answer for it see it, and nobody else."""
    return is_coordinator(viewer)
