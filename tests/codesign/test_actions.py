"""Changes are proposed, agreed on by every side, tried first or parked; and become the offer's new version."""

from __future__ import annotations

import pytest

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.models import Brief
from kompetanseforum.codesign.actions import (
    NothingAgreed,
    StaleWording,
    agree,
    comment_on,
    decide_changes,
    join_room,
    leave_room,
    move_change,
    open_room,
    propose_change,
    remove_change,
    reword_change,
    send_changes,
    take_back_agreement,
)
from kompetanseforum.codesign.models import Change, Comment, Participant, Room, Stage, State, Wording
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.models import State as NeedState
from kompetanseforum.offers.models import Offer, OfferVersion
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.offers.queries.shown import offer_by_id
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.models import Edge

pytestmark = pytest.mark.django_db


def _proposed(room: Room, by: Participant, proposal: str = "60 timer på ti kvelder", **more: str) -> Change:
    return propose_change(room=room, part=more.pop("part", "structure"), proposal=proposal, by=by, **more)


def _state(change: Change) -> str:
    change.refresh_from_db()
    return change.state


@pytest.mark.slow
def test_a_room_is_opened_once_and_hangs_on_its_brief(room: Room, sent: Brief, school: Organisation):
    again = {"title": "X", "educator": school, "offer": None, "brief": sent, "by": NOBODY}
    first = open_room(**again, sending_key="k")
    assert open_room(**again, sending_key="k").pk == first.pk
    assert Edge.objects.filter(upstream_id=sent.public_id, downstream_id=room.public_id).get().relation == "answered_by"


def test_a_template_begins_with_three_proposals_that_nobody_has_said_yes_to(school: Organisation, noon: object):
    opened = open_room(title="X", educator=school, offer=None, brief=None, by=NOBODY, template="micro")
    assert [(one.part, one.state, one.agreements.count()) for one in opened.changes.all()] == [
        ("content", "proposed", 0),
        ("structure", "proposed", 0),
        ("method", "proposed", 0),
    ]


@pytest.mark.slow
def test_all_agree_when_every_side_that_is_there_has_said_yes(
    room: Room, firm: Participant, lecturer: Participant, apprentice: Participant
):
    change = _proposed(room, firm)
    agree(change=change, by=lecturer)
    assert _state(change) == State.PROPOSED
    agree(change=change, by=apprentice)
    agree(change=change, by=apprentice)
    assert (_state(change), change.agreements.count()) == (State.AGREED, 3)
    assert FactRow.objects.filter(name="codesign.ChangeMoved").count() == 1


@pytest.mark.slow
def test_one_side_alone_does_not_agree_with_itself(room: Room, firm: Participant):
    second = join_room(room=room, name="Tiril", sector="business", by=None)
    change = _proposed(room, firm)
    agree(change=change, by=second)
    assert _state(change) == State.PROPOSED


@pytest.mark.slow
def test_who_has_left_is_not_waited_for(room: Room, firm: Participant, lecturer: Participant, apprentice: Participant):
    change = _proposed(room, firm)
    leave_room(participant=apprentice)
    agree(change=change, by=lecturer)
    assert _state(change) == State.AGREED


@pytest.mark.slow
def test_a_yes_taken_back_leaves_it_proposed(room: Room, firm: Participant, lecturer: Participant):
    change = _proposed(room, firm)
    agree(change=change, by=lecturer)
    take_back_agreement(change=change, by=lecturer)
    assert _state(change) == State.PROPOSED


@pytest.mark.slow
def test_new_words_are_agreed_on_anew_and_the_old_ones_are_kept(room: Room, firm: Participant, lecturer: Participant):
    change = _proposed(room, firm)
    agree(change=change, by=lecturer)
    assert reword_change(change=change, proposal="48 timer på åtte kvelder", seen=1, by=lecturer) is True
    assert (_state(change), change.proposal, change.revision) == (State.PROPOSED, "48 timer på åtte kvelder", 2)
    assert [one.participant for one in change.agreements.all()] == [lecturer]
    assert [(one.proposal, one.by) for one in Wording.objects.all()] == [("60 timer på ti kvelder", firm)]


@pytest.mark.slow
def test_a_stale_edit_writes_nothing_and_shows_what_stands(room: Room, firm: Participant, lecturer: Participant):
    change = _proposed(room, firm)
    reword_change(change=change, proposal="Åtte kvelder", seen=1, by=lecturer)
    with pytest.raises(StaleWording) as refused:
        reword_change(change=change, proposal="Seks kvelder", seen=1, by=firm)
    assert refused.value.change.proposal == "Åtte kvelder"
    assert (Change.objects.get().proposal, Wording.objects.count()) == ("Åtte kvelder", 1)
    # The same words by both is no quarrel.
    assert reword_change(change=change, proposal="Åtte kvelder", seen=1, by=firm) is False


def test_what_is_parked_says_why_and_may_be_taken_up_again(room: Room, firm: Participant, lecturer: Participant):
    change = _proposed(room, firm)
    move_change(change=change, to=State.PARKED, reason="verkstedet er stengt", by=firm)
    agree(change=change, by=lecturer)
    assert (_state(change), change.reason) == (State.PARKED, "verkstedet er stengt")
    move_change(change=change, to=State.PROPOSED, reason="", by=firm)
    assert _state(change) == State.AGREED


