"""Reads: what challenges hold about a person, for their own copy."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.challenges.models import TeamMember


def about_person(person: Ref) -> dict[str, object]:
    rows = TeamMember.objects.filter(person__public_id=person.id).select_related("challenge")
    return {
        "challenges": [
            {
                "challenge": row.challenge.question,
                "sector": row.sector,
                "name_is_shown": row.name_is_public,
                "joined_at": row.joined_at.isoformat() if row.joined_at else "",
            }
            for row in rows
        ]
    }
