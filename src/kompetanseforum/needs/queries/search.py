"""Finding needs: words, filters and orders. The counts beside the filters are made in `facets`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from urllib.parse import urlencode

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _

from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.text_index import has_words, having_words
from kompetanseforum.needs.models import CLOSED_STATES, Horizon, Need, State, Voice
from kompetanseforum.needs.queries.filing import ALL, PLACE, at_once, choices_of, tallied, tallied_together
from kompetanseforum.needs.queries.newest import Newest, newest
from kompetanseforum.needs.queries.shown import visible_needs
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.queries import named_concepts, wholes_asking, wholes_asking_group

ORDERS = ("newest", "most", "waiting")
# The fields that hold choices, and what each is called in the address.
NAMES = {
    "states": "tilstand",
    "horizons": "nar",
    "municipalities": "kommune",
    "sectors": "sektor",
    "occupation_groups": "yrke",
    "skills": "kompetanse",
}
# An address with more values than this was not made by a person.
_MOST_OF_ONE = 50


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; every field stands in the address, so a search can be kept and sent."""

    words: str = ""
    states: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    # Slugs of concepts; the first digits of STYRK-08 codes.
    skills: tuple[str, ...] = ()
    occupation_groups: tuple[str, ...] = ()
    order: str = "newest"

    @classmethod
    def from_query(cls, query: QueryDict) -> Search:
        """Unknown values are left out, so an old or mistyped address still finds something."""
        words = query.get("q", "").strip()[:200]
        order = query.get("sorter", "newest")
        return cls(
            words=words if has_words(words) else "",
            states=_known(query.getlist("tilstand"), State.values),
            horizons=_known(query.getlist("nar"), Horizon.values),
            municipalities=tuple(code for code in query.getlist("kommune") if code.isdigit())[:_MOST_OF_ONE],
            sectors=_known(query.getlist("sektor"), Sector.values),
            skills=tuple(slug[:60] for slug in query.getlist("kompetanse") if slug)[:_MOST_OF_ONE],
            occupation_groups=tuple(code[:4] for code in query.getlist("yrke") if code.isdigit())[:_MOST_OF_ONE],
            order=order if order in ORDERS else "newest",
        )

    def pairs(self) -> list[tuple[str, str]]:
        found = [(name, value) for own, name in NAMES.items() for value in getattr(self, own)]
        found += [("q", self.words)] if self.words else []
        return found + ([("sorter", self.order)] if self.order != "newest" else [])

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    def groups(self) -> list[list[str]]:
        """The choices of each group that is filtered by; one of each group is enough."""
        return [choices_of(name, getattr(self, own)) for own, name in NAMES.items() if getattr(self, own)]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.filter_count)

    @property
    def filter_count(self) -> int:
        return len(replace(self, words="", order="newest").pairs())

    def orders(self) -> list[tuple[str, str, bool]]:
        """Label, query and whether it is the present one."""
        labels = {"newest": _("newest first"), "most": _("most voices"), "waiting": _("date of answer")}
        return [(labels[order], replace(self, order=order).query, order == self.order) for order in ORDERS]


def _known(values: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value in allowed)


@dataclass(frozen=True, slots=True)
class Found:
    """What a page shows: in order, and how many there are. `is_cut`: only the newest were looked through, and counted."""

    needs: QuerySet[Need]
    count: int
    is_cut: bool


def find_needs(search: Search) -> Found:
    """For a page: the same time however many there are. Everything that fits, for a file or a program: found_needs."""
    among = newest_of(search)
    if among.is_cut and not search.is_narrowed and search.order != "most":
        # All of them stand in the order of an index.
        needs = _ordered(visible_needs(NOBODY), search.order)
        counts = tallied()
        closed = sum(counts[f"tilstand:{state}"] for state in CLOSED_STATES) if search.order == "waiting" else 0
        return Found(needs, count=counts[ALL] - closed, is_cut=False)
    needs = _ordered(Need.objects.filter(pk__in=among.ids), search.order)
    if among.is_cut and search.order == "newest" and (how_many := count_of(search)) is not None:
        # The newest are leafed through; how many there are in all is known.
        return Found(needs, count=how_many, is_cut=False)
    count = needs.count() if search.order == "waiting" else len(among.ids)
    return Found(needs, count=count, is_cut=among.is_cut)


