"""Who may make a brief, see it, answer it, and put something in."""

from __future__ import annotations

from kompetanseforum.briefs.models import Brief, Pledge, Recipient, State
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.models import Representation
from kompetanseforum.organisations.rules import represents


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


@permission("briefs.see_brief")
def may_see_brief(viewer: Viewer, brief: Brief) -> bool:
    """Open to all once it is sent: what was asked is as public as what came of it."""
    return brief.state != State.DRAFT or is_coordinator(viewer)


@permission("briefs.make_brief")
def may_make_brief(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)


@permission("briefs.change_brief")
def may_change_brief(viewer: Viewer, brief: Brief) -> bool:
    """Until it is sent; what educators have read stands."""
    return is_coordinator(viewer) and brief.state == State.DRAFT


@permission("briefs.send_brief")
def may_send_brief(viewer: Viewer, brief: Brief) -> bool:
    """To more educators, and close it."""
    return is_coordinator(viewer) and brief.state == State.SENT


@permission("briefs.answer_brief")
def may_answer_brief(viewer: Viewer, recipient: Recipient) -> bool:
    """Who speaks for the educator, who came by its link, or a coordinator who writes down what they said."""
    if recipient.brief.state != State.SENT:
        return False
    return is_coordinator(viewer) or ref(recipient) in viewer.holds or represents(viewer, recipient.organisation)


@permission("briefs.pledge")
def may_pledge(viewer: Viewer, brief: Brief) -> bool:
    """Who speaks for an organisation, who was asked, and those who voiced the needs."""
    if brief.state != State.SENT:
        return False
    return is_coordinator(viewer) or speaks_for_somebody(viewer) or holds_a_part_of(viewer, brief)


@permission("briefs.withdraw_pledge")
def may_withdraw_pledge(viewer: Viewer, pledge: Pledge) -> bool:
    """Those who made it, and a coordinator."""
    is_own = bool(pledge.by) and pledge.by in {str(one) for one in (viewer.person, *viewer.holds) if one}
    return is_coordinator(viewer) or is_own or represents(viewer, pledge.organisation)


def speaks_for_somebody(viewer: Viewer) -> bool:
    if viewer.person is None:
        return False
    confirmed = Representation.objects.filter(ended_at=None, confirmed_at__isnull=False)
    return confirmed.filter(person__public_id=viewer.person.id).exists()


def holds_a_part_of(viewer: Viewer, brief: Brief) -> bool:
    """The device came by the link of a voice behind it, or of an educator that was asked."""
    held = [one.id for one in viewer.holds if one.kind == "voice"]
    asked = [one.id for one in viewer.holds if one.kind == "recipient"]
    return bool(
        (asked and brief.recipients.filter(public_id__in=asked).exists())
        or (held and brief.needs.filter(voices__public_id__in=held, voices__withdrawn_at=None).exists())
    )
