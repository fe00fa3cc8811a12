"""Those who wrote and left an address hear what became of their notes: once, and again when something does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kompetanse.board import OpKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import end_board, forget_person, send_owed_letters
from kompetanseforum.boards.models import Board, Guest
from kompetanseforum.boards.queries.letters import own_secret
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.refs import ref
from tests.boards.conftest import add_note, do, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(board: Board, device_of: Callable[[Who], Client]) -> Who:
    """She has written, and left her address."""
    kari = join(board, "Kari", "business")
    add_note(board, kari, "Kurs på kveldstid")
    answer = device_of(kari).post(page_of(board, "leave_address"), {"email": "kari@bedrift.example"})
    assert answer.status_code == 302
    return kari


def own_page(who: Who, name: str = "own") -> str:
    assert who.guest is not None
    return reverse(f"boards:{name}", kwargs={"secret": own_secret(who.guest)})


def make_need(board: Board, client: Client, *notes: str, key: str = "b1b1b1b1") -> None:
    client.post(page_of(board, "need"), {"note": notes, "words": "Kurs i Halden", "people": "4", "sending_key": key})


def test_nobody_is_written_to_before_the_board_is_ended_and_each_once_after(board: Board, kari: Who, person: Person):
    assert not send_owed_letters()
    end_board(board=board, by=person)
    assert send_owed_letters()
    assert not send_owed_letters()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["kari@bedrift.example"], "Takk for det du skrev")
    assert "«Kurs på kveldstid»" in letter.body
    assert own_page(kari) in letter.body
    assert own_page(kari, "stop_letters") in letter.body


def test_a_letter_that_was_not_sent_goes_out_the_next_time_and_once(
    board: Board, kari: Who, person: Person, settings: object
):
    end_board(board=board, by=person)
    settings.EMAIL_BACKEND = "tests.boards.test_letters.NoServer"  # type: ignore[attr-defined]
    assert not send_owed_letters()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert send_owed_letters()
    assert not send_owed_letters()
    assert len(mail.outbox) == 1


class NoServer:
    def __init__(self, *_args: object, **_options: object) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise OSError("no server")


def test_who_wrote_nothing_or_left_no_address_gets_none(
    board: Board, person: Person, device_of: Callable[[Who], Client]
):
    silent, nameless = join(board, "Stille"), join(board, "Uten adresse")
    add_note(board, nameless, "Bare en lapp")
    device_of(silent).post(page_of(board, "leave_address"), {"email": "stille@bedrift.example"})
    end_board(board=board, by=person)
    assert not send_owed_letters()
    assert mail.outbox == []


def test_what_a_note_became_later_is_told_once_with_what_that_became(
    board: Board, kari: Who, person: Person, coordinator_client: Client
):
    end_board(board=board, by=person)
    send_owed_letters()
    note = board.items.get(author=kari.ref)
    with clock.at(clock.now() + timedelta(days=40)):
        make_need(board, coordinator_client, note.public_id)
        assert send_owed_letters()
        assert not send_owed_letters()
    assert [letter.subject for letter in mail.outbox] == [
        "Takk for det du skrev",
        "Det har kommet noe ut av lappen din",
    ]
    assert "→ Behov: " in mail.outbox[1].body


def test_what_came_of_somebody_elses_note_is_no_news(
    board: Board, kari: Who, person: Person, coordinator_client: Client
):
    other = join(board, "Ola")
    note = add_note(board, other, "Noe annet")
    end_board(board=board, by=person)
    send_owed_letters()
    with clock.at(clock.now() + timedelta(days=1)):
        make_need(board, coordinator_client, note)
        assert not send_owed_letters()


def test_their_own_page_lives_on_and_holds_no_one_elses_notes(
    board: Board, kari: Who, coordinator_client: Client, leader: Who
):
    other = join(board, "Ola")
    add_note(board, other, "Kanarifugl")
    held = add_note(board, kari, "Tatt ned")
    do(board, leader, OpKind.HOLD, held)
    before = Client().get(own_page(kari)).content.decode()
    assert ("Kurs på kveldstid" in before, "Kanarifugl" in before, "Tatt ned" in before) == (True, False, False)
    assert "Ikke noe ennå." in before
    make_need(board, coordinator_client, board.items.get(text="Kurs på kveldstid").public_id)
    after = Client().get(own_page(kari)).content.decode()
    assert "Behov: " in after


def test_to_open_the_link_changes_nothing_and_its_button_opens_the_board(board: Board, kari: Who):
    phone = Client()
    phone.get(own_page(kari))
    assert phone.get(page_of(board)).status_code in (302, 403)
    assert phone.post(own_page(kari)).headers["Location"] == page_of(board, "list")
    assert "din lapp" in phone.get(page_of(board)).content.decode()


@pytest.mark.parametrize("secret", ["", "x", "0000000000-00000000000000000000", "ææææ-æ", "%00-1"])
@pytest.mark.slow
def test_a_link_that_is_none_is_no_page(secret: str, board: Board, kari: Who):
    assert Client().get(f"/tavler/min/{secret}x").status_code == 404
    assert Client().post(f"/tavler/min/{secret}x/stopp").status_code == 404
    assert Guest.objects.exclude(email="").count() == 1


def test_the_letters_are_stopped_by_a_button_alone_and_the_address_is_forgotten(
    board: Board, kari: Who, person: Person
):
    end_board(board=board, by=person)
    Client().get(own_page(kari, "stop_letters"))
    assert Guest.objects.exclude(email="").count() == 1
    for _ in range(2):
        assert Client().post(own_page(kari, "stop_letters")).status_code == 200
    assert Guest.objects.exclude(email="").count() == 0
    assert not send_owed_letters()


def test_an_address_that_is_none_is_told_and_kept_nowhere(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    answer = device_of(kari).post(page_of(board, "leave_address"), {"email": "kari@"})
    assert (answer.status_code, Guest.objects.exclude(email="").count()) == (422, 0)
    assert "navn@example.org" in answer.content.decode()


@pytest.mark.slow
def test_the_address_stands_on_no_page_and_in_no_export_of_the_board(
    board: Board, kari: Who, coordinator_client: Client, device_of: Callable[[Who], Client]
):
    ola = join(board, "Ola")
    for client in (coordinator_client, device_of(ola)):
        for name in ("wall", "list", "table", "canvas", "summary", "export", "since", "history", "leave_address"):
            assert b"kari@bedrift" not in client.get(page_of(board, name)).content


def test_who_is_erased_has_no_address_left(board: Board, kari: Who, person: Person):
    assert kari.guest is not None
    forget_person(Erasure(person=ref(person), email="", holds=frozenset({ref(kari.guest)}), withdraws_voices=False))
    assert Guest.objects.exclude(email="").count() == 0


def test_in_the_language_that_was_read(board: Board, person: Person, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    add_note(board, kari, "Kurs")
    device_of(kari).post(page_of(board, "leave_address"), {"email": "k@b.example"}, headers={"accept-language": "nn"})
    end_board(board=board, by=person)
    send_owed_letters()
    assert mail.outbox[0].subject == "Takk for det du skreiv"
