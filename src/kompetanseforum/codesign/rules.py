"""Who may open a room, come in, speak there, and decide."""

from __future__ import annotations

from django.db.models import Q

from kompetanseforum.briefs.rules import holds_a_part_of
from kompetanseforum.codesign.models import Change, Comment, Participant, Room, Stage
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.organisations.models import Representation, Sector
from kompetanseforum.organisations.rules import represents

# The sides that should all be there when an offer is rethought.
SIDES = (Sector.BUSINESS, Sector.EDUCATION, Sector.STUDENT, Sector.SOCIAL_PARTNER)
# What all agree on takes more than one side.
LEAST_SIDES = 2


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


def participant_in(viewer: Viewer, room: Room) -> Participant | None:
    """Who the viewer is in the room; None for those who only look in."""
    held = [one.id for one in viewer.holds if one.kind == "participant"]
    if not held and viewer.person is None:
        return None
    is_them = Q(public_id__in=held)
    if viewer.person:
        is_them |= Q(person__public_id=viewer.person.id)
    return Participant.objects.select_related("organisation").filter(is_them, room=room, left_at=None).first()


def speaks_for_an_educator(viewer: Viewer) -> bool:
    if viewer.person is None:
        return False
    rows = Representation.objects.filter(person__public_id=viewer.person.id, ended_at=None, confirmed_at__isnull=False)
    return rows.filter(organisation__sector=Sector.EDUCATION).exists()


@permission("codesign.see_room")
def may_see_room(viewer: Viewer, room: Room) -> bool:
    """Open to all; who is there is told by name only inside."""
    return True


@permission("codesign.see_change")
def may_see_change(viewer: Viewer, change: Change) -> bool:
    return change.removed_at is None or is_coordinator(viewer)


@permission("codesign.open_room")
def may_open_room(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer) or speaks_for_an_educator(viewer)


@permission("codesign.join_room")
def may_join_room(viewer: Viewer, room: Room) -> bool:
    """Anybody signed in, and those who voiced the needs behind it. Guests come by the room's link."""
    return viewer.person is not None or (room.brief is not None and holds_a_part_of(viewer, room.brief))


@permission("codesign.speak")
def may_speak(viewer: Viewer, room: Room) -> bool:
    """Those who are in the room."""
    return participant_in(viewer, room) is not None


@permission("codesign.speak_of_change")
def may_speak_of_change(viewer: Viewer, change: Change) -> bool:
    """What is in the offer already is no longer a proposal."""
    return change.removed_at is None and change.taken_at is None and may_speak(viewer, change.room)


@permission("codesign.remove_change")
def may_remove_change(viewer: Viewer, change: Change) -> bool:
    """Who proposed it, and a coordinator; not what is in the offer."""
    if change.taken_at is not None or change.removed_at is not None:
        return False
    return is_coordinator(viewer) or _is(viewer, change.room, change.by)


@permission("codesign.remove_comment")
def may_remove_comment(viewer: Viewer, comment: Comment) -> bool:
    return is_coordinator(viewer) or _is(viewer, comment.change.room, comment.participant)


@permission("codesign.invite")
def may_invite(viewer: Viewer, room: Room) -> bool:
    """Those who are there pass its link on, and a coordinator."""
    return is_coordinator(viewer) or may_speak(viewer, room)


@permission("codesign.leave_room")
def may_leave_room(viewer: Viewer, room: Room) -> bool:
    return may_speak(viewer, room)


@permission("codesign.send_changes")
def may_send_changes(viewer: Viewer, room: Room) -> bool:
    return is_coordinator(viewer) or may_speak(viewer, room)


@permission("codesign.decide")
def may_decide(viewer: Viewer, room: Room) -> bool:
    """Who speaks for the educator, once there is something to decide; a coordinator writes down what they decided."""
    return room.stage == Stage.SENT and (is_coordinator(viewer) or represents(viewer, room.educator))


def _is(viewer: Viewer, room: Room, participant: Participant | None) -> bool:
    own = participant_in(viewer, room)
    return own is not None and participant is not None and own.pk == participant.pk
