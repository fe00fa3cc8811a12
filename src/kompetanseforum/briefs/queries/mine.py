"""Reads: what one person has written here."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.briefs.models import Brief, BriefAnswer, Pledge


def copy_about(person: Ref) -> dict[str, object]:
    """A person's own copy: briefs they own, answers they wrote, what they said that they could put in."""
    return {
        "briefs": [
            {"id": one.public_id, "title": one.title, "made_at": one.made_at.isoformat()}
            for one in Brief.objects.filter(owner__public_id=person.id)
        ],
        "brief_answers": [
            {"answer": one.kind, "words": one.words, "at": one.at.isoformat()}
            for one in BriefAnswer.objects.filter(by=str(person))
        ],
        "pledges": [
            {"gift": one.gift, "words": one.words, "at": one.made_at.isoformat()}
            for one in Pledge.objects.filter(by=str(person))
        ],
    }
