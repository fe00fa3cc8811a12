"""One erasure is enough: what is erased on a board is gone from the minutes and such that were made of its text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.board import OpKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import Used, use_text
from kompetanseforum.boards.actions.expiring import let_go_of_what_is_old
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import without_paragraphs
from kompetanseforum.events.actions import write_minutes
from kompetanseforum.events.models import Meeting
from kompetanseforum.minutes.actions import bring_in_from
from kompetanseforum.minutes.queries import waiting_in
from tests.boards.conftest import add_note, do, join, written

pytestmark = pytest.mark.django_db

CANARY = "Per på Kanari bakeri mangler folk som kan bake."
LEFT = "Dette snakket vi om\n\nVi ble enige.\n\nOm to ting.\n\nDette gjør vi\n\nKari spør."


def text_with_a_canary(home: Meeting | Challenge, person: Person) -> tuple[Board, Who, str]:
    board = written(home, person)
    per = join(board, "Per", "business")
    return board, per, add_note(board, per, CANARY)


def minutes_of(meeting: Meeting) -> str:
    return Meeting.objects.get(pk=meeting.pk).minutes


def test_what_is_erased_goes_from_the_minutes(meeting: Meeting, person: Person, house: Viewer):
    board, per, note = text_with_a_canary(meeting, person)
    assert use_text(board=board, by=house) == Used.DONE
    assert CANARY in minutes_of(meeting)
    do(board, per, OpKind.ERASE, note)
    assert minutes_of(meeting) == LEFT


def test_what_it_said_before_it_was_changed_goes_too(meeting: Meeting, person: Person, house: Viewer):
    board, per, note = text_with_a_canary(meeting, person)
    use_text(board=board, by=house)
    do(board, per, OpKind.EDIT, note, text="Noe annet", base=Item.objects.get(public_id=note).text_seq)
    do(board, per, OpKind.ERASE, note)
    assert minutes_of(meeting) == LEFT


def test_what_somebody_wrote_in_the_minutes_afterwards_stays(meeting: Meeting, person: Person, house: Viewer):
    board, per, note = text_with_a_canary(meeting, person)
    use_text(board=board, by=house)
    # A form sends other line ends, and somebody has broken the line.
    changed = (
        minutes_of(meeting).replace("mangler folk", "mangler\nfolk").replace("\n", "\r\n") + "\r\n\r\nHusk nøkkelen."
    )
    write_minutes(meeting, minutes=changed, are_public=True, by=house)
    do(board, per, OpKind.ERASE, note)
    left = minutes_of(meeting)
    assert "Kanari" not in left and left.split() == [*LEFT.split(), "Husk", "nøkkelen."]
    assert Meeting.objects.get(pk=meeting.pk).minutes_are_public


@pytest.mark.slow
def test_what_was_read_from_the_minutes_is_struck_and_not_asked(
    meeting: Meeting,
    person: Person,
    house: Viewer,
    metal_trades: None,
):
    board, per, note = text_with_a_canary(meeting, person)
    use_text(board=board, by=house)
    text = minutes_of(meeting) + "\n\nVi mangler folk som kan sveise aluminium."
    minutes = bring_in_from(ref(meeting), title="Samling", text=text, held_on=clock.today(), by=None)
    before = {one.words for one in waiting_in(minutes)}
    do(board, per, OpKind.ERASE, note)
    minutes.refresh_from_db()
    assert "Kanari" not in minutes.text and len(minutes.text) == len(text)
    assert (
        {one.words for one in waiting_in(minutes)} == before - {CANARY} == {"Vi mangler folk som kan sveise aluminium."}
    )


def test_what_is_erased_goes_from_the_challenge(challenge: Challenge, person: Person, house: Viewer):
    board, per, note = text_with_a_canary(challenge, person)
    use_text(board=board, by=house)
    do(board, per, OpKind.ERASE, note)
    assert Challenge.objects.get(pk=challenge.pk).about == LEFT


def test_a_paragraph_that_was_only_deleted_long_ago_stays_where_it_was_used(
    meeting: Meeting,
    person: Person,
    house: Viewer,
):
    board, per, note = text_with_a_canary(meeting, person)
    use_text(board=board, by=house)
    do(board, per, OpKind.DELETE, note)
    with clock.at(clock.now() + timedelta(days=40)):
        assert let_go_of_what_is_old()
    assert Item.objects.get(public_id=note).is_erased
    assert CANARY in minutes_of(meeting)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("En.\n\nTo.\n\nTre.", "En.\n\nTre."),
        ("To.", ""),
        ("En to.\n\nTo. Tre.", "En to.\n\nTo. Tre."),
        ("En.\n  To.  \nTre.", "En.\n\nTre."),
    ],
)
def test_only_whole_paragraphs_are_taken_out(text: str, left: str):
    assert without_paragraphs(text, ["To."]) == left


def test_what_is_struck_keeps_the_place_of_what_follows():
    assert without_paragraphs("En.\n\nTo (2).\n\nTre.", ["To (2)."], keeps_places=True) == f"En.\n\n{'…' * 7}\n\nTre."
