"""Reads: what statistics say beside the voices. Kept per occupation: never summed over skills, nor with voices."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils.translation import get_language

from kompetanse.esco import is_styrk, styrk_to_isco
from kompetanseforum.core.text import uncapital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.models import Shortage
from kompetanseforum.skills.models import Concept, ConceptKind, OccupationSkill
from kompetanseforum.skills.queries import NamedConcept, named

_MOST_SKILLS = 4
_MOST_RANKED = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """The newest statistics in a sentence."""

    source: str
    year: int
    county: str
    people: int
    occupations: int
    # The occupation that lacks most.
    name: str
    lacking: int


@dataclass(frozen=True, slots=True)
class AskedOccupation:
    """An occupation that statistics ask for, and what is essential in it. Not mapped: no occupation of ESCO's is its."""

    code: str
    name: str
    people: int
    is_mapped: bool
    skills: list[NamedConcept]


@dataclass(frozen=True, slots=True)
class EssentialSkill:
    """A skill, and in how many of the occupations asked for it is essential."""

    concept: NamedConcept
    occupations: int


@dataclass(frozen=True, slots=True)
class Statistics:
    estimate: Estimate
    occupations: list[AskedOccupation]
    skills: list[EssentialSkill]
    mapped: int


def newest_shortages() -> list[Shortage]:
    """Most people first; those of the forum's own county where they are there."""
    rows = Shortage.objects.all()
    newest = rows.filter(year=rows.aggregate(year=Max("year"))["year"])
    found = list(newest)
    own = [row for row in found if _plain(row.county) == _plain(this_forum().region)]
    return own or found


def _plain(name: str) -> str:
    """NAV's columns are named without Norwegian letters."""
    return name.casefold().translate(str.maketrans("øåæ", "oaa"))


def estimate_of(rows: list[Shortage]) -> Estimate | None:
    asked = [row for row in rows if row.people]
    if not asked:
        return None
    region = this_forum().region
    return Estimate(
        source=asked[0].source,
        year=asked[0].year,
        county=region if _plain(region) == _plain(asked[0].county) else asked[0].county,
        people=sum(row.people for row in asked),
        occupations=len(rows),
        name=uncapital(asked[0].occupation_name),
        lacking=asked[0].people,
    )


def statistics() -> Statistics | None:
    """Every occupation in the newest statistics; None where there are none."""
    rows = newest_shortages()
    estimate = estimate_of(rows)
    if estimate is None:
        return None
    groups = {row.occupation_code: _isco_groups(row.occupation_code) for row in rows}
    essential = _essential_skills({group for found in groups.values() for group in found})
    skills_of = {
        code: set().union(*(essential[group] for group in found if group in essential))
        for code, found in groups.items()
    }
    asked = [row for row in rows if row.people]
    counts = Counter(skill for row in asked for skill in skills_of[row.occupation_code])
    ranked = sorted(counts, key=lambda skill: (-counts[skill], skill))[:_MOST_RANKED]
    # What few others need says most of an occupation.
    telling = {
        code: sorted(found, key=lambda skill: (counts[skill], skill))[:_MOST_SKILLS]
        for code, found in skills_of.items()
    }
    wanted = {*ranked, *(skill for found in telling.values() for skill in found)}
    concepts = {
        one.concept_id: one for one in named(Concept.objects.filter(pk__in=wanted), language=get_language() or "nb")
    }
    return Statistics(
        estimate=estimate,
        occupations=[
            AskedOccupation(
                code=row.occupation_code,
                name=row.occupation_name,
                people=row.people,
                is_mapped=any(group in essential for group in groups[row.occupation_code]),
                skills=[concepts[skill] for skill in telling[row.occupation_code]],
            )
            for row in rows
        ],
        skills=[EssentialSkill(concept=concepts[skill], occupations=counts[skill]) for skill in ranked],
        mapped=sum(any(group in essential for group in groups[row.occupation_code]) for row in asked),
    )


def _isco_groups(code: str) -> tuple[str, ...]:
    return styrk_to_isco(code) if is_styrk(code) else ()


def _essential_skills(groups: set[str]) -> dict[str, set[int]]:
    """ISCO group → skills that are essential in at least half of its occupations."""
    sizes = dict(
        Concept.objects.filter(kind=ConceptKind.OCCUPATION, isco_group__in=groups, is_obsolete=False)
        .values_list("isco_group")
        .annotate(n=Count("pk"))
    )
    rows = (
        OccupationSkill.objects.filter(
            is_essential=True, occupation__isco_group__in=groups, occupation__is_obsolete=False
        )
        .values_list("occupation__isco_group", "skill")
        .annotate(n=Count("pk"))
    )
    found: dict[str, set[int]] = defaultdict(set, {group: set() for group in sizes})
    for group, skill, count in rows:
        if 2 * count >= sizes.get(group, 1):
            found[group].add(skill)
    return dict(found)
