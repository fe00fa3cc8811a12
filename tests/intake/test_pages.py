"""A file is chosen, its columns matched, seen as a dry run, brought in, and undone; nothing is stored before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core import clock
from kompetanseforum.intake import imports
from kompetanseforum.intake.models import Batch, Matching, Trace
from kompetanseforum.needs.models import Voice
from kompetanseforum.offers.models import Offer
from tests.intake.conftest import Send

pytestmark = pytest.mark.django_db

Page = Callable[[str], str]
CATALOGUE = "Tittel;Pris;Uker\nSveis;100;5\nTruck;200;5\nLest feil;300;fem\n"
SURVEY = (
    "Behov;Bedrift;Kommune\nVi må sveise aluminium;Verftet;Fredrikstad\nNoen må kunne lese tegninger;Snekkeren;Moss\n"
)


@pytest.mark.slow
def test_only_those_who_run_the_forum_bring_in(client: Client, send: Send):
    batch = send(SURVEY)
    for path in ("", "ny/behov", batch.public_id, f"{batch.public_id}/kolonner", f"{batch.public_id}/gang"):
        answer = client.get(f"/innhenting/{path}")
        assert (answer.status_code, "Verftet" in answer.content.decode()) == (403, False), path
    assert client.post(f"/innhenting/{batch.public_id}").status_code == 403
    assert client.post(f"/innhenting/{batch.public_id}/angre").status_code == 403
    assert not Voice.objects.exists()


@pytest.mark.slow
def test_nothing_is_stored_before_the_button(send: Send, page: Page, coordinator_client: Client):
    batch = send(CATALOGUE, key="tilbud", name="Glomma videregående")
    html = page(f"/innhenting/{batch.public_id}")
    assert batch.counts == {"new": 2, "joined": 0, "changed": 0, "unchanged": 0, "errors": 1, "rows": 3}
    assert "Rad 4, kolonnen «Uker»" in html and "Hent inn 2 tilbud" in html
    assert (Offer.objects.count(), Trace.objects.count()) == (0, 0)
    coordinator_client.post(f"/innhenting/{batch.public_id}")
    imports.bring_in_batch(batch.public_id)
    assert sorted(Offer.objects.values_list("title", "provider__name", "source")) == [
        ("Sveis", "Glomma videregående", "csv:Glomma videregående"),
        ("Truck", "Glomma videregående", "csv:Glomma videregående"),
    ]
    assert "2 nye, 1 utelatt" in page(f"/innhenting/{batch.public_id}")
    assert not default_storage.exists(batch.stored_as)


def test_where_no_row_can_come_in_nobody_is_told_to_bring_in_the_rest(send: Send, page: Page):
    rest = "hent inn resten nå"
    wrong = "Behov;Kommune\nVi må sveise;Atlantis\n"
    html = page(f"/innhenting/{send(wrong).public_id}")
    assert "Rett det i fila, og velg den på nytt." in html and rest not in html
    html = page(f"/innhenting/{send(f'{wrong}Vi må lese;Moss').public_id}")
    assert rest in html


@pytest.mark.slow
def test_a_button_pressed_twice_and_a_job_done_twice_bring_in_once(send: Send, coordinator_client: Client):
    batch = send(SURVEY)
    for _ in range(2):
        coordinator_client.post(f"/innhenting/{batch.public_id}")
        imports.bring_in_batch(batch.public_id)
    assert (Voice.objects.count(), DBTaskResult.objects.count()) == (2, 1)


@pytest.mark.slow
def test_headings_we_do_not_know_are_matched_by_a_person_and_remembered(
    send: Send, page: Page, coordinator_client: Client
):
    odd = "Q1;Q2\nVi må sveise aluminium;Verftet\n"
    batch = send(odd)
    assert batch.state == "matching"
    html = page(f"/innhenting/{batch.public_id}")
    assert "Hvilken kolonne er hvilken?" in html and "«Vi må sveise aluminium»" in html
    address = f"/innhenting/{batch.public_id}/kolonner"
    twice = coordinator_client.post(address, {"column_0": "words", "column_1": "words"})
    assert (twice.status_code, "«Q1» er den kolonnen allerede" in twice.content.decode()) == (422, True)
    none = coordinator_client.post(address, {"column_0": "-", "column_1": "organisation"})
    assert (none.status_code, "Si hvilken kolonne som er «Behov»" in none.content.decode()) == (422, True)
    coordinator_client.post(address, {"column_0": "words", "column_1": "organisation"})
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("checked", 1)
    again = send(odd.replace("Vi må", "Vi bør"), name="lo")
    assert (again.state, again.counts["new"], Matching.objects.count()) == ("checked", 1, 1)
    assert send(odd, name="NHO").state == "matching"


@pytest.mark.slow
def test_a_guess_can_be_changed_before_it_is_brought_in(send: Send, coordinator_client: Client):
    batch = send("Behov;Navn\nVi må sveise aluminium;Kari Nordmann\n")
    coordinator_client.post(f"/innhenting/{batch.public_id}/kolonner", {"column_0": "words", "column_1": "-"})
    coordinator_client.post(f"/innhenting/{batch.public_id}")
    imports.bring_in_batch(batch.public_id)
    voice = Voice.objects.get()
    assert (voice.organisation, voice.spokesperson and voice.spokesperson.name) == (None, "LO")


def test_two_columns_with_the_same_heading_are_refused_in_words(send: Send, page: Page):
    batch = send("Behov;Behov\nA;B\n")
    assert "To kolonner betyr det samme: «Behov»" in page(f"/innhenting/{batch.public_id}")
    assert batch.state == "failed"


def test_a_large_file_is_checked_by_the_worker(send: Send, page: Page, monkeypatch: pytest.MonkeyPatch, client: Client):
    monkeypatch.setattr(imports, "CHECKED_AT_ONCE_BYTES", 10)
    batch = send(CATALOGUE, key="tilbud")
    address = f"/innhenting/{batch.public_id}"
    assert "Leser svar.csv" in page(address)
    imports.check_batch(batch.public_id)
    assert "Hent inn 2 tilbud" in page(address)


def test_progress_asks_again_until_there_is_something_to_see(
    send: Send, coordinator_client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(imports, "CHECKED_AT_ONCE_BYTES", 10)
    batch = send(CATALOGUE, key="tilbud")
    address, htmx = f"/innhenting/{batch.public_id}/gang", {"HX-Request": "true"}
    assert f'hx-get="{address}"' in coordinator_client.get(address, headers=htmx).content.decode()
    imports.check_batch(batch.public_id)
    answer = coordinator_client.get(address, headers=htmx)
    assert answer.headers["HX-Redirect"] == f"/innhenting/{batch.public_id}"
    with clock.at(clock.now() + timedelta(minutes=20)):
        Batch.objects.update(state="storing")
        assert "Det stoppet halvveis" in coordinator_client.get(address, headers=htmx).content.decode()


@pytest.mark.alike
@pytest.mark.parametrize(
    ("content", "file_name", "words"),
    [
        (b"PK\x03\x04 nothing", "svar.xlsx", "Arbeidsboka kan ikke åpnes"),
        (b'Behov;Bedrift\n"halv', "svar.csv", "anførselstegn"),
        (b"Behov\n\x81\x8d\x8f\n", "svar.csv", "ikke en tabell vi kan lese"),
        (b"Behov\n", "svar.csv", "ingen rader under"),
    ],
)
def test_an_unreadable_file_is_refused_in_words(send: Send, page: Page, content: bytes, file_name: str, words: str):
    batch = send(content, file_name=file_name)
    html = page(f"/innhenting/{batch.public_id}")
    assert (batch.state, words in html, "Ingenting ble lagret" in html) == ("failed", True, True)
    assert not default_storage.exists(batch.stored_as)


def test_an_empty_or_too_large_file_never_comes_in(coordinator_client: Client, region):
    for content, words in ((b"", "Fila er tom"), (b"x" * (10 * 1024 * 1024 + 1), "større enn 10 MB")):
        answer = coordinator_client.post(
            "/innhenting/ny/behov", {"file": SimpleUploadedFile("a.csv", content), "name": "X"}
        )
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("noon")
def test_a_file_that_nobody_brought_in_is_thrown_away(send: Send):
    old = send(CATALOGUE, key="tilbud")
    assert default_storage.exists(old.stored_as)
    with clock.at(clock.now() + timedelta(days=8)):
        send(CATALOGUE, key="tilbud")
    old.refresh_from_db()
    assert (default_storage.exists(old.stored_as), old.state) == (False, "failed")


def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.slow
def test_the_list_tells_source_time_and_who_with_the_same_queries(send: Send, page: Page, coordinator_client: Client):
    send(SURVEY, bring=True)
    html = page("/innhenting/")
    assert "LO" in html and "2 nye" in html and "av Kari Lunde" in html
    with_one = asked(coordinator_client, "/innhenting/")
    for number in range(3):
        send(SURVEY.replace("Vi", f"{number} Vi"), bring=True)
    assert asked(coordinator_client, "/innhenting/") == with_one


@pytest.mark.slow
def test_a_report_asks_as_much_for_two_as_for_forty(send: Send, coordinator_client: Client):
    few = send(SURVEY, bring=True)
    many = send("Behov\n" + "".join(f"behov nummer {n}\n" for n in range(40)), bring=True)
    with_two, with_forty = (asked(coordinator_client, f"/innhenting/{batch.public_id}") for batch in (few, many))
    assert with_two == with_forty
