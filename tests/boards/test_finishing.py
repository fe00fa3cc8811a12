"""A text written together becomes the meeting's minutes or the challenge's text with one press, and overwrites nothing unasked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.board import OpKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import Used, end_board, open_board, use_text
from kompetanseforum.boards.models import Board, BoardOp
from kompetanseforum.boards.queries.finishing import text_home, whole_text
from kompetanseforum.boards.queries.log import replayed, value_of
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.challenges.forms import MOST_CHARACTERS
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import write_minutes
from kompetanseforum.events.models import Meeting
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import add_note, do, join, page_of, written

pytestmark = pytest.mark.django_db

TEXT = "Dette snakket vi om\n\nVi ble enige.\n\nOm to ting.\n\nDette gjør vi\n\nKari spør."


def facts(kind: str) -> int:
    return FactRow.objects.filter(name=kind).count()


@pytest.mark.slow
def test_one_press_makes_it_the_minutes_and_a_second_one_changes_nothing(
    meeting: Meeting, person: Person, coordinator_client: Client
):
    board = written(meeting, person)
    home = reverse("events:meeting", kwargs={"public_id": meeting.public_id})
    assert "Skriv referatet sammen" in coordinator_client.get(home).content.decode()
    page = coordinator_client.get(page_of(board, "text")).content.decode()
    assert "Bruk teksten som referat" in page
    for _ in range(2):
        answer = coordinator_client.post(page_of(board, "use_text"))
        assert (answer.status_code, answer.headers["Location"]) == (302, home)
    meeting.refresh_from_db()
    assert meeting.minutes == TEXT
    assert meeting.minutes_at is not None and not meeting.minutes_are_public
    assert (facts("events.MinutesWritten"), facts("boards.TextUsed")) == (1, 1)
    assert BoardOp.objects.filter(board=board, kind="outcome").count() == 1
    assert replayed(board) == {row.public_id: value_of(row) for row in board.items.all()}
    # In the thread it hangs on the meeting, and the meeting shows both.
    assert Edge.objects.get(downstream_kind="board", downstream_id=board.public_id).upstream == ref(meeting)
    shown = coordinator_client.get(home).content.decode()
    assert "Vi ble enige." in shown and page_of(board, "wall") in shown
    # What is written is not offered to be written; a board for the meeting still is.
    assert "Skriv referatet sammen" not in shown and "Åpne ei tavle for møtet" in shown
    # It says so; the button stays, since others may write on while this is read.
    text = coordinator_client.get(page_of(board, "text")).content.decode()
    assert "Slik den er nå, står den på" in text and "Bruk teksten som referat" in text


def test_the_challenge_says_it_and_keeps_its_question(challenge: Challenge, person: Person, coordinator_client: Client):
    board = written(challenge, person)
    answer = coordinator_client.post(page_of(board, "use_text"))
    challenge.refresh_from_db()
    assert (challenge.about, challenge.question) == (TEXT, "Hvordan lærer vi mens vi jobber?")
    assert "<p>Om to ting.</p>" in Client().get(answer.headers["Location"]).content.decode()
    # What is written on is used by pressing again, and what it said before is shown first.
    add_note(board, join(board, "Ola"), "En ting til.", column=2)
    again = coordinator_client.post(page_of(board, "use_text"))
    assert again.status_code == 422


@pytest.mark.slow
def test_what_somebody_wrote_by_hand_goes_only_when_it_has_been_seen(
    meeting: Meeting, person: Person, house: Viewer, coordinator_client: Client
):
    board = written(meeting, person)
    write_minutes(meeting, minutes="For hånd", are_public=True, by=house)
    asked = coordinator_client.post(page_of(board, "use_text"))
    assert asked.status_code == 422
    assert "For hånd" in asked.content.decode() and "Vi ble enige." in asked.content.decode()
    seen = text_home(board, house)
    assert seen is not None
    # Somebody writes on while it is being looked at.
    write_minutes(meeting, minutes="For hånd, og mer", are_public=True, by=house)
    assert coordinator_client.post(page_of(board, "use_text"), {"instead_of": seen.mark}).status_code == 422
    meeting.refresh_from_db()
    assert meeting.minutes == "For hånd, og mer"
    now = text_home(board, house)
    assert now is not None
    assert coordinator_client.post(page_of(board, "use_text"), {"instead_of": now.mark}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.minutes_are_public) == (TEXT, True)


def test_if_it_cannot_be_written_nothing_is(
    meeting: Meeting, person: Person, house: Viewer, monkeypatch: pytest.MonkeyPatch
):
    board = written(meeting, person)
    seq = Board.objects.get(pk=board.pk).seq

    def falls(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("kompetanseforum.boards.actions.finishing.publish", falls)
    with pytest.raises(RuntimeError):
        use_text(board=board, by=house)
    meeting.refresh_from_db()
    assert (meeting.minutes, Board.objects.get(pk=board.pk).seq) == ("", seq)


def test_only_what_stands_for_all_to_see_is_in_it(meeting: Meeting, person: Person, house: Viewer):
    board = written(meeting, person)
    leader = join(board, "Siv")
    erased = add_note(board, leader, "Kanarifugl")
    deleted = add_note(board, leader, "Slettet")
    do(board, leader, OpKind.ERASE, erased)
    do(board, leader, OpKind.DELETE, deleted)
    assert whole_text(board, house) == TEXT


def test_nobody_else_puts_it_there(meeting: Meeting, person: Person, holder_client: object):
    board = written(meeting, person)
    who = join(board, "Kari")
    guest = holder_client(ref(who.guest))  # type: ignore[operator,arg-type]  # as conftest gives it
    assert "Bruk teksten som referat" not in guest.get(page_of(board, "text")).content.decode()
    assert guest.post(page_of(board, "use_text")).status_code == 403
    assert use_text(board=board, by=Viewer(holds=frozenset({ref(who.guest)}))) == Used.NOWHERE  # type: ignore[arg-type]
    meeting.refresh_from_db()
    assert meeting.minutes == ""


@pytest.mark.slow
def test_a_text_that_is_empty_too_long_or_belongs_nowhere_goes_nowhere(
    meeting: Meeting, challenge: Challenge, person: Person, house: Viewer, coordinator_client: Client
):
    pattern = pattern_called("shared_text")
    empty = open_board(title="Tom", pattern=pattern, by=person, home=ref(meeting))
    assert use_text(board=empty, by=house) == Used.EMPTY
    alone = open_board(title="Alene", pattern=pattern, by=person)
    add_note(alone, join(alone, "Kari"), "Et avsnitt")
    assert use_text(board=alone, by=house) == Used.NOWHERE
    assert "Når teksten er ferdig" not in coordinator_client.get(page_of(alone, "text")).content.decode()
    long = open_board(title="Lang", pattern=pattern, by=person, home=ref(challenge))
    kari = join(long, "Kari")
    for _ in range(MOST_CHARACTERS // 500 + 1):
        add_note(long, kari, "x" * 500)
    assert use_text(board=long, by=house) == Used.TOO_LONG
    answer = coordinator_client.post(page_of(long, "use_text"), follow=True)
    assert "lengre enn det er plass til" in answer.content.decode()


def test_a_board_that_is_ended_can_still_be_used(meeting: Meeting, person: Person, house: Viewer):
    board = written(meeting, person)
    end_board(board=board, by=person)
    assert use_text(board=board, by=house) == Used.DONE


def test_where_minutes_are_written_the_text_is_found(meeting: Meeting, person: Person, coordinator_client: Client):
    board = written(meeting, person)
    page = coordinator_client.get(reverse("events:minutes", kwargs={"public_id": meeting.public_id})).content.decode()
    assert page_of(board, "text") in page
