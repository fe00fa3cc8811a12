"""Reads: anchorings as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.anchoring.models import Anchoring, InternalStep, State
from kompetanseforum.anchoring.rules import REMIND_BEFORE, is_member
from kompetanseforum.core import clock
from kompetanseforum.core.counted import read_once
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import day
from kompetanseforum.organisations.queries import name_of, organisations_of
from kompetanseforum.threads.queries import in_thread, straight_down

# Shapes of `ui/state.html`, emptier for what has come less far.
_SHAPES = {
    State.AWARE: "heard",
    State.SUPPORTED: "in_dialogue",
    State.COMMITTED: "in_pilot",
    State.RESOURCED: "answered",
    State.IN_OPERATION: "met",
}


def _anchorings() -> QuerySet[Anchoring]:
    return Anchoring.objects.select_related("organisation__municipality", "recorded_by")


def anchoring_by_id(public_id: str) -> Anchoring | None:
    return _anchorings().filter(public_id=public_id).first()


def anchoring_by_sending_key(key: str) -> Anchoring | None:
    return Anchoring.objects.filter(sending_key=key).first()


def internal_step_by_id(public_id: str) -> InternalStep | None:
    return InternalStep.objects.select_related("anchoring__organisation").filter(public_id=public_id).first()


def seen_anchorings(viewer: Viewer) -> QuerySet[Anchoring]:
    """What everybody may see; for members all, for others besides what their own organisation has."""
    if is_member(viewer):
        return _anchorings()
    own = [organisation.pk for organisation in organisations_of(viewer.person)]
    return _anchorings().filter(Q(is_public=True) | Q(organisation__in=own))


def anchorings_of(about: Ref, *, viewer: Viewer) -> list[Anchoring]:
    """Read with the others of its thread, where each of them is tied to what it is about."""
    straight = set(straight_down(about, relation=Relation.ANCHORED_BY, kind="anchoring"))
    near = anchorings_with_ids(in_thread(about, kind="anchoring"), viewer=viewer) if straight else []
    found = [one for one in near if one.public_id in straight]
    found.sort(key=lambda one: (one.changed_at, one.pk), reverse=True)
    return sorted(found, key=lambda one: -list(_SHAPES).index(State(one.state)))


def anchorings_with_ids(ids: Sequence[str], *, viewer: Viewer) -> list[Anchoring]:
    def read(missing: Sequence[str]) -> dict[str, Anchoring]:
        return {one.public_id: one for one in seen_anchorings(viewer).filter(public_id__in=missing)}

    return list(read_once(("anchoring", viewer), ids, read).values())


def about_of(anchoring: Anchoring) -> Ref | None:
    return Ref(anchoring.about_kind, anchoring.about_id) if anchoring.about_kind else None


def lapsing(*, most: int) -> list[Anchoring]:
    """Those that lapse within a month or have lapsed in the last three, first the one that lapses first."""
    today = clock.today()
    near = _anchorings().filter(until__lte=today + REMIND_BEFORE, until__gte=today - 3 * REMIND_BEFORE)
    return list(near.order_by("until", "pk")[:most])


@dataclass(frozen=True, slots=True)
class Standing:
    """How far in: a shape of `ui/state.html`, a word, and until when."""

    shape: str
    word: str
    until: str
    is_lapsed: bool


def standing(anchoring: Anchoring) -> Standing:
    state = State(anchoring.state)
    is_lapsed = anchoring.until is not None and anchoring.until < clock.today()
    until = ""
    if anchoring.until is not None:
        words = _("Lapsed %(date)s") if is_lapsed else _("Until %(date)s")
        until = words % {"date": day(anchoring.until)}
    return Standing(_SHAPES[state], str(state.label), until, is_lapsed)


def next_until(anchoring: Anchoring) -> date:
    """A year on from where it would lapse, or from today when it has."""
    start = max(anchoring.until or clock.today(), clock.today())
    # The 29th of February has no twin the year after.
    return start.replace(year=start.year + 1, day=min(start.day, 28) if start.month == 2 else start.day)


def copy_about(person: Ref) -> Mapping[str, object]:
    """What a person has recorded, for their own copy."""
    recorded = Anchoring.objects.filter(recorded_by__public_id=person.id).select_related("organisation")
    return {
        "anchorings": [
            {"organisation": name_of(one.organisation), "what": one.what, "recorded_at": one.recorded_at.isoformat()}
            for one in recorded
        ]
    }
