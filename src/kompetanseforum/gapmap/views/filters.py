"""The map's filters and toggles, each a choice that stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kompetanse.gap import Dimension
from kompetanseforum.codes.queries import major_groups, municipalities
from kompetanseforum.core.filters import Active, Choice, Facet
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut, few
from kompetanseforum.gapmap.queries.ranking import Ranking
from kompetanseforum.gapmap.views.rows import shown_words
from kompetanseforum.needs.models import Horizon
from kompetanseforum.organisations.models import Sector

Toggle = list[tuple[str, str, bool]]


def horizons(cut: Cut) -> Toggle:
    """Label, address and whether it is the present one."""
    here = reverse("gapmap:map")
    choices = [*((value, str(label)) for value, label in Horizon.choices), (ALL_HORIZONS, pgettext("horizon", "All"))]
    return [(label, here + replace(cut, horizon=value).query, cut.horizon == value) for value, label in choices]


def groupings(cut: Cut) -> Toggle:
    here = reverse("gapmap:map")
    choices = [(False, pgettext("ranked by", "Skill")), (True, pgettext("ranked by", "Field"))]
    return [
        (label, here + replace(cut, by_group=by_group, shown="").query, cut.by_group == by_group)
        for by_group, label in choices
    ]


def facets(found: Ranking) -> list[Facet]:
    cut = found.cut
    here = [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    sectors = [(value, str(label)) for value, label in Sector.choices]
    groups: list[tuple[Dimension, str, str, list[tuple[str, str]], tuple[str, ...]]] = [
        ("municipality", "kommune", _("Municipality"), here, cut.municipalities),
        ("sector", "sektor", _("Sector"), sectors, cut.sectors),
        ("occupation_group", "yrke", _("Occupations"), major_groups(), cut.occupation_groups),
    ]
    made = [
        Facet(name=name, label=label, choices=_choices(found, dimension, choices, chosen))
        for dimension, name, label, choices, chosen in groups
    ]
    return [facet for facet in made if facet.choices]


def _choices(
    found: Ranking, dimension: Dimension, choices: Sequence[tuple[str, str]], chosen: tuple[str, ...]
) -> list[Choice]:
    people: dict[str, int] = {}
    for code, number in found.people[dimension].items():
        # Occupations stand by their first digit.
        key = code[:1] if dimension == "occupation_group" else code
        people[key] = people.get(key, 0) + number
    return [
        Choice(value=value, label=label, count=few(people.get(value, 0)), is_checked=value in chosen)
        for value, label in choices
        if people.get(value) or value in chosen
    ]


def active(cut: Cut, groups: Sequence[Facet]) -> list[Active]:
    here = reverse("gapmap:map")
    fields = {"kommune": "municipalities", "sektor": "sectors", "yrke": "occupation_groups"}
    on = []
    for facet in groups:
        chosen: tuple[str, ...] = getattr(cut, fields[facet.name])
        for choice in facet.choices:
            if choice.is_checked:
                remaining = tuple(value for value in chosen if value != choice.value)
                without = replace(cut, **{fields[facet.name]: remaining})  # type: ignore[arg-type]
                on.append(Active(label=choice.label, url=here + without.query))
    if cut.by_group:
        on.append(Active(label=_("By group of skills"), url=here + replace(cut, by_group=False).query))
    if cut.shown:
        on.append(Active(label=shown_words(cut), url=here + replace(cut, shown="").query))
    return on
