"""Minutes that stand on a meeting's page already."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.core.capability import text_place
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.minutes.imports.files import tidied


def standing_at(meeting: Ref, viewer: Viewer) -> str:
    """Empty where nothing stands, and for one who may not write there."""
    place = text_place(meeting.kind)
    return tidied((place.standing(viewer, meeting) if place else None) or "")
