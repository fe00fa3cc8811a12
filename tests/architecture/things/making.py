"""Things that take several steps: a need with its voice, a brief that was sent, a room, a board, a whole loop."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kompetanse.board import ItemKind, OpKind, Wish
from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.anchoring.actions import Commitment, record_anchoring
from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.boards.actions import join_board, open_board, write
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.briefs.actions import Asked, BriefSaid, make_brief, make_pledge, send_brief
from kompetanseforum.briefs.models import Brief, Pledge, Recipient
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codesign.actions import agree, comment_on, join_room, open_room, propose_change, send_changes
from kompetanseforum.codesign.models import Change, Comment, Participant, Room
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.offers.actions.registering import register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import (
    add_organisation,
)
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.pilots.actions import Plan, start_pilot
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.results.actions import Harvested, publish_result, record_result
from kompetanseforum.results.models import Kind, Result

# The address of all who voice a need here: for themselves and for coordinators.
CANARY = "kanari@hemmelig.example"


def a_loop(organisation: Organisation, *, origin: Ref, by: Viewer) -> tuple[Pilot, Anchoring, Result]:
    """A pilot that tests the need, what is anchored because of it, and what came of it."""
    plan = Plan(
        title="Sveisekvelder",
        hypothesis="Hvis det er kveld, kommer de",
        smallest_test="To kvelder",
        who="Seks",
        begins_on=clock.today(),
        stop_if="Ingen kommer",
        organisation=organisation,
    )
    pilot = start_pilot(plan=plan, by=by, origins=[origin])
    commitment = Commitment(what="Kveldene blir faste", is_public=True)
    anchoring = record_anchoring(organisation=organisation, commitment=commitment, by=by, about=ref(pilot))
    harvested = Harvested(
        what="Kveldene er faste", who="Skolen", on=clock.today(), kind=Kind.STRUCTURE, contribution="Forsøket bidro"
    )
    result = record_result(harvested=harvested, by=by, origins=[ref(pilot)])
    publish_result(result=result, by=by)
    return pilot, anchoring, result


def a_picture() -> str:
    return default_storage.save("pilots/bilde.png", ContentFile(b"\x89PNG\r\n\x1a\n"))


def a_board(*, by: Person, guest: str) -> tuple[Board, Guest, Item]:
    """With one guest, and one note that they wrote."""
    board = open_board(title="Lære mens vi jobber", pattern=pattern_called("open_wall"), by=by)
    came = join_board(board=board, alias=guest)
    column = Item.objects.filter(board=board, kind=ItemKind.COLUMN)[0]
    wish = Wish(f"things-{came.public_id}", OpKind.ADD, came.public_id, text="Ti kvelder", inside=column.public_id)
    write(board, wish, Who(ref=str(ref(came)), name=guest, sector="", is_leading=False, guest=came))
    return board, came, Item.objects.get(board=board, kind=ItemKind.NOTE)


def an_offer(title: str) -> Offer:
    return register_offer(content=Content(title=title, provider="Fagskolen"), source="form", by=None)


def a_voice(words: str, *, firm: str) -> Voice:
    place = Municipality.objects.order_by("code").first()
    organisation = add_organisation(name=firm, kind="boatbuilder", size="5-19", municipality=place)
    return voice_need(said=Said(words=words, place=place, email=CANARY), by=None, organisation=organisation)


def a_brief(voice: Voice, *, by: Person) -> tuple[Brief, Recipient, Pledge]:
    """Sent to one educator, and what the voice's firm can put in."""
    today = clock.today()
    said = BriefSaid(
        title="Sveising", people=2, level=4, starts_by=today, hours_per_week=4, delivery=["online"], payer="nav"
    )
    brief = make_brief(said=said, needs=[voice.need], by=by)
    school = add_organisation(name="Elvebakken skole", sector="education")
    [recipient] = send_brief(brief=brief, to=[Asked(organisation=school)], by=by)
    assert voice.organisation is not None
    pledge = make_pledge(
        brief=brief,
        organisation=voice.organisation,
        gift="rooms",
        words="Hallen",
        name_is_public=False,
        by=ref(voice),
    )
    brief.refresh_from_db()
    return brief, recipient, pledge


def a_room(brief: Brief, recipient: Recipient) -> tuple[Room, Participant, Change, Comment]:
    """Where all agree on one change, which is sent, and one is only proposed."""
    room = open_room(title="Sveising", educator=recipient.organisation, offer=None, brief=brief, by=NOBODY)
    firm = join_room(room=room, name="Goran", sector="business", by=None)
    teacher = join_room(room=room, name="Siv", sector="education", by=None)
    agreed = propose_change(room=room, part="content", proposal="Aluminium", by=teacher)
    agree(change=agreed, by=firm)
    send_changes(room=room, by=None)
    room.refresh_from_db()
    change = propose_change(room=room, part="structure", proposal="Ti kvelder", by=firm)
    return room, firm, change, comment_on(change=change, words="Fint", by=firm)
