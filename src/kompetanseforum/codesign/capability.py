"""What codesign brings: rooms, their step in threads, panels on briefs and offers, and demo rooms."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kompetanseforum.briefs.models import Brief
from kompetanseforum.codesign.actions import forget_person, send_owed_letters
from kompetanseforum.codesign.imports import demo_rooms, tell_room
from kompetanseforum.codesign.models import Change
from kompetanseforum.codesign.queries.changes import change_by_id, taken_changes
from kompetanseforum.codesign.queries.mine import copy_about
from kompetanseforum.codesign.queries.rooms import (
    room_by_id,
    rooms_joined_by,
    rooms_of_brief,
    rooms_of_offer,
    rooms_to_decide,
)
from kompetanseforum.codesign.queries.steps import thread_steps
from kompetanseforum.codesign.rules import may_open_room
from kompetanseforum.codesign.views.rows import row_view
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.offers.models import Offer


def named(public_id: str) -> Named | None:
    room = room_by_id(public_id)
    return Named(label=room.title, url=reverse("codesign:room", kwargs={"public_id": public_id})) if room else None


def change_named(public_id: str) -> Named | None:
    change = change_by_id(public_id)
    if change is None:
        return None
    return Named(label=change.proposal, url=reverse("codesign:change", kwargs={"public_id": public_id}))


def of_notes(viewer: Viewer, board: object) -> tuple[str, dict[str, object]] | None:
    """Among what the chosen notes on a board may become: only those who lead one choose."""
    return "codesign/_selection.html", {"board": board}


def on_a_brief(viewer: Viewer, brief: object) -> tuple[str, dict[str, object]] | None:
    if not isinstance(brief, Brief) or brief.state == "draft":
        return None
    rooms = rooms_of_brief(brief)
    may_open = may_open_room(viewer, None)
    if not rooms and not may_open:
        return None
    return "codesign/_on_brief.html", {
        "brief": brief,
        "rooms": [row_view(room) for room in rooms],
        "may_open": may_open,
    }


def on_an_offer(viewer: Viewer, offer: object) -> tuple[str, dict[str, object]] | None:
    """Where it is rethought, and the changes that came from there, each with why."""
    if not isinstance(offer, Offer):
        return None
    rooms = rooms_of_offer(offer)
    may_open = may_open_room(viewer, None) and offer.ended_at is None and not offer.held_reason
    if not rooms and not may_open:
        return None
    taken: list[Change] = [change for room in rooms if room.became_id == offer.pk for change in taken_changes(room)]
    context: dict[str, object] = {
        "offer": offer,
        "rooms": [row_view(room) for room in rooms],
        "taken": taken,
        "may_open": may_open,
    }
    return "codesign/_on_offer.html", context


def on_my_page(viewer: Viewer, person: object) -> tuple[str, dict[str, object]] | None:
    to_decide, joined = rooms_to_decide(viewer), rooms_joined_by(viewer)
    if not to_decide and not joined:
        return None
    waiting = {room.pk for room in to_decide}
    context: dict[str, object] = {
        "to_decide": [row_view(room) for room in to_decide],
        "joined": [row_view(room) for room in joined if room.pk not in waiting],
    }
    return "codesign/_on_my_page.html", context


@transaction.atomic
def demo() -> None:
    """Each room on its day, in its own language."""
    now = clock.now()
    for row in demo_rooms():
        with translation.override(row.language):
            tell_room(row, now=now)


CAPABILITY = Capability(
    app="codesign",
    title=_("New offers together"),
    ways=(Door(label=_("New offers together"), url_name="codesign:rooms", order=5),),
    refs={"room": named, "change": change_named},
    thread_steps={"room": thread_steps},
    panels_offered=("room.detail", "change.detail"),
    panels_filled={
        "board.selection": of_notes,
        "brief.detail": on_a_brief,
        "offer.detail": on_an_offer,
        "person.page": on_my_page,
    },
    demo=demo,
    personal_copy=copy_about,
    erase=forget_person,
    work=send_owed_letters,
    personal_data=(
        PersonalData(
            what=_("The e-mail address of somebody who is asked to rethink an offer"),
            why=_("So that they get the letter with the room's link"),
            kept_for=_("Until the letter is sent"),
        ),
        PersonalData(
            what=_("What those who rethink an offer want to be called, which side they are on, and what they say"),
            why=_("So that they know who says what, and no side is missing"),
            kept_for=_("As long as the room; the name goes when the person is erased"),
        ),
    ),
)
