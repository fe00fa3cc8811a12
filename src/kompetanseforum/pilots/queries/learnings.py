"""Reads: what was learnt across all pilots, to be searched."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from kompetanse.trace import Relation
from kompetanseforum.briefs.models import BriefNeed
from kompetanseforum.codesign.models import Room
from kompetanseforum.pilots.models import Decision, Learning
from kompetanseforum.threads.models import Edge


def learnings_found(words: str, *, decision: str = "") -> QuerySet[Learning]:
    """Every word must stand in the learning or its pilot's title; the newest first."""
    found = Learning.objects.select_related("pilot__organisation")
    for word in words.casefold().split()[:8]:
        found = found.filter(Q(searchable__contains=word))
    return found.filter(pilot__decision=decision) if decision in Decision.values else found


def learnings_near(words: str, *, most: int = 3) -> list[Learning]:
    """What others have learnt about the same, for somebody who is about to try: any long word in common."""
    wanted = _near(words)
    return list(Learning.objects.filter(wanted).select_related("pilot")[:most]) if wanted else []


def _near(words: str) -> Q:
    wanted = Q()
    for word in {word.strip(".,!?«»()").casefold() for word in words.split()}:
        if len(word) >= 6:
            wanted |= Q(searchable__contains=word[:8])
    return wanted


def learnings_for(room: Room, *, most: int = 4) -> list[Learning]:
    """What those who rethink an offer should know: first of pilots that tested the offer or what its brief gathers, then
    of those that are about the same. What the room itself has tried stands there already. One question."""
    bundled = BriefNeed.objects.filter(brief=room.brief_id)
    about = Q(upstream_kind="need", upstream_id__in=bundled.values("need__public_id"))
    about |= Q(upstream_kind="need", upstream_id__in=bundled.values("need__merged_into__public_id"))
    if room.brief:
        about |= Q(upstream_kind="brief", upstream_id=room.brief.public_id)
    if room.offer:
        about |= Q(upstream_kind="offer", upstream_id=room.offer.public_id)
    tests = Edge.objects.filter(relation=Relation.TESTED_BY, downstream_kind="pilot", taken_back_at=None)
    is_straight = Q(pilot__public_id__in=tests.filter(about).values("downstream_id"))
    own = tests.filter(upstream_kind="room", upstream_id=room.public_id).values("downstream_id")
    found = Learning.objects.filter(is_straight | _near(room.title)).exclude(pilot__public_id__in=own)
    found = found.annotate(is_straight=ExpressionWrapper(is_straight, output_field=BooleanField()))
    return list(found.select_related("pilot").order_by("-is_straight", "-at", "pk")[:most])
