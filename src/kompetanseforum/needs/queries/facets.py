"""The filters beside the list of needs, each choice with how many it would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Count, F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanseforum.codes.queries import major_groups, municipalities
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.filters import Choice, Facet
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import capital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.models import Horizon, Need, State, Voice
from kompetanseforum.needs.queries.search import NAMES, PLACE, Search, filtered_needs
from kompetanseforum.needs.queries.shown import unlisted_needs
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.queries import Among, asked_by_group, most_asked, named_concepts

# The skills that most of the needs ask for; the others are found by the search.
_MOST_SKILLS = 10


def facets(search: Search, *, viewer: Viewer) -> list[Facet]:
    """Each group's choices with counts, given the filters of the other groups; everybody sees the same."""
    question = f"needs.facets:{get_language()}:{replace(search, order='newest').query}"
    return until_next_fact(question, lambda: _facets(search, viewer))


def _facets(search: Search, viewer: Viewer) -> list[Facet]:
    states = [(value, str(label)) for value, label in State.choices if value != State.WITHDRAWN]
    here = [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    return [
        _facet(search, "states", _("How far it has come"), states, _by_column(search, "states", "state", viewer)),
        _facet(search, "horizons", _("When"), Horizon.choices, _by_column(search, "horizons", "horizon", viewer)),
        _facet(search, "municipalities", _("Municipality"), here, _by_voice(search, "municipalities", viewer)),
        _facet(search, "sectors", _("Sector"), Sector.choices, _by_voice(search, "sectors", viewer)),
        _skill_facet(search, viewer),
        _facet(search, "occupation_groups", _("Occupations"), major_groups(), _by_group(search, viewer)),
    ]


def _facet(
    search: Search, own: str, label: str, choices: Sequence[tuple[str, object]], counts: dict[str, int]
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


def _others(search: Search, own: str, viewer: Viewer) -> QuerySet[Need]:
    """What the other groups' filters leave."""
    return filtered_needs(_with(search, own, ()), viewer=viewer).order_by()


def _filters_nothing(search: Search, own: str) -> bool:
    """Then the few that no list shows are left out, which is quicker than to find all the others."""
    left = _with(search, own, ())
    return not (left.words or left.filter_count)


def _among(search: Search, own: str, viewer: Viewer) -> Among:
    if _filters_nothing(search, own):
        return Among(unlisted_needs().values("public_id"), are_left_out=True)
    return Among(_others(search, own, viewer).values("public_id"))


def _by_column(search: Search, own: str, column: str, viewer: Viewer) -> dict[str, int]:
    return dict(_others(search, own, viewer).values_list(column).annotate(n=Count("pk")))


def _by_voice(search: Search, own: str, viewer: Viewer) -> dict[str, int]:
    column = PLACE if own == "municipalities" else F("organisation__sector")
    voices = Voice.objects.filter(withdrawn_at=None)
    if _filters_nothing(search, own):
        voices = voices.exclude(need__in=unlisted_needs().values("pk"))
    else:
        voices = voices.filter(need__in=_others(search, own, viewer))
    rows = voices.order_by().annotate(by=column).values_list("by").annotate(n=Count("need", distinct=True))
    return {value: n for value, n in rows if value}


def _by_group(search: Search, viewer: Viewer) -> dict[str, int]:
    return asked_by_group("need", _among(search, "occupation_groups", viewer))


def _skill_facet(search: Search, viewer: Viewer) -> Facet:
    counts = most_asked("need", _among(search, "skills", viewer), most=_MOST_SKILLS)
    slugs = list(dict.fromkeys([*counts, *search.skills]))
    choices = [(one.slug, capital(one.label)) for one in named_concepts(slugs, language=get_language() or "nb")]
    return _facet(search, "skills", _("Skill"), choices, counts)
