"""Reads: for whom a room may be opened, and about which offers."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.briefs.models import Brief, Kind
from kompetanseforum.briefs.queries.shown import last_answer
from kompetanseforum.briefs.rules import may_see_brief
from kompetanseforum.codesign.rules import is_coordinator
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation, Sector
from kompetanseforum.organisations.queries import organisations_of

MOST_OFFERS = 300


def brief_for(brief: Brief | None, *, viewer: Viewer) -> Brief | None:
    return brief if brief is not None and may_see_brief(viewer, brief) else None


def educators_for(viewer: Viewer, brief: Brief | None) -> list[Organisation]:
    """A coordinator may open for any, those who said yes to the brief first; others for those they speak for."""
    if not is_coordinator(viewer):
        return [one for one in organisations_of(viewer.person) if one.sector == Sector.EDUCATION]
    rows = list(Organisation.objects.filter(sector=Sector.EDUCATION).exclude(name="").order_by("name"))
    willing = _willing(brief) if brief else set()
    return sorted(rows, key=lambda one: (one.pk not in willing, one.name))


def _willing(brief: Brief) -> set[int]:
    answered = {one.organisation_id: last_answer(one) for one in brief.recipients.all()}
    return {pk for pk, answer in answered.items() if answer and answer.kind in (Kind.ACCEPT, Kind.ADAPT)}


def offers_for(educators: Sequence[Organisation]) -> list[Offer]:
    """What they give now."""
    rows = Offer.objects.filter(provider__in=educators, held_reason="", ended_at=None).select_related("provider")
    return list(rows.order_by("title", "pk")[:MOST_OFFERS])
