"""Reads: the lines that needs and offers should have, as they stand now.

Every voice of a need counts for what the need is about: those who say "we need this too" stand behind it. A need is
about the skills of its opening words, and those that two voices or more name; what one later voice adds ("and English
too") counts for that voice alone. Where a voice has words of its own that do not speak of the skill, its line is not
confirmed; where it has said itself that the skill is wrong, it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Prefetch, QuerySet

from kompetanse.linking import Polarity
from kompetanseforum.gapmap.models import DemandLine, SupplyLine
from kompetanseforum.needs.models import CLOSED_STATES, Need, State, Voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.models import ConceptKind, LinkOrigin, SkillLink
from kompetanseforum.skills.queries import ASKED

LineT = TypeVar("LineT", DemandLine, SupplyLine)


@dataclass(frozen=True, slots=True)
class Wanted(Generic[LineT]):
    """Unsaved lines (with `until` where the need or offer is closed), and how they are told from those that exist."""

    # "voice_id" or "outcome_id": with the skill, what a line is about.
    subject: str
    # What a line says of it.
    values: tuple[str, ...]
    lines: list[LineT] = field(default_factory=list)
    # When a voice or an offer stopped, where that is known.
    ended_at: dict[str, datetime] = field(default_factory=dict)

    def about(self, line: LineT) -> tuple[int, str]:
        return line.skill_id, getattr(line, self.subject)

    def says(self, line: LineT) -> tuple[object, ...]:
        return tuple(getattr(line, name) for name in self.values)

    def speaker(self, line: LineT) -> str:
        """The voice or the offer, whose lines never say two things at once."""
        return line.voice_id if isinstance(line, DemandLine) else line.offer_id

    def is_heard(self, line: LineT) -> bool:
        """Only the machine says that the words mean the skill."""
        return not (line.is_link_confirmed if isinstance(line, DemandLine) else line.is_confirmed)


_DEMAND_VALUES = (
    "need_id", "people", "horizon", "sector", "municipality_code", "occupation_group", "is_confirmed", "is_link_confirmed",
)  # fmt: skip
_SUPPLY_VALUES = ("offer_id", "places", "municipality_code", "is_confirmed")


def wanted_demand(need_ids: Sequence[str]) -> Wanted[DemandLine]:
    voices = Voice.objects.select_related("organisation__municipality", "place")
    needs = Need.objects.filter(public_id__in=need_ids).prefetch_related(Prefetch("voices", voices))
    links = _links_by_whole("need", need_ids)
    wanted: Wanted[DemandLine] = Wanted(subject="voice_id", values=_DEMAND_VALUES)
    for need in needs:
        if need.held_reason:
            continue
        shared = _shared_skills(need, links.get(need.public_id, []))
        for voice in need.voices.all():
            if voice.withdrawn_at is not None:
                wanted.ended_at[voice.public_id] = voice.withdrawn_at
            elif need.state != State.WITHDRAWN and voice.repeats_id is None:
                wanted.lines.extend(_lines_of(voice, need=need, links=links.get(need.public_id, []), shared=shared))
    return wanted


def _shared_skills(need: Need, links: Sequence[SkillLink]) -> frozenset[int]:
    """What the need is about: the skills of its opening words, and those that two voices or more name."""
    live = (voice for voice in need.voices.all() if voice.withdrawn_at is None)
    opening = next((voice.public_id for voice in live if voice.words.strip()), "")
    named_by: dict[int, set[str]] = {}
    for link in links:
        if link.polarity in ASKED and not link.is_rejected:
            named_by.setdefault(link.concept_id, set()).add(link.subject_id)
    return frozenset(concept for concept, voices in named_by.items() if opening in voices or len(voices) > 1)


def _links_by_whole(kind: str, ids: Sequence[str]) -> dict[str, list[SkillLink]]:
    rows = (
        SkillLink.objects.filter(whole_kind=kind, whole_id__in=ids).select_related("concept").order_by("-score", "pk")
    )
    found: dict[str, list[SkillLink]] = {}
    for row in rows:
        found.setdefault(row.whole_id, []).append(row)
    return found


def _lines_of(voice: Voice, *, need: Need, links: Sequence[SkillLink], shared: frozenset[int]) -> list[DemandLine]:
    # What the same organisation has said besides is its own too.
    saying = {voice.public_id, *(other.public_id for other in need.voices.all() if other.repeats_id == voice.pk)}
    own = [link for link in links if link.subject_id in saying]
    refused = {link.concept_id for link in own if link.is_rejected}
    asked: dict[int, list[SkillLink]] = {}
    for link in links:
        if link.concept.kind == ConceptKind.SKILL and link.polarity in ASKED and not link.is_rejected:
            asked.setdefault(link.concept_id, []).append(link)
    # Their municipality is where it is wanted, else where the organisation is.
    place = voice.place or (voice.organisation.municipality if voice.organisation else None)
    group = _occupation_group(own) or ("" if voice.words.strip() else _occupation_group(links))
    lines = []
    for skill_id, behind in asked.items():
        is_own = any(link.subject_id in saying for link in behind)
        if skill_id in refused or not (is_own or skill_id in shared):
            continue
        said = behind if not voice.words.strip() else [link for link in behind if link.subject_id in saying]
        is_link_confirmed = any(link.is_confirmed for link in said)
        lines.append(
            DemandLine(
                skill_id=skill_id,
                need_id=need.public_id,
                voice_id=voice.public_id,
                people=voice.people,
                horizon=need.horizon,
                sector=voice.organisation.sector if voice.organisation else "",
                municipality_code=place.code if place else "",
                occupation_group=group,
                is_confirmed=is_link_confirmed and voice.is_confirmed,
                is_link_confirmed=is_link_confirmed,
                since=_said_since(voice.voiced_at, behind),
                until=need.changed_at if need.state in CLOSED_STATES else None,
            )
        )
    return lines


def _said_since(said_at: datetime, links: Sequence[SkillLink]) -> datetime:
    """What is heard in words was said with them, whenever it was heard; what a person linked to them, was linked later."""
    if any(link.origin == LinkOrigin.MACHINE for link in links):
        return said_at
    return max(said_at, min(link.linked_at for link in links))


def _occupation_group(links: Iterable[SkillLink]) -> str:
    """The ISCO-08 group of the surest occupation named; links come surest first."""
    named = (link for link in links if link.concept.kind == ConceptKind.OCCUPATION and link.concept.isco_group)
    asked = (link for link in named if link.polarity in ASKED and not link.is_rejected)
    return next((link.concept.isco_group for link in asked), "")


def wanted_supply(offer_ids: Sequence[str]) -> Wanted[SupplyLine]:
    outcomes = LearningOutcome.objects.filter(is_counted=True)
    offers = Offer.objects.filter(public_id__in=offer_ids).select_related("municipality")
    links: dict[str, list[SkillLink]] = {}
    for link in _taught(offer_ids):
        links.setdefault(link.subject_id, []).append(link)
    wanted: Wanted[SupplyLine] = Wanted(subject="outcome_id", values=_SUPPLY_VALUES)
    for offer in offers.prefetch_related(Prefetch("outcomes", outcomes)):
        if offer.ended_at is not None:
            wanted.ended_at[offer.public_id] = offer.ended_at
        if offer.held_reason:
            continue
        wanted.lines.extend(
            SupplyLine(
                skill_id=link.concept_id,
                offer_id=offer.public_id,
                outcome_id=outcome.public_id,
                places=offer.places_per_year,
                municipality_code=offer.municipality.code if offer.municipality else "",
                is_confirmed=link.is_confirmed,
                since=_said_since(offer.registered_at, [link]),
                until=offer.ended_at,
            )
            for outcome in offer.outcomes.all()
            for link in links.get(outcome.public_id, [])
        )
    return wanted


def _taught(offer_ids: Sequence[str]) -> list[SkillLink]:
    """ "Assess the need for maintenance" teaches to assess: whatever a clause sounds like, but for a plain no."""
    rows: QuerySet[SkillLink] = SkillLink.objects.filter(
        whole_kind="offer",
        whole_id__in=offer_ids,
        subject_kind="learningoutcome",
        concept__kind=ConceptKind.SKILL,
    )
    return [link for link in rows.exclude(polarity=Polarity.NOT_NEEDED) if not link.is_rejected]
