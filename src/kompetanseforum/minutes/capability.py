"""What minutes bring: a way from the desk, where a need was said, its step in threads, and minutes in the demo forum."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.minutes.actions import bring_in, forget_person, strike_out
from kompetanseforum.minutes.imports import demo_minutes, standing_at
from kompetanseforum.minutes.queries import brought_in_by, evidence_of, minutes_by_id, minutes_from, thread_steps
from kompetanseforum.minutes.rules import may_read_minutes
from kompetanseforum.needs.models import Need


def named(public_id: str) -> Named | None:
    """Without its title: who may read that is asked where it stands."""
    if minutes_by_id(public_id) is None:
        return None
    return Named(label=str(_("Minutes")), url=reverse("minutes:minutes", kwargs={"public_id": public_id}))


def said_here(viewer: Viewer, need: object) -> tuple[str, dict[str, object]] | None:
    """The sentence in its minutes, on the need's page."""
    if not isinstance(need, Need) or not may_read_minutes(viewer, need):
        return None
    found = evidence_of(ref(need))
    return ("minutes/_said_here.html", {"evidence": found}) if found else None


def find_needs(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """Under the minutes on a meeting's page: what is in them, or what has come since they were read."""
    if not isinstance(about, Ref) or not may_read_minutes(viewer, about):
        return None
    text = standing_at(about, viewer)
    if not text:
        return None
    read = minutes_from(about)
    return "minutes/_find_needs.html", {
        "meeting": about,
        "read": read,
        "is_read": read is not None and read.text == text,
    }


def demo() -> None:
    """Minutes that wait for somebody to look."""
    for row in demo_minutes():
        day = clock.now() - timedelta(days=row.days_ago)
        with clock.at(day):
            bring_in(title=row.title, text=row.text, held_on=clock.today(), by=ref(duty_person()))


def personal_copy(person: Ref) -> dict[str, object]:
    return {
        "minutes": [
            {"title": one.title, "file_name": one.file_name, "added_at": one.added_at.isoformat()}
            for one in brought_in_by(person)
        ]
    }


CAPABILITY = Capability(
    app="minutes",
    title=_("Minutes"),
    desk=(Door(label=_("From minutes to needs"), url_name="minutes:all", order=10, permission="minutes.read_minutes"),),
    refs={"minutes": named},
    thread_steps={"minutes": thread_steps},
    panels_filled={"need.detail": said_here, "meeting.read": find_needs},
    demo=demo,
    personal_copy=personal_copy,
    erase=forget_person,
    strike=strike_out,
    personal_data=(
        PersonalData(
            what=_("Minutes and e-mails that coordinators have brought in, with the names that stand there"),
            why=_(
                "So that what was said in a meeting becomes a need that is answered, and can be shown to have been said"
            ),
            kept_for=_("Until a coordinator deletes them; only coordinators read them"),
        ),
    ),
)
