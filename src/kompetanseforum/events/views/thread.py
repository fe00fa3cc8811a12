"""A meeting in threads: what other pages tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.models import Meeting
from kompetanseforum.events.queries.shown import meetings_by_id, show_meeting


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    meetings = meetings_by_id([one.id for one in refs])
    return {one: _step(meetings[one.id], viewer=viewer) for one in refs if one.id in meetings}


def _step(meeting: Meeting, *, viewer: Viewer) -> Step:
    shown = show_meeting(meeting, viewer=viewer)
    kind = _("Meeting in %(place)s") % {"place": meeting.municipality.name} if meeting.municipality else _("Meeting")
    return Step(
        ref=ref(meeting),
        on=meeting.starts_at,
        kind=kind,
        title=meeting.title,
        url=reverse("events:meeting", kwargs={"public_id": meeting.public_id}),
        text=_("Cancelled.") if meeting.cancelled_at else shown.who_was_there,
        side="asked",
        here=shown.who_was_there.removesuffix("."),
    )
