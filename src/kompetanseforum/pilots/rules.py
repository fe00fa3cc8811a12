"""Who may do what with a pilot. Pilots and learnings are open to all; the log is for those who are signed in."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.organisations.rules import is_of_the_house, represents
from kompetanseforum.pilots.models import Entry, Pilot


def takes_part(viewer: Viewer) -> bool:
    """Signed in, with a role in the forum that is more than a guest's, or of the house."""
    return viewer.person is not None and (is_of_the_house(viewer) or viewer.is_a("participant"))


@permission("pilots.see_pilot")
def may_see_pilot(viewer: Viewer, pilot: Pilot) -> bool:
    return True


@permission("pilots.start_pilot")
def may_start_pilot(viewer: Viewer, about: object) -> bool:
    return takes_part(viewer)


@permission("pilots.read_log")
def may_read_log(viewer: Viewer, pilot: Pilot) -> bool:
    """Half-thought things are safe to write down when not all the world reads them."""
    return takes_part(viewer) or is_its_own(viewer, pilot)


@permission("pilots.see_attached")
def may_see_attached(viewer: Viewer, entry: Entry) -> bool:
    return may_read_log(viewer, entry.pilot)


def is_its_own(viewer: Viewer, pilot: Pilot) -> bool:
    """The one who started it, or who speaks for where it is tried."""
    if viewer.person is None:
        return False
    is_owner = pilot.owner is not None and pilot.owner.public_id == viewer.person.id
    return is_owner or (pilot.organisation is not None and represents(viewer, pilot.organisation))


@permission("pilots.write_log")
def may_write_log(viewer: Viewer, pilot: Pilot) -> bool:
    return (viewer.person is not None and is_of_the_house(viewer)) or is_its_own(viewer, pilot)


@permission("pilots.decide_pilot")
def may_decide_pilot(viewer: Viewer, pilot: Pilot) -> bool:
    return (viewer.person is not None and viewer.is_a("coordinator")) or is_its_own(viewer, pilot)


def moves_needs(viewer: Viewer) -> bool:
    """A pilot that one of the house starts from a need moves it to "being tried", and those who asked are told."""
    return viewer.person is not None and is_of_the_house(viewer)
