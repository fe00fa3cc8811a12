"""Reads: the skills that somebody follows, with their figures in the whole region."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from kompetanse.gap import Gap
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.gapmap.queries.behind import gap_of
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from kompetanseforum.skills.queries import NamedConcept, named_concepts

_WHOLE = Cut(horizon=ALL_HORIZONS)


@dataclass(frozen=True, slots=True)
class FollowedSkill:
    """`gap` is None where nobody asks for it and nobody teaches it."""

    concept: NamedConcept
    gap: Gap | None

    @property
    def wider_by(self) -> int:
        """People that have become unmet in a month."""
        return max(0, self.gap.change) if self.gap else 0

    @property
    def narrower_by(self) -> int:
        return max(0, -self.gap.change) if self.gap else 0


def skills_followed_by(viewer: Viewer) -> list[FollowedSkill]:
    """Those with the widest gap first."""
    slugs = sorted(followed.id for followed in viewer.follows if followed.kind == "skill")
    if not slugs:
        return []
    concepts = named_concepts(slugs, language=get_language() or "nb")
    found = [FollowedSkill(concept=concept, gap=gap_of(concept.uri, _WHOLE)) for concept in concepts]
    return sorted(found, key=lambda one: (-(one.gap.unmet if one.gap else 0), one.concept.label))
