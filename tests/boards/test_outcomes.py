"""Notes become a need, in their own words, and tell that they did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import add_note, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(board: Board) -> list[str]:
    kari = join(board, "Kanari-Kari", "business")
    return [add_note(board, kari, text) for text in ("Ti kvelder", "Start klokka 18", "Ikke valgt")]


def test_the_chosen_notes_are_proposed_in_their_own_words(board: Board, notes: list[str], coordinator_client: Client):
    page = coordinator_client.post(page_of(board, "need"), {"note": notes[:2]}).content.decode()
    assert "Ti kvelder\nStart klokka 18</textarea>" in page
    assert "Ikke valgt" not in page
    assert Need.objects.count() == 0


@pytest.mark.slow
def test_the_need_is_voiced_once_and_the_notes_tell_of_it(board: Board, notes: list[str], coordinator_client: Client):
    sent = {
        "note": notes[:2],
        "words": "Kurs på kveldstid",
        "people": "6",
        "municipality": "",
        "sending_key": "k5k5k5k5",
    }
    answers = [coordinator_client.post(page_of(board, "need"), sent) for _ in range(2)]
    need = Need.objects.get()
    voice = Voice.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/behov/{need.public_id}"}
    assert (voice.words, voice.people, voice.sources) == ("Kurs på kveldstid", 6, 2)
    edges = set(Edge.objects.values_list("upstream_kind", "upstream_id", "relation", "downstream_id"))
    assert edges == {
        ("board", board.public_id, "raised_in", need.public_id),
        *(("note", note, "became", need.public_id) for note in notes[:2]),
    }
    assert coordinator_client.get(page_of(board)).content.decode().count("Ble til:") == 2


@pytest.mark.slow
def test_the_needs_thread_tells_all_where_it_was_raised_and_only_those_who_were_there_what_was_written(
    board: Board, notes: list[str], coordinator_client: Client
):
    sent = {"note": notes[:1], "words": "Kurs på kveldstid", "people": "1", "sending_key": "k7k7k7k7"}
    address = coordinator_client.post(page_of(board, "need"), sent).headers["Location"]
    inside, outside = (client.get(address).content.decode() for client in (coordinator_client, Client()))
    assert ("Ti kvelder" in inside, "Ti kvelder" in outside) == (True, False)
    assert (board.title in inside, board.title in outside) == (True, True)
    assert (page_of(board, "wall") in inside, page_of(board, "wall") in outside) == (True, False)


def test_nobody_who_wrote_is_named_in_the_need(board: Board, notes: list[str], coordinator_client: Client):
    sent = {"note": notes[:1], "words": "Kurs", "people": "1", "sending_key": "k6k6k6k6"}
    coordinator_client.post(page_of(board, "need"), sent)
    assert "Kanari" not in str(list(Voice.objects.values())) + str(list(Need.objects.values()))


def test_guests_do_not_make_needs_of_what_others_wrote(
    board: Board, notes: list[str], device_of: Callable[[Who], Client]
):
    answer = device_of(join(board, "Ola")).post(page_of(board, "need"), {"note": notes})
    assert (answer.status_code, Need.objects.count()) == (403, 0)


def test_with_nothing_chosen_it_is_said_what_to_do(board: Board, coordinator_client: Client):
    answer = coordinator_client.post(page_of(board, "need"), {}, follow=True)
    assert "Kryss av lappene det gjelder først." in answer.content.decode()
