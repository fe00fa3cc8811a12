"""Reads: what an address names as the origin of something new (`?fra=need:7h3k…`), as the one who asks may see it."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.permissions import Viewer


def origin_named(text: str, *, viewer: Viewer) -> Step | None:
    """None for what is no name, is not there, or is not open to this viewer; of a merged need, the one that stands."""
    try:
        origin = Ref.parse(text)
    except ValueError:
        return None
    return thread_steps(viewer, [origin]).get(origin)
