"""Reads: the lines that needs and offers should have, as they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from kompetanseforum.gapmap.models import DemandLine, SupplyLine
from kompetanseforum.needs.models import CLOSED_STATES, Need, State, Voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.offers.queries.teaching import teaching_links
from kompetanseforum.skills.models import ConceptKind, SkillLink
from kompetanseforum.skills.queries import ASKED


@dataclass(frozen=True, slots=True)
class Wanted[LineT]:
    """Unsaved lines, and when those that stopped did so, by need, voice or offer (where it is known)."""

    lines: list[LineT]
    ended: dict[str, datetime] = field(default_factory=dict)
