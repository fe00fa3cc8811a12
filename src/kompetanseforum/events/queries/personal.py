"""Reads: what meetings hold about a person, for their own copy."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.events.models import Attendance, FollowUp, Reflection
from kompetanseforum.events.queries.signing_up import sign_ups_of_person


def about_person(person: Ref) -> dict[str, object]:
    there = Attendance.objects.filter(person__public_id=person.id).select_related("meeting")
    return {
        "meetings": [
            {"meeting": row.meeting.title, "sector": row.sector, "name_is_shown": row.name_is_public} for row in there
        ],
        "signed_up": [
            {
                "meeting": row.meeting.title,
                "name": row.name,
                "from": row.from_where,
                "sector": row.sector,
                "heads": row.heads,
                "email": row.email,
                "at": row.signed_up_at.isoformat(),
                "is_withdrawn": row.withdrawn_at is not None,
            }
            for row in sign_ups_of_person(person)
        ],
        "taken_on": [
            {"what": row.words, "due_on": row.due_on.isoformat(), "is_done": row.done_at is not None}
            for row in FollowUp.objects.filter(owner__public_id=person.id)
        ],
        "learnt": [{"words": row.words, "at": row.at.isoformat()} for row in Reflection.objects.filter(by=str(person))],
    }
