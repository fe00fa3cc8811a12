"""The report of a board: what it came to, and never what was hidden, withheld or taken down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import end_board, put_dots, set_board
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.report import report_on
from kompetanseforum.boards.queries.votes import open_round
from kompetanseforum.core import clock
from kompetanseforum.core.paper import can_make_pdf
from kompetanseforum.core.permissions import NOBODY
from tests.boards.conftest import add_note, column_of, do, join, page_of

pytestmark = pytest.mark.django_db

CANARY = "Kanarifugl"
GoTo = Callable[[Board, PhaseKind], None]
WAYS = ("summary", *(("paper",) if can_make_pdf() else ()), "document")


def words_of(client: Client, board: Board, way: str) -> str:
    """Everything that stands in it, also in the parts that a reader does not show."""
    answer = client.get(page_of(board, way))
    assert answer.status_code == 200
    if way == "paper":
        reader = PdfReader(io.BytesIO(answer.content))
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    if way == "document":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return answer.content.decode()


@pytest.fixture
def told(workshop: Board, go_to: GoTo, coordinator_client: Client, leader: Who) -> Board:
    """An hour with six votes from working life and two from education, and a need that came of it."""
    guests = [join(workshop, f"Alias{n}", "business") for n in range(6)]
    guests += [join(workshop, f"Alias{n}", "education") for n in range(6, 8)]
    go_to(workshop, PhaseKind.WRITE)
    evening = add_note(workshop, guests[0], "Kurs på kveldstid")
    add_note(workshop, guests[6], "Lån av verksted", column=1)
    go_to(workshop, PhaseKind.GROUP)
    do(workshop, guests[1], OpKind.ADD, "", what=ItemKind.COMMENT, text="Vi kan stille lokale", inside=evening)
    go_to(workshop, PhaseKind.VOTE)
    round = open_round(workshop)
    assert round is not None
    for guest in guests:
        assert put_dots(round=round, voter=guest.ref, sector=guest.sector, option=evening, dots=1) is None
    go_to(workshop, PhaseKind.SUMMARY)
    sent = {"note": [evening], "words": "Kurs på kveldstid", "people": "4", "sending_key": "r1r1r1r1"}
    coordinator_client.post(page_of(workshop, "need"), sent)
    return workshop


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_it_tells_what_was_written_by_column_the_vote_who_was_heard_and_what_it_became(
    told: Board, coordinator_client: Client, way: str
):
    words = words_of(coordinator_client, told, way)
    wanted = (
        "Hva stopper oss?", "Kurs på kveldstid", "Vi kan stille lokale", "Lån av verksted", "Arbeidsliv",
        "Elever og lærlinger", "Behov: ", "Skriv alene", "Prikker",
    )  # fmt: skip
    assert [each for each in wanted if each not in words] == []


@pytest.mark.slow
def test_of_the_vote_it_tells_all_dots_and_by_sector_only_what_five_stand_behind(told: Board):
    [vote] = report_on(told, NOBODY).votes
    first = vote.choices[0]
    assert (vote.voters, first.text, first.score) == (8, "Kurs på kveldstid", "8")
    # Education's two alone would be found by taking six from eight, so working life is held back too.
    assert first.sectors == (("Arbeidsliv", "–"), ("Utdanning", "–"))


def test_a_vote_that_is_open_is_not_in_it(workshop: Board, go_to: GoTo):
    guest = join(workshop, "Kari", "business")
    go_to(workshop, PhaseKind.WRITE)
    note = add_note(workshop, guest, "Kurs")
    go_to(workshop, PhaseKind.VOTE)
    round = open_round(workshop)
    assert round is not None
    put_dots(round=round, voter=guest.ref, sector="business", option=note, dots=1)
    assert report_on(workshop, NOBODY).votes == ()
    go_to(workshop, PhaseKind.COMMIT)
    assert [vote.voters for vote in report_on(workshop, NOBODY).votes] == [1]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_what_is_hidden_withheld_taken_down_or_deleted_is_never_in_it_nor_who_wrote(
    told: Board, go_to: GoTo, person: Person, leader: Who, coordinator_client: Client,
    device_of: Callable[[Who], Client], way: str,
):  # fmt: skip
    writer = join(told, "Kanarinavn", "business")
    go_to(told, PhaseKind.GROUP)
    held = add_note(told, leader, f"{CANARY} tatt ned")
    do(told, leader, OpKind.HOLD, held, reason=f"{CANARY} grunn")
    gone = add_note(told, leader, f"{CANARY} slettet")
    do(told, leader, OpKind.DELETE, gone)
    set_board(board=told, by=person, approves_first=True)
    go_to(told, PhaseKind.WRITE)
    add_note(told, writer, f"{CANARY} venter")
    set_board(board=told, by=person, approves_first=False)
    add_note(told, writer, f"{CANARY} skjult")
    add_note(told, leader, f"{CANARY} skjult av den som leder")
    for client in (coordinator_client, device_of(writer)):
        words = words_of(client, told, way)
        assert CANARY not in words
        assert "Kanarinavn" not in words
        assert "Alias0" not in words
    # It could have stood there: shown, it does.
    go_to(told, PhaseKind.SHOW)
    words = words_of(coordinator_client, told, way)
    assert f"{CANARY} skjult av den" in words
    assert [each for each in ("venter", "tatt ned", "slettet", "grunn") if f"{CANARY} {each}" in words] == []


@pytest.mark.slow
def test_what_was_voted_on_and_taken_down_since_stands_in_no_result(
    told: Board, leader: Who, coordinator_client: Client
):
    note = told.items.get(text="Lån av verksted")
    do(told, leader, OpKind.HOLD, note.public_id)
    for way in ("summary", "result"):
        assert "Lån av verksted" not in coordinator_client.get(page_of(told, way)).content.decode()


@pytest.mark.slow
def test_names_stand_in_it_where_the_board_shows_names(told: Board, person: Person, coordinator_client: Client):
    set_board(board=told, by=person, names_are_shown=True)
    assert "Alias0" in coordinator_client.get(page_of(told, "summary")).content.decode()


@pytest.mark.slow
def test_it_is_there_the_same_minute_and_for_those_who_were_there_alone(
    told: Board, person: Person, device_of: Callable[[Who], Client]
):
    guest = join(told, "Siv", "public")
    end_board(board=told, by=person)
    for way in WAYS:
        assert device_of(guest).get(page_of(told, way)).status_code == 200
        assert Client().get(page_of(told, way)).status_code in (302, 403)


@pytest.mark.slow
def test_the_document_has_headings_a_language_and_no_author(told: Board, coordinator_client: Client):
    file = Document(io.BytesIO(coordinator_client.get(page_of(told, "document")).content))
    headings = [each.text for each in file.paragraphs if (each.style.name or "").startswith("Heading 1")]
    assert headings == [
        "Hva som ble skrevet",
        "Avstemningen: Prikker",
        "Hvem har skrevet",
        "Hva det ble til",
        "Slik gikk det",
    ]
    assert (file.core_properties.author, file.core_properties.comments, file.core_properties.language) == (
        "",
        "",
        "nb-NO",
    )
    assert [cell.text for cell in file.tables[0].rows[0].cells] == [
        "Lapp eller gruppe",
        "Prikker",
        "Etter sektor",
    ]


def test_letters_that_no_document_can_hold_do_not_stop_it(board: Board, coordinator_client: Client):
    guest = join(board, "Kari", "business")
    add_note(board, guest, "før\x0bmellom\x1f\ufffeetter <script>")
    words = words_of(coordinator_client, board, "document")
    assert "førmellometter &lt;script&gt;" in words


def test_the_phases_are_told_with_how_long_they_lasted(workshop: Board, go_to: GoTo):
    start = clock.now() + timedelta(hours=1)
    for minutes, kind in ((0, PhaseKind.WRITE), (9, PhaseKind.SHOW), (21, PhaseKind.SUMMARY)):
        with clock.at(start + timedelta(minutes=minutes)):
            go_to(workshop, kind)
    told = [(each.title, each.minutes) for each in report_on(workshop, NOBODY).phases]
    assert told[-3:] == [("Skriv alene", 9), ("Vis alt", 12), ("Oppsummert", None)]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_while_all_write_alone_it_tells_that_notes_are_hidden(
    workshop: Board, go_to: GoTo, coordinator_client: Client, way: str
):
    go_to(workshop, PhaseKind.WRITE)
    add_note(workshop, join(workshop, "Kari", "business"), f"{CANARY} skjult")
    words = words_of(coordinator_client, workshop, way)
    assert "1 lapp er skjult til alt vises." in words
    assert "ikke skrevet noe" not in words and CANARY not in words


def test_a_board_without_anything_on_it_has_a_report_too(board: Board, coordinator_client: Client):
    words = words_of(coordinator_client, board, "summary")
    assert "Her ble det ikke skrevet noe." in words
    assert column_of(board)
