"""What boards bring: a door, Refs, the room's socket, personal data, and two boards in the demo forum."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.queries import kept_by
from kompetanseforum.boards.actions import (
    Gathering,
    end_board,
    forget_person,
    let_go_of_what_is_old,
    send_owed_letters,
)
from kompetanseforum.boards.imports import DemoBoard, demo_boards
from kompetanseforum.boards.live import DOOR
from kompetanseforum.boards.queries.belonging import texts_of
from kompetanseforum.boards.queries.people import board_by_id, guests_among, item_by_id, notes_by
from kompetanseforum.boards.rules import may_open_board
from kompetanseforum.boards.views.thread import board_steps, note_steps
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, text_place
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import day
from kompetanseforum.forum.queries import coordinators, duty_person


def named(public_id: str) -> Named | None:
    board = board_by_id(public_id)
    return Named(label=board.title, url=reverse("boards:wall", kwargs={"public_id": public_id})) if board else None


def guest_named(public_id: str) -> Named | None:
    guests = guests_among(frozenset({Ref("guest", public_id)}))
    return named(guests[0].board.public_id) if guests else None


def note_named(public_id: str) -> Named | None:
    item = item_by_id(public_id)
    if item is None or item.is_erased:
        return None
    return Named(label=str(_("A note")), url=reverse("boards:note", kwargs={"public_id": public_id}))


def at_meeting(viewer: Viewer, where: object) -> tuple[str, dict[str, object]] | None:
    """On a meeting's page: the minutes as a text written together, until they are written; or a board."""
    if not isinstance(where, Ref) or not may_open_board(viewer, None):
        return None
    place = text_place(where.kind)
    is_written = place is not None and bool(place.standing(viewer, where))
    return "boards/_at_meeting.html", {"where": str(where), "is_written": is_written}


def minutes_together(viewer: Viewer, where: object) -> tuple[str, dict[str, object]] | None:
    if not isinstance(where, Ref) or not may_open_board(viewer, None):
        return None
    return "boards/_minutes_together.html", {"where": str(where), "texts": texts_of(where)}


def personal_copy(person: Ref) -> dict[str, object]:
    held = kept_by(person).held
    return {
        "boards": [
            {
                "board": guest.board.title,
                "alias": guest.alias,
                "sector": guest.sector,
                "joined_at": guest.joined_at.isoformat(),
                "email": guest.email,
            }
            for guest in guests_among(held)
        ],
        "notes": [
            {"board": item.board.title, "text": item.text, "at": item.made_at.isoformat()} for item in notes_by(held)
        ],
    }


def demo() -> None:
    """One gathering that is over, and one under way."""
    people = {person.first_name: person for person in coordinators()}
    now = clock.now()
    for row in demo_boards():
        with clock.at(now - timedelta(days=row.days_ago)):
            told = Gathering(
                title=row.title,
                occasion=f"{row.occasion}, {_date(row)}",
                pattern=row.pattern,
                columns=row.columns,
                language=row.language,
                guests=row.guests,
                by=people.get(row.by) or duty_person(),
            )
            told.write(row.notes)
            told.group(row.notes)
            told.comment(row.comments)
            if row.favourites:
                told.vote(row.favourites)
            told.go_to(row.phase)
            if row.became:
                told.make_need(notes=row.became, words=row.need, people=row.people)
            if row.is_ended:
                end_board(board=told.board, by=told.by)


def work() -> bool:
    """What the worker does again and again."""
    done = [send_owed_letters(), let_go_of_what_is_old()]
    return any(done)


def _date(row: DemoBoard) -> str:
    with translation.override(row.language):
        return day(clock.now())


CAPABILITY = Capability(
    app="boards",
    title=_("Boards"),
    ways=(Door(label=_("Come in with a code"), url_name="boards:boards", order=10),),
    desk=(Door(label=_("Boards"), url_name="boards:boards", order=25, permission="boards.open_board"),),
    refs={"board": named, "spectator": named, "guest": guest_named, "note": note_named},
    thread_steps={"board": board_steps, "note": note_steps},
    panels_offered=("board.selection",),
    panels_filled={"meeting.raised": at_meeting, "meeting.minutes": minutes_together},
    sockets=(DOOR,),
    demo=demo,
    personal_copy=personal_copy,
    erase=forget_person,
    work=work,
    personal_data=(
        PersonalData(
            what=_("What people call themselves on a board, the sector they choose, and the notes they write"),
            why=_("So that they find their own notes again, and the gathering sees who has been heard"),
            kept_for=_(
                "Notes as long as the board; who wrote them, two years after the last thing was done there. "
                "What is deleted goes for good after 30 days, and one's own at any time, from the history too."
            ),
        ),
        PersonalData(
            what=_("The e-mail address that somebody leaves on a board to hear what becomes of their notes"),
            why=_("For that letter alone; it is shown to nobody"),
            kept_for=_("Until they stop the letters, or two years after the last thing was done there"),
        ),
        PersonalData(
            what=_("Pictures and documents handed in with a note, and why somebody asks to have a note looked at"),
            why=_(
                "So that those on the board see them, and the one who leads can take down what should not stand there"
            ),
            kept_for=_("As long as the note stands; they are gone from the storage when it is erased"),
        ),
        PersonalData(
            what=_("Dots in a vote, under a hash of who gave them"),
            why=_("So that nobody gives more than their share, and the result can be told by sector"),
            kept_for=_("Two weeks after the vote; then the dots alone, never shown for fewer than five"),
        ),
    ),
)