def newest_of(search: Search) -> Newest:
    """Those that fit, or the newest of them."""
    return newest(search.groups(), words=search.words)


def count_of(search: Search) -> int | None:
    """How many fit, as it was kept while they were written; None where that is not kept."""
    keys = lists_of(search)
    return None if keys is None else tallied_at_once(keys).total()


# Several choices in each of several groups make many lists; a page does not add them all up.
_MOST_LISTS = 400


def lists_of(search: Search, *, but: str = "", values: Sequence[str] = ()) -> list[str] | None:
    """What the needs that fit stand under, each in one of these alone: of the small groups, with `values` in place of
    what is chosen in the group `but`. None where there is no such list.
    """
    if search.words or search.skills or search.occupation_groups:
        return None
    chosen = {own: tuple(values) if own == but else getattr(search, own) for own in NAMES}
    # A need has voices in several places and sectors, and would count once for each.
    if any(len(chosen[own]) > 1 for own in ("municipalities", "sectors") if own != but):
        return None
    groups = [choices_of(NAMES[own], some) for own, some in chosen.items() if some]
    if not groups or prod(map(len, groups)) > _MOST_LISTS:
        return None
    return [at_once(some) for some in product(*groups)]


def tallied_at_once(keys: Sequence[str]) -> Counter[str]:
    """How many stand under each, be it one choice or several at once."""
    several = [key for key in keys if " " in key]
    counts = tallied([key for key in keys if " " not in key]) if len(several) < len(keys) else Counter[str]()
    return counts + tallied_together(several) if several else counts


def found_needs(search: Search, *, viewer: Viewer) -> QuerySet[Need]:
    return _ordered(filtered_needs(search, viewer=viewer), search.order)


def filtered_needs(search: Search, *, viewer: Viewer) -> QuerySet[Need]:
    needs = visible_needs(viewer)
    needs = having_words(needs, search.words)
    if search.states:
        needs = needs.filter(state__in=search.states)
    if search.horizons:
        needs = needs.filter(horizon__in=search.horizons)
    if search.municipalities:
        live = Voice.objects.filter(withdrawn_at=None).annotate(at=PLACE)
        needs = needs.filter(pk__in=live.filter(at__in=search.municipalities).values("need"))
    if search.sectors:
        needs = needs.filter(
            pk__in=Voice.objects.filter(withdrawn_at=None, organisation__sector__in=search.sectors).values("need")
        )
    if search.skills:
        uris = [concept.uri for concept in named_concepts(search.skills, language="nb")]
        needs = needs.filter(public_id__in=wholes_asking("need", uris))
    if search.occupation_groups:
        in_groups = Q()
        for code in search.occupation_groups:
            in_groups |= Q(public_id__in=wholes_asking_group("need", code))
        needs = needs.filter(in_groups)
    return needs


def _ordered(needs: QuerySet[Need], order: str) -> QuerySet[Need]:
    if order == "most":
        voices = Voice.objects.filter(need=OuterRef("pk"), withdrawn_at=None, repeats=None).order_by().values("need")
        return needs.annotate(
            count=Subquery(voices.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            people=Subquery(voices.annotate(n=Sum("people")).values("n"), output_field=IntegerField()),
        ).order_by(F("count").desc(nulls_last=True), F("people").desc(nulls_last=True), "-voiced_at")
    if order == "waiting":
        return needs.exclude(state__in=CLOSED_STATES).order_by("next_answer_on", "voiced_at")
    return needs.order_by("-voiced_at", "-pk")
