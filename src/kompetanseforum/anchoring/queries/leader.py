"""Reads: one page for somebody's leader, made from the thread of what is to be anchored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.queries.shown import about_of, anchorings_of
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.needs.queries.shown import ShownNeed, needs_by_id, shown_needs
from kompetanseforum.needs.rules import may_see_need
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.pilots.queries.shown import pilots_with_ids
from kompetanseforum.threads.queries import edges_down, edges_up

MOST = 4


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """Why (what was asked for), what (what was tried and learnt), and who else."""

    needs: list[ShownNeed]
    pilots: list[Pilot]
    others: list[Anchoring]


def leader_page(anchoring: Anchoring) -> LeaderPage:
    """What anybody may read: it is printed and passed on, so it never holds more than the open pages do."""
    about = about_of(anchoring)
    near = _near(about) if about else []
    needs = [
        need
        for need in needs_by_id([one.id for one in near if one.kind == "need"]).values()
        if may_see_need(NOBODY, need)
    ]
    others = [one for one in (anchorings_of(about, viewer=NOBODY) if about else []) if one.pk != anchoring.pk]
    return LeaderPage(
        needs=shown_needs(needs[:MOST], viewer=NOBODY),
        pilots=pilots_with_ids([one.id for one in near if one.kind == "pilot"])[:MOST],
        others=others,
    )


def _near(about: Ref) -> Sequence[Ref]:
    """It, what it came from, and what it became."""
    edges = [*edges_up([about]), *edges_down([about])]
    ends = [end for edge in edges for end in (edge.upstream, edge.downstream)]
    return list(dict.fromkeys([about, *ends]))
