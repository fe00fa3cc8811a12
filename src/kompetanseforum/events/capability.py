"""What events bring: a door, meetings in threads, letters to those who will come, what came after them, and the demo forum's three meetings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.codes.queries import municipality_by_code
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, TextPlace
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import (
    Called,
    SignUpSaid,
    agree_follow_up,
    call_meeting,
    finish_follow_up,
    forget_old_sign_ups,
    forget_person,
    note_attendance,
    note_reflection,
    raise_need,
    send_owed_letters,
    sign_up,
    strike_from_minutes,
    write_minutes,
)
from kompetanseforum.events.forms import MOST_CHARACTERS
from kompetanseforum.events.imports import DemoMeeting, demo_meetings
from kompetanseforum.events.models import Meeting
from kompetanseforum.events.queries.personal import about_person
from kompetanseforum.events.queries.shown import (
    meeting_by_id,
    next_meeting,
    open_follow_ups_of,
    when_in_words,
    where_in_words,
)
from kompetanseforum.events.queries.signing_up import open_to, sign_up_by_id
from kompetanseforum.events.rules import may_change_meeting
from kompetanseforum.events.views.thread import thread_steps
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.imports.demo import needs_of_demo
from kompetanseforum.organisations.queries import organisations_named


def named(public_id: str) -> Named | None:
    meeting = meeting_by_id(public_id)
    url = reverse("events:meeting", kwargs={"public_id": public_id})
    return Named(label=meeting.title, url=url) if meeting else None


def sign_up_named(public_id: str) -> Named | None:
    """The meeting it is for: of who signed up nothing is told."""
    found = sign_up_by_id(public_id)
    return named(found.meeting.public_id) if found else None


def on_my_page(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """What one has taken on at meetings and not done yet."""
    mine = open_follow_ups_of(viewer.person) if viewer.person else []
    return ("events/_on_my_page.html", {"follow_ups": mine, "today": clock.today()}) if mine else None


def on_the_front_page(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """The next meeting."""
    meeting = next_meeting()
    if meeting is None:
        return None
    return "events/_next.html", {
        "meeting": meeting,
        "when": when_in_words(meeting),
        "where": where_in_words(meeting),
        "is_open": bool(open_to(viewer, [meeting])),
    }


def minutes_standing(viewer: Viewer, where: Ref) -> str | None:
    meeting = meeting_by_id(where.id)
    return meeting.minutes if meeting is not None and may_change_meeting(viewer, meeting) else None


def minutes_written(viewer: Viewer, where: Ref, text: str) -> None:
    """Who may read them stays as it was."""
    if meeting := meeting_by_id(where.id):
        write_minutes(meeting, minutes=text, are_public=meeting.minutes_are_public, by=viewer)


def strike(thing: Ref, paragraphs: Collection[str]) -> None:
    if thing.kind == "meeting" and (meeting := meeting_by_id(thing.id)):
        strike_from_minutes(meeting, paragraphs)


def demo() -> None:
    """Each is called two weeks before, and written about on its day."""
    today = clock.now()
    for row in demo_meetings():
        day = today - timedelta(days=row.days_ago)
        with clock.at(min(today, day - timedelta(days=14))):
            meeting = call_meeting(called=_called(row, day), by=_viewer("ingrid"))
        for signed_up in row.sign_ups:
            said = SignUpSaid(
                name=signed_up.name,
                from_where=signed_up.from_where,
                sector=signed_up.sector,
                heads=signed_up.heads,
            )
            sign_up(meeting, said=said, by=NOBODY)
        if row.days_ago > 0:
            _was_held(meeting, row, day)


def _called(row: DemoMeeting, day: datetime) -> Called:
    starts = timezone.localtime(day).replace(hour=row.from_hour, minute=0, second=0, microsecond=0)
    return Called(
        title=row.title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=row.hours),
        place=row.place,
        municipality=municipality_by_code(row.municipality),
        about=row.about,
        places=row.places,
    )


def _was_held(meeting: Meeting, row: DemoMeeting, day: datetime) -> None:
    by = _viewer("ingrid")
    with clock.at(day + timedelta(hours=2)):
        known = organisations_named([guests.name for guests in row.organisations])
        for guests in row.organisations:
            note_attendance(
                meeting,
                organisation=known[guests.name],
                heads=guests.heads,
                name_is_public=guests.is_public,
                by=by,
            )
        for sector, heads in row.sectors.items():
            note_attendance(meeting, sector=sector, heads=heads, by=by)
        write_minutes(meeting, minutes=row.minutes, are_public=row.minutes_are_public, by=by)
        for need in needs_of_demo(row.needs):
            raise_need(meeting, need=need, by=by)
    people = {person.first_name.lower(): person for person in coordinators()}
    for noted in row.reflections:
        with clock.at(day + timedelta(days=noted.days_after, hours=3)):
            note_reflection(meeting, words=noted.words, by=_viewer(noted.by))
    for taken in row.follow_ups:
        due = (day + timedelta(days=taken.due_days_after)).date()
        with clock.at(day + timedelta(hours=2)):
            follow_up = agree_follow_up(meeting, words=taken.words, owner=people[taken.by], due_on=due, by=by)
        if taken.is_done:
            with clock.at(day + timedelta(days=taken.due_days_after)):
                finish_follow_up(follow_up, by=_viewer(taken.by))


def _viewer(first_name: str) -> Viewer:
    people = {person.first_name.lower(): person for person in coordinators()}
    return Viewer(person=ref(people[first_name]), roles=frozenset({"coordinator"}))


def work() -> bool:
    """What the worker does again and again."""
    done = [send_owed_letters(), forget_old_sign_ups()]
    return any(done)


def personal_copy(person: Ref) -> dict[str, object]:
    return about_person(person)


CAPABILITY = Capability(
    app="events",
    title=_("Meeting places"),
    doors=(Door(label=_("Meeting places"), url_name="events:meetings", order=40),),
    refs={"meeting": named, "signup": sign_up_named},
    thread_steps={"meeting": thread_steps},
    text_places={
        "meeting": TextPlace(
            label=_("Use the text as minutes"),
            readers=_("Only those who run the forum read the minutes, unless you open them to all."),
            most=MOST_CHARACTERS,
            standing=minutes_standing,
            write=minutes_written,
        )
    },
    panels_offered=("meeting.held", "meeting.raised", "meeting.minutes", "meeting.read"),
    panels_filled={"front.detail": on_the_front_page, "person.page": on_my_page},
    desk=(Door(label=_("Call a meeting"), url_name="events:call", order=20, permission="events.call_meeting"),),
    demo=demo,
    personal_copy=personal_copy,
    erase=forget_person,
    work=work,
    strike=strike,
    personal_data=(
        PersonalData(
            what=_("The name, workplace and e-mail address of those who sign up for a meeting"),
            why=_("So that those who hold it know who will come, and you are told when something changes"),
            kept_for=_("30 days after the meeting, or until you sign off; then only how many, and from which sector"),
        ),
        PersonalData(
            what=_("That you were at a meeting, when you say so yourself"),
            why=_("So that who was there is known, and your name stands there if you want"),
            kept_for=_("As long as the meeting; when you leave, one from your sector was there"),
        ),
        PersonalData(
            what=_("What somebody noted after a meeting, and took on"),
            why=_("So that somebody does it, and one can ask who"),
            kept_for=_("As long as the meeting"),
        ),
    ),
)
