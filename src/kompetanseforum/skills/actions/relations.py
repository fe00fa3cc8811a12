"""Writes: which occupations need which skills, and what lies within what, as ESCO says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kompetanse.esco import Broader as BroaderRelation
from kompetanse.esco import OccupationSkill as OccupationSkillRelation
from kompetanseforum.skills.actions.rows import insert_rows
from kompetanseforum.skills.models import Broader, ConceptKind, LabelOrigin, OccupationSkill

_AT_ONCE = 2000


def store_occupation_skills(relations: Iterable[OccupationSkillRelation], *, ids: Mapping[str, int]) -> None:
    """ESCO's pairs in place of those that stood there; a pair of our own stays as we said it."""
    rows = OccupationSkill.objects.values_list("pk", "occupation_id", "skill_id", "is_essential", "origin")
    official: dict[tuple[int, int], tuple[int, bool]] = {}
    own: set[tuple[int, int]] = set()
    for pk, occupation, skill, is_essential, origin in rows:
        if origin == LabelOrigin.OFFICIAL:
            official[occupation, skill] = (pk, is_essential)
        else:
            own.add((occupation, skill))
    wanted: dict[tuple[int, int], bool] = {}
    for relation in relations:
        if relation.occupation in ids and relation.skill in ids:
            key = (ids[relation.occupation], ids[relation.skill])
            # Said twice, the stronger one counts.
            wanted[key] = wanted.get(key, False) or relation.is_essential
    stale = [pk for key, (pk, is_essential) in official.items() if wanted.get(key) != is_essential]
    for start in range(0, len(stale), _AT_ONCE):
        OccupationSkill.objects.filter(pk__in=stale[start : start + _AT_ONCE]).delete()
    insert_rows(
        OccupationSkill,
        ("occupation_id", "skill_id", "is_essential", "origin"),
        (
            (*key, is_essential, LabelOrigin.OFFICIAL.value)
            for key, is_essential in wanted.items()
            if key not in own and official.get(key, (0, None))[1] != is_essential
        ),
    )


def store_broader(relations: Sequence[BroaderRelation], *, is_of_skills: bool, ids: Mapping[str, int]) -> None:
    """One pillar's hierarchy in place of the one that stood there."""
    kinds = (
        (ConceptKind.SKILL, ConceptKind.SKILL_GROUP)
        if is_of_skills
        else (ConceptKind.OCCUPATION, ConceptKind.ISCO_GROUP)
    )
    rows = Broader.objects.filter(concept__kind__in=kinds).values_list("pk", "concept_id", "broader_id")
    there = {(concept, broader): pk for pk, concept, broader in rows}
    wanted = {
        (ids[relation.concept], ids[relation.broader])
        for relation in relations
        if relation.concept in ids and relation.broader in ids and relation.concept != relation.broader
    }
    gone = [pk for key, pk in there.items() if key not in wanted]
    for start in range(0, len(gone), _AT_ONCE):
        Broader.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    insert_rows(Broader, ("concept_id", "broader_id"), sorted(wanted - there.keys()))
