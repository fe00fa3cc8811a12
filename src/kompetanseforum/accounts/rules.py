"""Who may see and change what is a person's own."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission


@permission("accounts.manage_self")
def may_manage_self(viewer: Viewer, about: object) -> bool:
    """Whoever is signed in, for themselves; every view takes the person from the viewer, never from the address."""
    return viewer.person is not None
