"""The coordinator's desk: who waits, what is held, and whom the forum has not heard."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kompetanseforum.anchoring.queries.shown import lapsing
from kompetanseforum.anchoring.views.rows import row_view
from kompetanseforum.core import clock
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import Viewer, may, requires
from kompetanseforum.home.queries.front import unheard
from kompetanseforum.ideas.queries import held_ideas
from kompetanseforum.needs.queries.alike import alike_to_each
from kompetanseforum.needs.queries.shown import (
    ShownNeed,
    held_needs,
    open_counts,
    open_needs_by_waiting,
    shown_needs,
)
from kompetanseforum.needs.views.rows import waited
from kompetanseforum.offers.queries.shown import held_offer_count

MOST_ON_DESK = 12
_LONGEST_LINE_DAYS = 90


@requires("forum.see_desk")
@require_safe
def desk(request: Request) -> HttpResponse:
    shown = shown_needs(open_needs_by_waiting(most=MOST_ON_DESK), viewer=request.viewer)
    counts = until_next_fact("needs.open_counts", open_counts)
    me = request.viewer.person
    same = until_next_fact(
        f"desk.same:{[each.public_id for each in shown]}", lambda: _titles_of_same(shown, request.viewer)
    )
    rows = [
        {
            "shown": each,
            "waited": waited(each),
            "is_mine": me is not None and each.need.owner.public_id == me.id,
            "same": title,
        }
        for each, title in zip(shown, same, strict=True)
    ]
    context = {
        "today": clock.today(),
        "rows": rows,
        "first": shown[0] if shown else None,
        "open_count": counts.open,
        "late_count": counts.late,
        # One who has waited very long must not make all other lines invisible.
        "longest": min(
            max((max(each.days_waited, each.days_promised * 3 // 2) for each in shown), default=0), _LONGEST_LINE_DAYS
        ),
        "held": shown_needs(held_needs(), viewer=request.viewer),
        "held_offers": held_offer_count(),
        "held_ideas": held_ideas().count(),
        "unheard": unheard(),
        "lapsing": [row_view(one) for one in lapsing(most=MOST_ON_DESK)],
        "ways": _ways(request.viewer),
    }
    return render(request, "home/desk.html", context)


def _titles_of_same(shown: Sequence[ShownNeed], viewer: Viewer) -> list[str]:
    """For each the one that it may be the same as, in words; coordinators read them all, in the words they were said in."""
    return [near[0].title if near else "" for near in alike_to_each(shown, viewer=viewer, most=1)]


def _ways(viewer: Viewer) -> list[tuple[str, str]]:
    """What is done now and then, from all capabilities."""
    doors = [door for capability in capabilities() for door in capability.desk]
    open_doors = [door for door in doors if not door.permission or may(viewer, door.permission)]
    return [(str(door.label), reverse(door.url_name)) for door in sorted(open_doors, key=lambda door: door.order)]
