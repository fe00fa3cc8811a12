"""Reads: what a person has started and written, for their own copy."""

from __future__ import annotations

from collections.abc import Mapping

from kompetanse.refs import Ref
from kompetanseforum.pilots.models import Entry, Pilot


def copy_about(person: Ref) -> Mapping[str, object]:
    started = Pilot.objects.filter(owner__public_id=person.id)
    written = Entry.objects.filter(by__public_id=person.id).select_related("pilot")
    return {
        "pilots": [{"title": pilot.title, "started_at": pilot.started_at.isoformat()} for pilot in started],
        "pilot_log": [
            {"pilot": entry.pilot.title, "words": entry.words, "on": entry.on.isoformat()} for entry in written
        ],
    }
