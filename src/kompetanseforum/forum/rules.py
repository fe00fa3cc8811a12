"""Who may do what with the forum itself."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


@permission("forum.see_desk")
def may_see_desk(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)


@permission("forum.change_forum")
def may_change_forum(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)


@permission("forum.manage_members")
def may_manage_members(viewer: Viewer, about: object) -> bool:
    """See who is here, give and take roles, invite, and say who is on duty."""
    return is_coordinator(viewer)


@permission("forum.change_cycles")
def may_change_cycles(viewer: Viewer, about: object) -> bool:
    """Start a period, say what comes first in it, and end it."""
    return is_coordinator(viewer)
