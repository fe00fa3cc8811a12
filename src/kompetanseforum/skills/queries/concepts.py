"""Reads: concepts by their address, by what one types, and by what they hang together with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import get_language

from kompetanseforum.skills.models import Broader, Concept, ConceptKind, Label, LabelOrigin, OccupationSkill
from kompetanseforum.skills.queries.labels import SPOKEN, ShownLabel, label_beside, label_told, labels_of, nameless

# The last part of a URI is one concept's own: UUIDs, and codes that differ between the schemes.
_SCHEMES = ("skill", "occupation", "isced-f", "isco")
_SLUG = re.compile(r"[0-9A-Za-z.-]{1,60}")
_LEAST_CHARACTERS = 2
_MOST_MATCHES = 200


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept by the name its reader knows."""

    concept_id: int
    uri: str
    slug: str
    kind: str
    code: str
    label: str
    label_language: str
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class AskingOccupation:
    """An occupation that needs a skill."""

    concept: NamedConcept
    isco_group: str
    is_essential: bool


def _with_slugs(slugs: Iterable[str]) -> QuerySet[Concept]:
    known = [slug for slug in slugs if _SLUG.fullmatch(slug)]
    uris = [f"http://data.europa.eu/esco/{scheme}/{slug}" for slug in known for scheme in _SCHEMES]
    return Concept.objects.filter(uri__in=uris)


def concept_by_slug(slug: str) -> Concept | None:
    return _with_slugs([slug]).first()


def named_concepts(slugs: Sequence[str], *, language: str) -> list[NamedConcept]:
    """The concepts in that order; unknown slugs are left out."""
    wanted = list(dict.fromkeys(slug for slug in slugs if slug))
    if not wanted:
        return []
    found = {concept.slug: concept for concept in _with_slugs(wanted)}
    return named((found[slug] for slug in wanted if slug in found), language=language)


def named(concepts: Iterable[Concept], *, language: str) -> list[NamedConcept]:
    """The concepts in that order, with labels; one query more, none more for a query of concepts."""
    if isinstance(concepts, QuerySet):
        found = concepts.annotate(told=label_beside("pk", language=language))
        return [_named(row, label_told(row.told, language=language) or nameless(row.slug)) for row in found]
    rows = list(concepts)
    labels = labels_of([row.pk for row in rows], language=language)
    return [_named(row, labels.get(row.pk) or nameless(row.slug)) for row in rows]


def _named(concept: Concept, label: ShownLabel) -> NamedConcept:
    return NamedConcept(
        concept_id=concept.pk,
        uri=concept.uri,
        slug=concept.slug,
        kind=concept.kind,
        code=concept.code,
        label=label.text,
        label_language=label.language,
        is_foreign=label.is_foreign,
    )


def search_concepts(
    text: str, *, language: str, kinds: Sequence[str] = (ConceptKind.SKILL, ConceptKind.OCCUPATION), limit: int = 10
) -> list[NamedConcept]:
    """Concepts with a name or a word that holds what was typed: whole names first, then beginnings, then the rest."""
    typed = text.replace("\x00", "").strip().casefold()[:80]
    if len(typed) < _LEAST_CHARACTERS:
        return []
    rows = (
        Label.objects.filter(
            Q(text__icontains=typed), language__in=SPOKEN, concept__kind__in=list(kinds), concept__is_obsolete=False
        )
        .exclude(origin=LabelOrigin.MACHINE)
        .order_by(Length("text"), "text", "pk")
        .values_list("concept_id", "text", "language")[:_MOST_MATCHES]
    )
    ranked = sorted(rows, key=lambda row: _nearness(row[1].casefold(), typed, is_own=row[2] == language))
    ids = list(dict.fromkeys(concept_id for concept_id, _, _ in ranked))[:limit]
    concepts = Concept.objects.in_bulk(ids)
    return named((concepts[concept_id] for concept_id in ids), language=language)


def _nearness(name: str, typed: str, *, is_own: bool) -> tuple[int, bool, int, str]:
    if name == typed:
        nearness = 0
    elif name.startswith(typed):
        nearness = 1
    else:
        nearness = 2 if f" {typed}" in name else 3
    return (nearness, not is_own, len(name), name)


def groups_of(concept: Concept, *, language: str | None = None) -> list[NamedConcept]:
    """The groups a concept lies in, the nearest first, up to the top."""
    asked = language or get_language() or "nb"
    seen: dict[int, Concept] = {}
    at = {concept.pk}
    while at:
        rows = (
            Broader.objects.filter(concept__in=at).select_related("broader").order_by("broader__code", "broader__uri")
        )
        above = {row.broader_id: row.broader for row in rows if row.broader_id not in seen}
        seen |= above
        at = set(above)
    return named((one for one in seen.values() if one.kind != ConceptKind.SKILL), language=asked)


def occupations_asking(skill: Concept, *, language: str | None = None) -> list[AskingOccupation]:
    """Occupations that need the skill: where it is essential first, then by name."""
    asked = language or get_language() or "nb"
    rows = list(OccupationSkill.objects.filter(skill=skill, occupation__is_obsolete=False).select_related("occupation"))
    concepts = named((row.occupation for row in rows), language=asked)
    found = [
        AskingOccupation(concept=concept, isco_group=row.occupation.isco_group, is_essential=row.is_essential)
        for row, concept in zip(rows, concepts, strict=True)
    ]
    return sorted(found, key=_essential_first)


def skills_asked_by(occupation: Concept, *, language: str | None = None) -> list[tuple[NamedConcept, bool]]:
    """The skills an occupation needs, and whether each is essential: those first, then by name."""
    asked = language or get_language() or "nb"
    rows = list(OccupationSkill.objects.filter(occupation=occupation, skill__is_obsolete=False).select_related("skill"))
    concepts = named((row.skill for row in rows), language=asked)
    found = [(concept, row.is_essential) for row, concept in zip(rows, concepts, strict=True)]
    return sorted(found, key=lambda one: (not one[1], one[0].is_foreign, one[0].label.casefold()))


def _essential_first(one: AskingOccupation) -> tuple[bool, bool, str]:
    return (not one.is_essential, one.concept.is_foreign, one.concept.label.casefold())


def narrower_of(concept: Concept, *, language: str | None = None) -> list[NamedConcept]:
    """What lies right below a group, by name."""
    rows = Broader.objects.filter(broader=concept, concept__is_obsolete=False).select_related("concept")
    found = named((row.concept for row in rows), language=language or get_language() or "nb")
    return sorted(found, key=lambda one: (one.is_foreign, one.label.casefold()))


def ids_of_concepts(uris: Collection[str]) -> dict[str, int]:
    """URI → row, for those that are here."""
    return dict(Concept.objects.filter(uri__in=uris).values_list("uri", "pk")) if uris else {}
