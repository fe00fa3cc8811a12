"""Who may do what with organisations and with the register."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission


@permission("organisations.import_register")
def may_import_register(viewer: Viewer, about: object) -> bool:
    return viewer.is_a("coordinator")
