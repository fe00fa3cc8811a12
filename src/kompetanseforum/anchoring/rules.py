"""Who may do what with an anchoring: only those who speak for the organisation, or a coordinator in its place."""

from __future__ import annotations

from datetime import timedelta

from kompetanseforum.anchoring.models import Anchoring, InternalStep
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.organisations.rules import is_of_the_house, represents

# So long before it lapses the contact is reminded.
REMIND_BEFORE = timedelta(days=30)


def is_member(viewer: Viewer) -> bool:
    return viewer.person is not None and (is_of_the_house(viewer) or viewer.is_a("participant"))


def is_its_own(viewer: Viewer, anchoring: Anchoring) -> bool:
    return viewer.person is not None and represents(viewer, anchoring.organisation)


@permission("anchoring.see_anchoring")
def may_see_anchoring(viewer: Viewer, anchoring: Anchoring) -> bool:
    return anchoring.is_public or is_member(viewer) or is_its_own(viewer, anchoring)


@permission("anchoring.record_anchoring")
def may_record_anchoring(viewer: Viewer, about: object) -> bool:
    """To begin with: the form holds the organisations one speaks for, and for a coordinator all."""
    return viewer.person is not None


@permission("anchoring.change_anchoring")
def may_change_anchoring(viewer: Viewer, anchoring: Anchoring) -> bool:
    """Renew it, move it on, its internal steps, and the page for the leader."""
    if viewer.person is None:
        return False
    return viewer.is_a("coordinator") or is_its_own(viewer, anchoring)


@permission("anchoring.finish_step")
def may_finish_step(viewer: Viewer, step: InternalStep) -> bool:
    return may_change_anchoring(viewer, step.anchoring)
