"""Needs: the list, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from kompetanseforum.api.views.doors import asks
from kompetanseforum.api.views.shapes import (
    PROBLEMS,
    PROBLEMS_OF_ONE,
    Asked,
    MunicipalityCode,
    NeedInFull,
    NeedShape,
    OccupationGroup,
    Page,
    PageAsked,
    Slug,
    choice,
    paged,
    skill_named,
)
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Horizon, Level, Need, State, Voice
from kompetanseforum.needs.queries.search import Search, found_needs
from kompetanseforum.needs.queries.shown import ShownNeed, need_by_id, needs_with_voices, shown_need, shown_needs
from kompetanseforum.organisations.models import Sector

router = Router(tags=["needs"])


class NeedsAsked(PageAsked):
    q: str = Field("", max_length=200, description=_("Words to look for, all of them."))
    state: list[State] = Field([], description=_("How far it has come. Several: any of them."))
    horizon: list[Horizon] = Field([], description=_("When it is needed."))
    municipality: list[MunicipalityCode] = Field([], max_length=50, description=_("Municipality numbers."))
    sector: list[Sector] = Field([], description=_("Sectors of those who ask."))
    skill: list[Slug] = Field([], max_length=50, description=_("Ids of skills or occupations."))
    occupation_group: list[OccupationGroup] = Field([], max_length=50, description=_("First digits of STYRK-08 codes."))
    order: Literal["newest", "most", "waiting"] = Field(
        "newest", description=_("newest: newest first; most: most voices; waiting: by date of answer, open ones only.")
    )

    @property
    def search(self) -> Search:
        return Search(
            words=self.q.strip(),
            states=tuple(self.state),
            horizons=tuple(self.horizon),
            municipalities=tuple(self.municipality),
            sectors=tuple(self.sector),
            skills=tuple(self.skill),
            occupation_groups=tuple(self.occupation_group),
            order=self.order,
        )


@router.get("", response={200: Page[NeedShape], **PROBLEMS}, summary=_("Needs that have been voiced"))
@public
def needs(request: Request, asked: Query[NeedsAsked]) -> dict[str, object]:
    def shapes(rows: Sequence[Need]) -> list[dict[str, Any]]:
        found = shown_needs(needs_with_voices([need.pk for need in rows]), viewer=request.viewer)
        return [_shape(request, shown) for shown in found]

    return paged(request, asked, found_needs(asked.search, viewer=request.viewer), shapes)


def need_or_404(public_id: str) -> Need:
    """By its reference or the last part of it."""
    need = need_by_id(public_id.removeprefix("need:"))
    if need is None:
        raise Http404
    return need


@router.get(
    "/{public_id}",
    response={200: NeedInFull, 403: PROBLEMS[400], **PROBLEMS_OF_ONE},
    summary=_("One need, with what was said and answered"),
)
@asks("needs.see_need", of=need_or_404)
def need(request: Request, about: Need, asked: Query[Asked]) -> dict[str, object]:
    shown = shown_need(about, viewer=request.viewer)
    answers = about.answers.select_related("by")
    return _shape(request, shown) | {
        "spoken": [
            {
                "who": one.who,
                "words": "".join(text for text, _is_marked in one.segments) or None,
                "language": one.voice.language,
            }
            for one in shown.voices
        ],
        "answers": [
            {"at": one.at, "by": one.by.name, "words": one.words, "state": choice(State(one.state))} for one in answers
        ],
    }


# Any: pydantic checks each value against the shape.
def _shape(request: Request, shown: ShownNeed) -> dict[str, Any]:
    need, voices = shown.need, [one.voice for one in shown.voices]
    places = {place.code: place.name for voice in voices if (place := _place(voice))}
    sectors = {voice.organisation.sector for voice in voices if voice.organisation and voice.organisation.sector}
    return {
        "id": str(ref(need)),
        "url": request.build_absolute_uri(reverse("needs:need", kwargs={"public_id": need.public_id})),
        "words": "".join(text for text, _is_marked in shown.own_words) or None,
        "skills": [skill_named(one) | {"is_confirmed": one.is_confirmed} for one in shown.skills],
        "state": choice(State(need.state)),
        "horizon": choice(Horizon(need.horizon)),
        "level": choice(Level(need.level)) if need.level else None,
        "voices": shown.count,
        "people": shown.people,
        "municipalities": [{"code": code, "name": places[code]} for code in sorted(places)],
        "sectors": [choice(Sector(sector)) for sector in sorted(sectors)],
        "names": [
            one.voice.organisation.name for one in shown.voices if one.has_consented_to_name and one.voice.organisation
        ],
        "voiced_at": need.voiced_at,
        "changed_at": need.changed_at,
        "next_answer_on": need.next_answer_on,
        "answered_by": need.owner.name,
    }


def _place(voice: Voice) -> Any:
    """Where it is wanted, else where the workplace is: as the filter has it."""
    return voice.place or (voice.organisation.municipality if voice.organisation else None)
