"""Who may do what with a challenge."""

from __future__ import annotations

from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.core.permissions import Viewer, permission


def is_of_the_house(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator") or viewer.is_a("facilitator")


@permission("challenges.see_challenge")
def may_see_challenge(viewer: Viewer, challenge: Challenge) -> bool:
    """Open to all; names only of those who have said yes."""
    return True


@permission("challenges.open_challenge")
def may_open_challenge(viewer: Viewer, about: object) -> bool:
    return is_of_the_house(viewer)


@permission("challenges.change_challenge")
def may_change_challenge(viewer: Viewer, about: object) -> bool:
    """Its words, what it gathers, its team, and that it is closed."""
    return is_of_the_house(viewer)


@permission("challenges.join_team")
def may_join_team(viewer: Viewer, challenge: Challenge) -> bool:
    """Only people can, and while it is open."""
    return viewer.person is not None and challenge.closed_at is None


def may_read_member_name(viewer: Viewer, member: TeamMember) -> bool:
    is_me = member.person is not None and viewer.person is not None and viewer.person.id == member.person.public_id
    return member.name_is_public or is_me or is_of_the_house(viewer)
