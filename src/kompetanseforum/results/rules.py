"""Who may do what with a result, what it takes to publish one, and how strong it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kompetanse.refs import Ref
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.organisations.rules import is_of_the_house
from kompetanseforum.results.models import Evidence, Result, Strength

# The link to confirm a result is good for so long.
LASTS = timedelta(days=30)
# A result may lie wholly outside the forum, but something in the forum was there first: one of these.
ORIGIN_KINDS = frozenset({"need", "voice", "idea", "note", "meeting", "minutes"})


def has_origin(came_from: Iterable[Ref]) -> bool:
    """Among all that a result came from, near and far, is something that began in the forum."""
    return any(one.kind in ORIGIN_KINDS for one in came_from)


def strength(*, yes: int, no: int, evidence: int, is_alternative_told: bool) -> Strength:
    """What the one who wrote it says alone is a claim. More takes somebody else who says yes; and to be documented,
    evidence that can be looked up and a word on what else may have led to it (Mayne 2019)."""
    if yes <= no:
        return Strength.CLAIMED
    return Strength.DOCUMENTED if evidence and is_alternative_told else Strength.CONFIRMED


def takes_part(viewer: Viewer) -> bool:
    return viewer.person is not None and (is_of_the_house(viewer) or viewer.is_a("participant"))


@permission("results.see_result")
def may_see_result(viewer: Viewer, result: Result) -> bool:
    """Open to all once it is published."""
    return result.published_at is not None or may_change_result(viewer, result)


@permission("results.see_evidence")
def may_see_evidence(viewer: Viewer, evidence: Evidence) -> bool:
    return may_see_result(viewer, evidence.result)


@permission("results.record_result")
def may_record_result(viewer: Viewer, about: object) -> bool:
    return takes_part(viewer)


@permission("results.change_result")
def may_change_result(viewer: Viewer, result: Result) -> bool:
    """Those who meet firms on the forum's behalf, and whoever wrote it."""
    if viewer.person is None:
        return False
    is_own = result.recorded_by is not None and result.recorded_by.public_id == viewer.person.id
    return is_own or viewer.is_a("coordinator") or viewer.is_a("facilitator")


@permission("results.publish_result")
def may_publish_result(viewer: Viewer, result: Result) -> bool:
    return viewer.is_a("coordinator")
