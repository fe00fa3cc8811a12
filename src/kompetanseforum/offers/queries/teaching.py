"""Reads: which offers teach which skills. Only what counts: offers that are given and seen, curricula that are valid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, QuerySet
from django.utils.translation import get_language

from kompetanse.linking import Polarity
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.models import SkillLink
from kompetanseforum.skills.queries import label_beside, label_told


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill that an offer teaches, by the name its reader knows."""

    concept_id: int
    slug: str
    uri: str
    kind: str
    label: str
    label_language: str
    is_foreign: bool
    score: float
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Teaching:
    """An offer, and those of the wanted skills that it teaches."""

    offer_id: str
    concept_ids: frozenset[int]


def given_offers() -> QuerySet[Offer]:
    """Offers that count as supply."""
    return Offer.objects.filter(held_reason="", ended_at=None, is_counted=True)


def teaching_links() -> QuerySet[SkillLink]:
    """Links of learning outcomes that count.

    "Assess the need for maintenance" teaches to assess: whatever a clause sounds like, an outcome's words are
    what is taught, but for what it says is not needed.
    """
    counted = LearningOutcome.objects.filter(is_counted=True, offer__in=given_offers().order_by())
    return (
        SkillLink.objects.filter(subject_kind="learningoutcome", subject_id__in=counted.order_by().values("public_id"))
        .exclude(polarity=Polarity.NOT_NEEDED)
        .exclude(rejected_by__gt=F("confirmed_by"))
    )


def offers_teaching(concept_ids: Iterable[int], *, most: int | None = None) -> list[Teaching]:
    """Offers that teach at least one of the concepts: most of them first, then the surest."""
    links = teaching_links().filter(concept__in=set(concept_ids))
    found: dict[str, dict[int, float]] = {}
    for offer_id, concept_id, score in links.values_list("whole_id", "concept_id", "score"):
        scores = found.setdefault(offer_id, {})
        scores[concept_id] = max(score, scores.get(concept_id, 0.0))
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), -sum(one[1].values()), one[0]))
    return [Teaching(offer_id=offer_id, concept_ids=frozenset(scores)) for offer_id, scores in ranked[:most]]


def offer_ids_teaching(slugs: Iterable[str]) -> QuerySet[SkillLink, str]:
    """For a filter."""
    return teaching_links().filter(concept__uri__in=_uris(slugs)).values_list("whole_id", flat=True)


def _uris(slugs: Iterable[str]) -> list[str]:
    return [f"http://data.europa.eu/esco/{scheme}/{slug}" for slug in slugs for scheme in ("skill", "occupation")]


def most_taught(offer_ids: Sequence[str] | None, *, most: int, slugs: Sequence[str] = ()) -> list[tuple[int, str, int]]:
    """(concept, slug, offers) of the skills that most of the offers teach, or of those named.

    Of all offers when `offer_ids` is None.
    """
    links = (
        teaching_links().filter(concept__uri__in=_uris(slugs))
        if slugs
        else teaching_links().filter(concept__kind="skill")
    )
    if offer_ids is not None:
        links = links.filter(whole_id__in=offer_ids)
    rows = links.values_list("concept_id", "concept__uri").annotate(n=Count("whole_id", distinct=True))
    return [(pk, uri.rsplit("/", 1)[-1], n) for pk, uri, n in rows.order_by("-n", "concept__uri")[:most]]


def skills_of(offer_ids: Sequence[str]) -> dict[str, list[TaughtSkill]]:
    """What each offer teaches, skills before occupations, confirmed and surest first; one query for all."""
    language = get_language() or "nb"
    links = (
        teaching_links()
        .filter(whole_id__in=offer_ids)
        .values_list("whole_id", "concept_id", "concept__uri", "concept__kind")
    )
    rows = links.annotate(
        best=Max("score"), confirmed=Max("confirmed_by"), told=label_beside("concept", language=language)
    )
    found: dict[str, list[TaughtSkill]] = {}
    for offer_id, concept_id, uri, kind, score, confirmed, told in rows.order_by():
        label = label_told(told, language=language)
        slug = uri.rsplit("/", 1)[-1]
        found.setdefault(offer_id, []).append(
            TaughtSkill(
                concept_id=concept_id,
                slug=slug,
                uri=uri,
                kind=kind,
                label=label.text if label else slug,
                label_language=label.language if label else "",
                is_foreign=label.is_foreign if label else False,
                score=score,
                is_confirmed=confirmed > 0,
            )
        )
    for skills in found.values():
        skills.sort(key=lambda skill: (skill.kind != "skill", not skill.is_confirmed, -skill.score, skill.label))
    return found
