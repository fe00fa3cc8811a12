"""The filters beside the list of needs, each choice with how many it would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanseforum.codes.queries import major_groups, municipalities
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.filters import Choice, Facet
from kompetanseforum.core.text import capital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.models import Horizon, State
from kompetanseforum.needs.queries.filing import choices_of, counted_under, tallied
from kompetanseforum.needs.queries.search import NAMES, Search, lists_of, newest_of, tallied_at_once
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.queries import named_concepts

# The skills that most of the needs ask for; the others are found by the search.
_MOST_SKILLS = 10


def facets(search: Search) -> list[Facet]:
    """Each group's choices with counts, given the filters of the other groups; everybody sees the same.

    Where more fit than a page looks through, the counts of skills and occupations, and of what a search finds, are of the
    newest of them. All others are of all.
    """
    question = f"needs.facets:{get_language()}:{replace(search, order='newest').query}"
    return until_next_fact(question, lambda: _facets(search))


def _facets(search: Search) -> list[Facet]:
    states = [(value, str(label)) for value, label in State.choices if value != State.WITHDRAWN]
    here = [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    few: dict[str, Sequence[tuple[str, object]]] = {
        "states": states,
        "horizons": Horizon.choices,
        "municipalities": here,
        "sectors": Sector.choices,
    }
    counts = _counts(search, few={own: [value for value, _label in choices] for own, choices in few.items()})
    return [
        _facet(search, "states", _("How far it has come"), states, counts["states"]),
        _facet(search, "horizons", _("When"), Horizon.choices, counts["horizons"]),
        _facet(search, "municipalities", _("Municipality"), here, counts["municipalities"]),
        _facet(search, "sectors", _("Sector"), Sector.choices, counts["sectors"]),
        _skill_facet(search, counts["skills"]),
        _facet(search, "occupation_groups", _("Occupations"), major_groups(), counts["occupation_groups"]),
    ]


def _counts(search: Search, *, few: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """Group → value → how many, given the filters of the other groups. `few`: the values of the small groups."""
    counted = _tallied(search, few) if search.is_narrowed else {}
    # Groups without a filter of their own are counted together.
    free = [own for own in NAMES if own not in counted and not getattr(search, own)]
    counted |= dict.fromkeys(free, _under(search, free))
    counted |= {own: _under(_with(search, own, ()), [own]) for own in NAMES if own not in counted}
    return {
        own: {under.partition(":")[2]: count for under, count in counted[own].items() if under.startswith(f"{name}:")}
        for own, name in NAMES.items()
    }


def _tallied(search: Search, few: Mapping[str, Sequence[str]]) -> dict[str, Counter[str]]:
    """Of the small groups, what is kept: each choice together with what is on in the other groups."""
    lists = {
        choice: keys
        for own, values in few.items()
        for choice in choices_of(NAMES[own], values)
        if (keys := lists_of(search, but=own, values=(choice.partition(":")[2],))) is not None
    }
    counts = tallied_at_once(sorted({key for keys in lists.values() for key in keys}))
    found: dict[str, Counter[str]] = {}
    for own in few:
        mine = {choice: keys for choice, keys in lists.items() if choice.startswith(f"{NAMES[own]}:")}
        if mine:
            found[own] = Counter({choice: sum(counts[key] for key in keys) for choice, keys in mine.items()})
    return found


def _under(search: Search, groups: Sequence[str]) -> Counter[str]:
    among = newest_of(search)
    if among.is_cut and not search.is_narrowed:
        return tallied()
    names = [NAMES[own] for own in groups]
    return counted_under(among.ids, names=names if len(names) < len(NAMES) else ()) if names else Counter()


def _facet(
    search: Search, own: str, label: str, choices: Sequence[tuple[str, object]], counts: Mapping[str, int]
) -> Facet:
    chosen: tuple[str, ...] = getattr(search, own)
    return Facet(
        name=NAMES[own],
        label=label,
        choices=[
            Choice(
                value=value,
                label=str(text),
                count=counts.get(value, 0),
                is_checked=value in chosen,
                query_without=_with(search, own, tuple(other for other in chosen if other != value)).query,
            )
            for value, text in choices
            if counts.get(value) or value in chosen
        ],
    )


def _with(search: Search, own: str, values: tuple[str, ...]) -> Search:
    return replace(search, **{own: values})  # type: ignore[arg-type]  # every field named in NAMES is a tuple of texts


def _skill_facet(search: Search, counts: Mapping[str, int]) -> Facet:
    most = sorted(counts, key=lambda slug: (-counts[slug], slug))[:_MOST_SKILLS]
    slugs = list(dict.fromkeys([*most, *search.skills]))
    choices = [(one.slug, capital(one.label)) for one in named_concepts(slugs, language=get_language() or "nb")]
    return _facet(search, "skills", _("Skill"), choices, counts)
