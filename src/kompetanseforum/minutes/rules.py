"""Who may see minutes: they hold names and words that nobody has said yes to showing."""

from kompetanseforum.core.permissions import Viewer, permission


@permission("minutes.read_minutes")
def may_read_minutes(viewer: Viewer, about: object) -> bool:
    """Bring in, read, decide and delete."""
    return viewer.is_a("coordinator")
