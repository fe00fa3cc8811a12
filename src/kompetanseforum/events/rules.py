"""Who may do what with a meeting."""

from __future__ import annotations

from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref
from kompetanseforum.events.models import FollowUp, Meeting, SignUp

# As for needs: a class or a fair may share one network.
MOST_SIGN_UPS = 40
MOST_SIGN_UPS_SECONDS = 600


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


def takes_sign_ups(meeting: Meeting) -> bool:
    """It is still to come."""
    return meeting.cancelled_at is None and meeting.starts_at >= clock.now()


@permission("events.sign_up")
def may_sign_up(viewer: Viewer, meeting: Meeting) -> bool:
    """Open to all. One that is over, cancelled or full says so in words, on the same page."""
    return True


@permission("events.see_sign_ups")
def may_see_sign_ups(viewer: Viewer, meeting: Meeting) -> bool:
    """Who will come, with names and addresses. Others are told how many."""
    return is_of_the_house(viewer)


@permission("events.count_sign_up")
def may_count_sign_up(viewer: Viewer, sign_up: SignUp) -> bool:
    """Say that they were there."""
    return is_of_the_house(viewer)


@permission("events.see_sign_up")
def may_see_sign_up(viewer: Viewer, sign_up: SignUp) -> bool:
    """The page behind a personal link."""
    return ref(sign_up) in viewer.holds or is_of_the_house(viewer)


@permission("events.change_sign_up")
def may_change_sign_up(viewer: Viewer, sign_up: SignUp) -> bool:
    """Until the meeting begins; signed off is final."""
    is_standing = sign_up.withdrawn_at is None and takes_sign_ups(sign_up.meeting)
    return is_standing and may_see_sign_up(viewer, sign_up)
