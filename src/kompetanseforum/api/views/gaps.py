"""The gap map as data: what is asked for beside what is taught, as far as it may be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field

from kompetanse.gap import Doubt, Gap, Verdict
from kompetanseforum.api.queries.told import is_listed, rank, tells_all, told
from kompetanseforum.api.views.shapes import (
    PROBLEMS,
    PROBLEMS_OF_ONE,
    Asked,
    MunicipalityCode,
    Page,
    PageAsked,
    paged,
)
from kompetanseforum.codes.models import MajorGroup
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.text import capital
from kompetanseforum.gapmap.queries.behind import gap_of
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from kompetanseforum.gapmap.queries.groups import is_trade
from kompetanseforum.gapmap.queries.ranking import NamedGap, ranking, with_names
from kompetanseforum.needs.models import Horizon
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.models import ConceptKind
from kompetanseforum.skills.queries import concept_by_slug

router = Router(tags=["gaps"])


class PartAsked(Asked):
    """One value of each: of overlapping parts one could be taken from the other (`queries.told`)."""

    horizon: Horizon | None = Field(None, description=_("When it is needed; left out: whenever."))
    municipality: MunicipalityCode | None = Field(None, description=_("One municipality number."))
    sector: Sector | None = Field(None, description=_("One sector."))
    occupation_group: MajorGroup | None = Field(None, description=_("First digit of a STYRK-08 code."))

    def cut(self, *, by_group: bool) -> Cut:
        return Cut(
            horizon=self.horizon or ALL_HORIZONS,
            municipalities=(self.municipality,) if self.municipality else (),
            sectors=(self.sector,) if self.sector else (),
            occupation_groups=(self.occupation_group,) if self.occupation_group else (),
            by_group=by_group,
        )


class GapsAsked(PartAsked, PageAsked):
    by: Literal["skill", "group"] = Field("skill", description=_("Ranked by skill, or by group of skills."))
    q: str = Field("", max_length=80, description=_("Only those whose name holds this."))


class GapShape(Schema):
    id: str
    uri: str
    label: str
    label_language: str
    url: str = Field(description=_("The page for people."))
    people: int | None = Field(
        description=_(
            "People asked for. In a part of the region: at least so many, in steps of five; null is not told."
        )
    )
    confirmed: int | None = Field(description=_("Of them, asked for by confirmed voices. Only for the whole region."))
    unconfirmed: int | None
    voices: int | None
    needs: int | None
    places: int = Field(description=_("Places a year that are taught."))
    offers: int
    offers_without_places: int = Field(description=_("Offers that do not say how many places they have."))
    unmet: int | None = Field(description=_("People asked for beyond the places; null where people is."))
    change_in_a_month: int | None
    verdict: Verdict | None
    doubts: list[Doubt]


@router.get("", response={200: Page[GapShape], **PROBLEMS}, summary=_("Unmet needs, widest first"))
@public
def gaps(request: Request, asked: Query[GapsAsked]) -> dict[str, object]:
    found = ranking(asked.cut(by_group=asked.by == "group"))
    listed = rank((gap for gap in found.gaps if is_listed(gap, found.cut)), found.cut)
    if not asked.q:
        return paged(request, asked, listed, lambda rows: _shapes(request, with_names(rows, found), found.cut))
    wanted = asked.q.strip().casefold()
    named = [row for row in with_names(listed, found) if wanted in row.label.casefold()]
    return paged(request, asked, named, lambda rows: _shapes(request, rows, found.cut))


@router.get("/{slug}", response={200: GapShape, **PROBLEMS_OF_ONE}, summary=_("One skill or group of skills"))
@public
def gap(request: Request, slug: str, asked: Query[PartAsked]) -> dict[str, object]:
    key, by_group = _key(slug)
    cut = asked.cut(by_group=by_group)
    found = gap_of(key, cut)
    if found is None or not is_listed(found, cut):
        raise Http404
    [row] = with_names([found], ranking(cut))
    return _shape(request, row, cut)


def _key(slug: str) -> tuple[str, bool]:
    """What the map calls it, and whether it is a group."""
    if is_trade(slug):
        return slug, True
    concept = concept_by_slug(slug)
    if concept is None or concept.kind not in (ConceptKind.SKILL, ConceptKind.SKILL_GROUP):
        raise Http404
    return concept.uri, concept.kind == ConceptKind.SKILL_GROUP


def _shapes(request: Request, rows: Sequence[NamedGap], cut: Cut) -> list[dict[str, Any]]:
    return [_shape(request, row, cut) for row in rows]


# Any: pydantic checks each value against the shape.
def _shape(request: Request, row: NamedGap, cut: Cut) -> dict[str, Any]:
    gap: Gap = row.gap
    figures = told(gap, cut)
    address = reverse("gapmap:skill", kwargs={"slug": row.slug}) + cut.part.query
    return {
        "id": row.slug,
        "uri": gap.key,
        "label": capital(row.label),
        "label_language": row.language or get_language() or "nb",
        "url": request.build_absolute_uri(address),
        "people": figures.people,
        "confirmed": figures.confirmed,
        "unconfirmed": figures.unconfirmed,
        "voices": figures.voices,
        "needs": figures.needs,
        "places": figures.places,
        "offers": figures.offers,
        "offers_without_places": figures.offers_without_places,
        "unmet": figures.unmet,
        "change_in_a_month": figures.change,
        "verdict": gap.verdict if tells_all(cut) else None,
        "doubts": gap.doubts if tells_all(cut) else (),
    }
