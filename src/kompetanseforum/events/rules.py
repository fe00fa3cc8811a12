"""Who may do what with a meeting."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.events.models import FollowUp, Meeting


def is_of_the_house(viewer: Viewer) -> bool:
    """Those who call meetings and lead them."""
    return viewer.is_a("coordinator") or viewer.is_a("facilitator")


@permission("events.see_meeting")
def may_see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Open to all; what in it is for the house is asked for one by one."""
    return True


@permission("events.call_meeting")
def may_call_meeting(viewer: Viewer, about: object) -> bool:
    return is_of_the_house(viewer)


@permission("events.change_meeting")
def may_change_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Its time and place, its minutes, who was there, what came up, and what was taken on."""
    return is_of_the_house(viewer)


@permission("events.be_there")
def may_be_there(viewer: Viewer, meeting: Meeting) -> bool:
    """Say of oneself that one was there; only people can."""
    return viewer.person is not None


@permission("events.do_follow_up")
def may_do_follow_up(viewer: Viewer, follow_up: FollowUp) -> bool:
    is_owner = viewer.person is not None and viewer.person.id == follow_up.owner.public_id
    return is_owner or is_of_the_house(viewer)


def may_read_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    return meeting.minutes_are_public or is_of_the_house(viewer)
