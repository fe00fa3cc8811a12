"""Who may see and change what is a person's own."""

from __future__ import annotations

from kompetanseforum.accounts.models import Passkey
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref


@permission("accounts.manage_self")
def may_manage_self(viewer: Viewer, about: object) -> bool:
    """Whoever is signed in, for themselves; every view takes the person from the viewer, never from the address."""
    return viewer.person is not None


@permission("accounts.change_passkey")
def may_change_passkey(viewer: Viewer, passkey: Passkey) -> bool:
    """Its owner alone; no coordinator takes it away, nor another person."""
    return viewer.person == ref(passkey.person)