@pytest.mark.slow
def test_resends_are_idempotent(room: Room, firm: Participant):
    first = _proposed(room, firm, sending_key="c")
    assert _proposed(room, firm, sending_key="c").pk == first.pk
    comment_on(change=first, words="Fint", by=firm, sending_key="d")
    comment_on(change=first, words="Fint", by=firm, sending_key="d")
    guest = join_room(room=room, name="Per", sector="public", by=None, sending_key="e")
    assert join_room(room=room, name="Per", sector="public", by=None, sending_key="e").pk == guest.pk
    assert (Change.objects.count(), Comment.objects.count(), Participant.objects.filter(name="Per").count()) == (
        1,
        1,
        1,
    )


def test_a_person_is_in_a_room_once_and_may_come_back(room: Room):
    kari = add_person(name="Kari Nes")
    values = {"room": room, "name": "Kari", "sector": "business", "by": ref(kari), "person": kari}
    first = join_room(**values)
    leave_room(participant=first)
    back = join_room(**values)
    assert (back.pk, back.left_at, Participant.objects.filter(person=kari).count()) == (first.pk, None, 1)


def _agreed(room: Room, firm: Participant, lecturer: Participant, **said: str) -> Change:
    change = _proposed(room, firm, **said)
    agree(change=change, by=lecturer)
    return change


def test_nothing_is_sent_that_not_all_agree_on(room: Room, firm: Participant, lecturer: Participant):
    _proposed(room, firm)
    with pytest.raises(NothingAgreed):
        send_changes(room=room, by=None)
    assert Room.objects.get().stage == Stage.OPEN


@pytest.mark.slow
def test_decided_it_is_the_offers_new_version_and_those_who_asked_are_told(
    room: Room, firm: Participant, lecturer: Participant, offer: Offer, need: Need, person: Person
):
    change = _agreed(room, firm, lecturer, why="De jobber om dagen.")
    send_changes(room=room, by=None)
    send_changes(room=room, by=None)
    known = offer_by_id(offer.public_id)
    assert known is not None
    before = content_of(known)
    content = before.__class__(**{**_plain(before), "hours_per_week": 6, "weeks": 10})
    by = Viewer(person=ref(person), roles=frozenset({"coordinator"}))
    decided = decide_changes(room=room, content=content, taken=[change.public_id], by=by)
    again = decide_changes(room=room, content=before, taken=[], by=by)
    decided.refresh_from_db()
    assert (decided.pk, again.pk, decided.version, decided.weeks) == (offer.pk, offer.pk, 2, 10)
    assert OfferVersion.objects.get().content["weeks"] == 38
    room.refresh_from_db()
    change.refresh_from_db()
    assert (room.stage, room.version_before, change.taken_at is not None) == (Stage.DECIDED, 1, True)
    edge = Edge.objects.get(upstream_id=room.public_id)
    assert (edge.downstream_id, edge.relation, edge.why) == (offer.public_id, "became", "De jobber om dagen.")
    need.refresh_from_db()
    assert (need.state, need.answers.last().words) == (
        NeedState.ANSWERED,
        "Elvebakken skole har bestemt seg: Sveis på dagtid er endret slik vi ble enige om.",
    )
    assert FactRow.objects.filter(name="codesign.ChangesDecided").count() == 1


def _plain(content: object) -> dict[str, object]:
    return {name: getattr(content, name) for name in content.__slots__}  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_new_offer_leaves_todays_as_it_is(room: Room, firm: Participant, lecturer: Participant, offer: Offer):
    Room.objects.filter(pk=room.pk).update(makes_new=True)
    change = _agreed(room, firm, lecturer)
    send_changes(room=room, by=None)
    known = offer_by_id(offer.public_id)
    assert known is not None
    content = content_of(known).__class__(title="Sveisekvelder", provider="Elvebakken skole")
    made = decide_changes(room=room, content=content, taken=[change.public_id], by=NOBODY)
    offer.refresh_from_db()
    assert (made.title, made.pk != offer.pk, offer.version) == ("Sveisekvelder", True, 1)


@pytest.mark.slow
def test_a_new_proposal_opens_a_decided_room_again(room: Room, firm: Participant, lecturer: Participant, offer: Offer):
    change = _agreed(room, firm, lecturer)
    send_changes(room=room, by=None)
    known = offer_by_id(offer.public_id)
    assert known is not None
    decide_changes(room=room, content=content_of(known), taken=[change.public_id], by=NOBODY)
    _proposed(Room.objects.get(), firm, proposal="Også i juni")
    assert Room.objects.get().stage == Stage.OPEN


@pytest.mark.slow
def test_what_is_in_the_offer_is_not_taken_back(room: Room, firm: Participant, lecturer: Participant, offer: Offer):
    change = _agreed(room, firm, lecturer)
    send_changes(room=room, by=None)
    known = offer_by_id(offer.public_id)
    assert known is not None
    decide_changes(room=room, content=content_of(known), taken=[change.public_id], by=NOBODY)
    remove_change(change=change, by=firm)
    change.refresh_from_db()
    assert change.removed_at is None
