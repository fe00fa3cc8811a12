"""Reads: the ranked gaps of a cut with their names, its sums, and how it divides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from kompetanse.gap import Dimension, Gap, Selection, Totals, Verdict
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.gapmap.models import DemandLine
from kompetanseforum.gapmap.queries.cut import Cut
from kompetanseforum.gapmap.queries.groups import group_names, groups_of_skills, slug_of
from kompetanseforum.gapmap.queries.kept import Kept, kept_map
from kompetanseforum.needs.models import Need, State, Voice
from kompetanseforum.skills.queries import labels_of

if TYPE_CHECKING:
    from kompetanse.gap import Balance

# Nobody heard from a place for so long is worth a word to somebody there.
SILENT_DAYS = 90
_NEWEST = 500


@dataclass(frozen=True, slots=True)
class NamedGap:
    """A gap by the name its reader knows. `language` is empty where that is the reader's own."""

    gap: Gap
    slug: str
    label: str
    language: str
    # Too few people to be told in numbers.
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A cut of the map: all its gaps, ranked, and its sums. Names are asked for where they are shown."""

    cut: Cut
    gaps: list[Gap]
    totals: Totals
    # People in each part, given the cut's other choices.
    people: dict[Dimension, dict[str, int]]
    concept_ids: dict[str, int]
    fresh_at: datetime | None

    @property
    def shown(self) -> list[Gap]:
        """Those of the verdict that is looked at."""
        verdict = self.cut.verdict
        return [gap for gap in self.gaps if gap.verdict == verdict] if verdict else self.gaps

    def of_verdict(self, verdict: Verdict) -> list[Gap]:
        return [gap for gap in self.gaps if gap.verdict == verdict]


def ranking(cut: Cut) -> Ranking:
    groups = groups_of_skills() if cut.by_group else None
    selection = cut.selection
    with kept_map() as kept:
        gaps = kept.answer(
            ("gaps", selection, id(groups) if groups else 0), lambda b, at: b.gaps(selection, at=at, groups=groups)
        )
        return Ranking(
            cut=cut,
            gaps=gaps,
            totals=kept.answer(("totals", selection), lambda b, at: b.totals(selection, at=at)),
            people={dimension: _people(kept, dimension, other) for dimension, other in _others(selection).items()},
            concept_ids=kept.concept_ids,
            fresh_at=kept.fresh_at,
        )


def _others(selection: Selection) -> dict[Dimension, Selection]:
    """The same selection without the choice in one dimension."""
    nothing: frozenset[str] = frozenset()
    return {
        "horizon": replace(selection, horizons=nothing),
        "sector": replace(selection, sectors=nothing),
        "municipality": replace(selection, municipalities=nothing),
        "occupation_group": replace(selection, occupation_groups=nothing),
    }


def _people(kept: Kept, dimension: Dimension, selection: Selection) -> dict[str, int]:
    def ask(balance: Balance, at: datetime) -> dict[str, int]:
        return balance.people_by(dimension, selection, at=at)

    return kept.answer((dimension, selection), ask)


def with_names(gaps: Sequence[Gap], found: Ranking) -> list[NamedGap]:
    """In that order; one query."""
    language = get_language() or "nb"
    if found.cut.by_group:
        names = group_names([gap.key for gap in gaps], language=language)
    else:
        ids = {gap.key: found.concept_ids[gap.key] for gap in gaps}
        labels = labels_of(ids.values(), language=language)
        names = {
            key: (label.text, label.language if label.is_foreign else "")
            for key, concept_id in ids.items()
            if (label := labels.get(concept_id))
        }
    rows = []
    for gap in gaps:
        slug = slug_of(gap.key)
        name, tongue = names.get(gap.key, (slug, ""))
        rows.append(NamedGap(gap=gap, slug=slug, label=name, language=tongue, is_hidden=found.cut.hides(gap.asked)))
    return rows


def skills_in_pilot(gaps: Sequence[Gap], found: Ranking) -> set[str]:
    """Keys of those that something is being tried for."""
    ids = [found.concept_ids[gap.key] for gap in gaps if gap.key in found.concept_ids]
    trying = Need.objects.filter(state=State.IN_PILOT, held_reason="").values("public_id")
    rows = DemandLine.objects.filter(until=None, skill__in=ids, need_id__in=trying)
    return set(rows.values_list("skill__uri", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, the people asked for there in the cut, and whether anybody there has spoken of late."""

    municipality: Municipality
    people: int
    is_silent: bool


def places(found: Ranking) -> list[Place]:
    """All municipalities of the forum, by name."""
    here = municipalities(county_code=this_forum().county_code)
    heard = _heard_of_late([place.code for place in here])
    return [
        Place(
            municipality=place,
            people=found.people["municipality"].get(place.code, 0),
            is_silent=place.code not in heard,
        )
        for place in here
    ]


def _heard_of_late(codes: Sequence[str]) -> set[str]:
    """Those of the municipalities from which a voice has come in the last days. The newest voices of all tell of most of them."""
    spoken = Voice.objects.filter(
        withdrawn_at=None, need__held_reason="", voiced_at__gte=clock.now() - timedelta(days=SILENT_DAYS)
    ).annotate(at=Coalesce("place__code", "organisation__municipality__code"))
    heard = set(spoken.order_by("-voiced_at").values_list("at", flat=True)[:_NEWEST])
    others = [code for code in codes if code not in heard]
    return heard.union(spoken.filter(at__in=others).values_list("at", flat=True).distinct()) if others else heard
