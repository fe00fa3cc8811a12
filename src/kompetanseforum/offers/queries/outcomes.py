"""Reads: an offer's learning outcomes with the words that mean a skill marked, and the skills they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kompetanse.linking import Polarity
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import Segment, segments
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.queries import LinkedSkill, links_for


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    outcome: LearningOutcome
    segments: list[Segment]
    skills: list[LinkedSkill]


@dataclass(frozen=True, slots=True)
class Content:
    """What one learns, and every skill it means with its surest cause."""

    outcomes: list[ShownOutcome]
    skills: list[LinkedSkill]


def shown_content(offer: Offer) -> Content:
    """Of an offer of `with_parts`; two queries for all links."""
    links: dict[str, list[LinkedSkill]] = {}
    for link in links_for(ref(offer)):
        if link.polarity != Polarity.NOT_NEEDED and not link.is_rejected:
            links.setdefault(link.subject_id, []).append(link)
    outcomes = [_shown(outcome, links.get(outcome.public_id, [])) for outcome in offer.outcomes.all()]
    counted = [link for one in outcomes if one.outcome.is_counted for link in one.skills]
    return Content(outcomes=outcomes, skills=_distinct(counted))


def _shown(outcome: LearningOutcome, links: Sequence[LinkedSkill]) -> ShownOutcome:
    return ShownOutcome(
        outcome=outcome,
        segments=segments(outcome.text, [cause for link in links for cause in link.causes]),
        skills=_distinct(links),
    )


def _distinct(links: Iterable[LinkedSkill]) -> list[LinkedSkill]:
    """One per concept, the confirmed and surest of each first; skills before occupations."""
    best: dict[str, LinkedSkill] = {}
    for link in links:
        known = best.get(link.uri)
        if known is None or (link.is_confirmed, link.score) > (known.is_confirmed, known.score):
            best[link.uri] = link
    return sorted(
        best.values(), key=lambda link: (link.kind != "skill", not link.is_confirmed, -link.score, link.label)
    )
