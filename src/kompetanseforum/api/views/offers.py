"""Offers: the list, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field

from kompetanseforum.api.views.doors import asks
from kompetanseforum.api.views.shapes import (
    PROBLEMS,
    PROBLEMS_OF_ONE,
    Asked,
    Choice,
    Language,
    LinkedSkillShape,
    MunicipalityCode,
    Page,
    PageAsked,
    Place,
    Problem,
    Slug,
    choice,
    paged,
    skill_named,
)
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import Delivery, Level, Offer, OfferKind
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.offers.queries.search import Search, find_offers
from kompetanseforum.offers.queries.shown import offer_by_id, with_parts
from kompetanseforum.offers.queries.teaching import TaughtSkill, skills_of

router = Router(tags=["offers"])


class OffersAsked(PageAsked):
    q: str = Field("", max_length=200, description=_("Words to look for, all of them."))
    skill: list[Slug] = Field([], max_length=20, description=_("Ids of skills or occupations."))
    level: list[Level] = []
    delivery: list[Delivery] = Field([], description=_("How it is taught."))
    municipality: list[MunicipalityCode] = Field([], max_length=20, description=_("Municipality numbers."))
    kind: list[OfferKind] = []
    language: list[Language] = Field([], description=_("Languages it is taught in."))
    with_expired: bool = Field(False, description=_("Programmes of expired curricula too."))
    order: Literal["start", "newest", "title"] = Field(
        "start", description=_("start: first to start; newest: last changed; title: by title.")
    )

    @property
    def search(self) -> Search:
        return Search(
            words=self.q.strip(),
            skills=tuple(self.skill),
            levels=tuple(self.level),
            deliveries=tuple(self.delivery),
            municipalities=tuple(self.municipality),
            kinds=tuple(self.kind),
            languages=tuple(self.language),
            with_expired=self.with_expired,
            order=self.order,
        )


class Outcome(Schema):
    text: str
    language: str
    code: str
    curriculum: str
    is_counted: bool


class OfferShape(Schema):
    id: str = Field(description=_("A stable reference, such as offer:7h3k2m9qxa."))
    url: str = Field(description=_("The page for people."))
    title: str
    kind: Choice
    provider: str
    language: str
    description: str
    level: Choice | None
    nkr_level: int | None
    municipality: Place | None
    delivery: list[Choice]
    credits: float | None
    weeks: int | None
    hours_per_week: int | None
    is_part_time: bool
    starts: list[date]
    places_per_year: int | None
    price_nok: int | None
    homepage: str
    skills: list[LinkedSkillShape]
    outcomes: list[Outcome]
    source: str
    fresh_on: date = Field(description=_("The day it was last known to be so."))
    is_counted: bool = Field(description=_("Counts as supply: not of an expired curriculum."))


@router.get("", response={200: Page[OfferShape], **PROBLEMS}, summary=_("Offers of education"))
@public
def offers(request: Request, asked: Query[OffersAsked]) -> dict[str, object]:
    def shapes(ids: Sequence[int]) -> list[dict[str, Any]]:
        found = with_parts().in_bulk(ids)
        skills = skills_of([offer.public_id for offer in found.values()])
        return [_shape(request, found[pk], skills.get(found[pk].public_id, ())) for pk in ids if pk in found]

    return paged(request, asked, find_offers(asked.search).ids, shapes)


def offer_or_404(public_id: str) -> Offer:
    """By its reference or the last part of it."""
    offer = offer_by_id(public_id.removeprefix("offer:"))
    if offer is None:
        raise Http404
    return offer


@router.get("/{public_id}", response={200: OfferShape, 403: Problem, **PROBLEMS_OF_ONE}, summary=_("One offer"))
@asks("offers.see_offer", of=offer_or_404)
def offer(request: Request, about: Offer, asked: Query[Asked]) -> dict[str, object]:
    return _shape(request, about, skills_of([about.public_id]).get(about.public_id, ()))


# Any: pydantic checks each value against the shape.
def _shape(request: Request, offer: Offer, skills: Sequence[TaughtSkill]) -> dict[str, Any]:
    content = content_of(offer)
    place = offer.municipality
    return {
        "id": str(ref(offer)),
        "url": request.build_absolute_uri(reverse("offers:offer", kwargs={"public_id": offer.public_id})),
        "title": content.title,
        "kind": choice(OfferKind(content.kind)),
        "provider": content.provider,
        "language": content.language,
        "description": content.description,
        "level": choice(Level(content.level)) if content.level else None,
        "nkr_level": content.nkr_level,
        "municipality": {"code": place.code, "name": place.name} if place else None,
        "delivery": [choice(Delivery(way)) for way in content.delivery],
        "credits": content.credits,
        "weeks": content.weeks,
        "hours_per_week": content.hours_per_week,
        "is_part_time": content.is_part_time,
        "starts": content.starts,
        "places_per_year": content.places_per_year,
        "price_nok": content.price_nok,
        "homepage": content.url,
        "skills": [skill_named(one) | {"is_confirmed": one.is_confirmed} for one in skills],
        "outcomes": content.outcomes,
        "source": offer.source,
        "fresh_on": timezone.localtime(offer.fresh_at).date(),
        "is_counted": offer.is_counted,
    }
