"""Finding needs: words, filters with counts, and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core.filters import Choice, Facet
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.models import CLOSED_STATES, Horizon, Need, State, Voice
from kompetanseforum.needs.queries.shown import visible_needs
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.queries import named_concepts, wholes_asking, wholes_asking_group

ORDERS = ("newest", "most", "waiting")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; every field stands in the address, so a search can be kept and sent."""

    words: str = ""
    states: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    skill: str = ""
    occupation_group: str = ""
    order: str = "newest"

    @classmethod
    def from_query(cls, query: QueryDict) -> Search:
        """Unknown values are left out, so an old or mistyped address still finds something."""
        order = query.get("sorter", "newest")
        return cls(
            words=query.get("q", "").strip()[:200],
            states=_known(query.getlist("tilstand"), State.values),
            horizons=_known(query.getlist("nar"), Horizon.values),
            municipalities=tuple(code for code in query.getlist("kommune") if code.isdigit()),
            sectors=_known(query.getlist("sektor"), Sector.values),
            skill=query.get("kompetanse", "")[:60],
            occupation_group=group if (group := query.get("yrke", "")[:4]).isdigit() else "",
            order=order if order in ORDERS else "newest",
        )

    def pairs(self) -> list[tuple[str, str]]:
        many = {"tilstand": self.states, "nar": self.horizons, "kommune": self.municipalities, "sektor": self.sectors}
        one = {"q": self.words, "kompetanse": self.skill, "yrke": self.occupation_group}
        found = [(name, value) for name, values in many.items() for value in values]
        found += [(name, value) for name, value in one.items() if value]
        return found + ([("sorter", self.order)] if self.order != "newest" else [])

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    @property
    def has_filters(self) -> bool:
        return bool(self.without_order().pairs())

    @property
    def filter_count(self) -> int:
        return len(replace(self, words="", order="newest").pairs())

    def without_order(self) -> Search:
        return replace(self, order="newest")

    def orders(self) -> list[tuple[str, str, bool]]:
        """Label, query and whether it is the present one."""
        labels = {"newest": _("newest first"), "most": _("most voices"), "waiting": _("longest waiting")}
        return [(labels[order], replace(self, order=order).query, order == self.order) for order in ORDERS]


def _known(values: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value in allowed)


# One voice's municipality: where it is wanted, else where the organisation is.
_PLACE = Coalesce(F("place__code"), F("organisation__municipality__code"))


def found_needs(search: Search, *, viewer: Viewer) -> QuerySet[Need]:
    return _ordered(_filtered(search, viewer=viewer), search.order)


def _filtered(search: Search, *, viewer: Viewer) -> QuerySet[Need]:
    needs = visible_needs(viewer)
    for word in search.words.casefold().split():
        needs = needs.filter(searchable__contains=word)
    if search.states:
        needs = needs.filter(state__in=search.states)
    if search.horizons:
        needs = needs.filter(horizon__in=search.horizons)
    if search.municipalities:
        live = Voice.objects.filter(withdrawn_at=None).annotate(at=_PLACE)
        needs = needs.filter(pk__in=live.filter(at__in=search.municipalities).values("need"))
    if search.sectors:
        needs = needs.filter(
            pk__in=Voice.objects.filter(withdrawn_at=None, organisation__sector__in=search.sectors).values("need")
        )
    if search.skill:
        uris = [concept.uri for concept in named_concepts([search.skill], language="nb")]
        needs = needs.filter(public_id__in=wholes_asking("need", uris))
    if search.occupation_group:
        needs = needs.filter(public_id__in=wholes_asking_group("need", search.occupation_group))
    return needs


def _ordered(needs: QuerySet[Need], order: str) -> QuerySet[Need]:
    if order == "most":
        voices = Voice.objects.filter(need=OuterRef("pk"), withdrawn_at=None).order_by().values("need")
        return needs.annotate(
            count=Subquery(voices.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            people=Subquery(voices.annotate(n=Sum("people")).values("n"), output_field=IntegerField()),
        ).order_by(F("count").desc(nulls_last=True), F("people").desc(nulls_last=True), "-voiced_at")
    if order == "waiting":
        return needs.exclude(state__in=CLOSED_STATES).order_by("next_answer_on", "voiced_at")
    return needs.order_by("-voiced_at", "-pk")


def facets(search: Search, *, viewer: Viewer) -> list[Facet]:
    """Each group's choices with counts, given the filters of the other groups."""
    states = [(value, str(label)) for value, label in State.choices if value != State.WITHDRAWN]
    here = [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    return [
        _facet(
            search, "states", "tilstand", _("How far it has come"), states, _count_by(search, "states", "state", viewer)
        ),
        _facet(search, "horizons", "nar", _("When"), Horizon.choices, _count_by(search, "horizons", "horizon", viewer)),
        _facet(
            search,
            "municipalities",
            "kommune",
            _("Municipality"),
            here,
            _count_voices(search, "municipalities", viewer),
        ),
        _facet(search, "sectors", "sektor", _("Sector"), Sector.choices, _count_voices(search, "sectors", viewer)),
    ]


def _facet(
    search: Search, own: str, name: str, label: str, choices: Sequence[tuple[str, object]], counts: dict[str, int]
) -> Facet:
    chosen: tuple[str, ...] = getattr(search, own)
    return Facet(
        name=name,
        label=label,
        choices=[
            Choice(
                value=value,
                label=str(text),
                count=counts.get(value, 0),
                is_checked=value in chosen,
                query_without=_without(search, own, value).query,
            )
            for value, text in choices
            if counts.get(value) or value in chosen
        ],
    )


def _without(search: Search, own: str, value: str) -> Search:
    remaining = tuple(other for other in getattr(search, own) if other != value)
    return Search(**{f.name: getattr(search, f.name) for f in fields(search)} | {own: remaining})


def _others(search: Search, own: str, viewer: Viewer) -> QuerySet[Need]:
    return _filtered(Search(**{f.name: getattr(search, f.name) for f in fields(search)} | {own: ()}), viewer=viewer)


def _count_by(search: Search, own: str, column: str, viewer: Viewer) -> dict[str, int]:
    rows = _others(search, own, viewer).order_by().values_list(column).annotate(n=Count("pk"))
    return dict(rows)


def _count_voices(search: Search, own: str, viewer: Viewer) -> dict[str, int]:
    column = _PLACE if own == "municipalities" else F("organisation__sector")
    voices = Voice.objects.filter(Q(withdrawn_at=None), need__in=_others(search, own, viewer).order_by())
    rows = voices.order_by().annotate(by=column).values_list("by").annotate(n=Count("need", distinct=True))
    return {value: n for value, n in rows if value}
