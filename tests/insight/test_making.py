"""A report to pass on: made once by the worker, told how far it has come, and never of more than anybody may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core import clock
from kompetanseforum.core.paper import can_make_pdf
from kompetanseforum.core.refs import ref
from kompetanseforum.insight.actions import note_progress, throw_away_old
from kompetanseforum.insight.jobs import make_report
from kompetanseforum.insight.models import MadeReport, MakingState
from kompetanseforum.insight.queries.made import GIVEN_UP_AFTER, KEPT_DAYS
from kompetanseforum.needs.actions import withdraw_voice
from kompetanseforum.pilots.actions import decide_pilot, start_pilot
from kompetanseforum.pilots.models import Decision
from tests.pilots.conftest import CANARY, make_need, plan

__all__ = ["make_need"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(make_need, coordinator, noon):
    def stop(title: str = "Nettkurs"):
        pilot = start_pilot(plan=plan(title), by=coordinator, origins=[ref(make_need("Sveise", firm=f"F {title}"))])
        decide_pilot(pilot=pilot, decision=Decision.STOP, why="fire ble", learnings=["Se huset"], by=coordinator)

    return stop


def _period() -> dict[str, str]:
    return {"fra": str(clock.today() - timedelta(days=30)), "til": str(clock.today())}


def _ask(client: Client, **other: str) -> MadeReport:
    answer = client.post("/rapport/lag", _period() | other)
    assert answer.status_code == 302
    return MadeReport.objects.get(public_id=answer["Location"].rpartition("/")[2])


def _work() -> int:
    """What stands in the queue, once each."""
    waiting = list(DBTaskResult.objects.ready())
    for job in waiting:
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()
    return len(waiting)


@pytest.mark.slow
def test_one_click_gives_progress_then_a_page_that_stands_and_a_pdf(stopped, client: Client):
    stopped()
    made = _ask(client)
    address = f"/rapport/{made.public_id}"
    waits = client.get(address).content.decode()
    assert "Vi lager rapporten" in waits and "Se huset" not in waits and f'hx-get="{address}"' in waits
    assert client.get(f"{address}/pdf")["Location"] == address
    assert _work() == 1
    page = client.get(address).content.decode()
    assert "Vi lærte: Se huset" in page and "Det har skjedd mer siden" not in page
    assert client.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address
    if can_make_pdf():
        paper = client.get(f"{address}/pdf")
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-")
        assert f"{address}/pdf" in page


@pytest.mark.slow
def test_pressed_twice_it_is_made_once_and_made_anew_when_something_has_happened(stopped, client: Client):
    stopped()
    made = _ask(client)
    assert _ask(Client()) == made and _work() == 1
    assert _ask(client) == made and _work() == 0
    stopped("Lørdagskurs")
    later = _ask(client)
    assert later != made and _work() == 1
    assert "Lørdagskurs" in client.get(f"/rapport/{later.public_id}").content.decode()
    older = client.get(f"/rapport/{made.public_id}").content.decode()
    assert "Lørdagskurs" not in older and "Det har skjedd mer siden" in older


@pytest.mark.slow
def test_words_that_are_taken_back_stand_in_no_report(
    make_need, coordinator, client: Client, django_capture_on_commit_callbacks
):
    need = make_need("Vi mangler tre som kan felle trær")
    pilot = start_pilot(plan=plan("Hogst"), by=coordinator, origins=[ref(need)])
    decide_pilot(pilot=pilot, decision=Decision.STOP, why="fire ble", learnings=["Se huset"], by=coordinator)
    made = _ask(client)
    _work()
    assert "felle trær" in client.get(f"/rapport/{made.public_id}").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_voice(voice=need.voices.get(), by=None)
    assert client.get(f"/rapport/{made.public_id}").status_code == 404


@pytest.mark.slow
def test_each_reader_gets_it_in_the_language_of_the_page(stopped, client: Client):
    stopped()
    client.cookies["forum_language"] = "nn"
    made = _ask(client)
    _work()
    assert made.language == "nn" and _ask(Client()) != made
    assert "Vi lærte: Se huset" in client.get(f"/rapport/{made.public_id}").content.decode()


@pytest.mark.slow
def test_what_failed_says_so_and_is_tried_again_with_one_click(stopped, client: Client, monkeypatch, settings):
    stopped()
    made = _ask(client)
    # A disk that takes nothing more: the folder of files is a file.
    settings.MEDIA_ROOT = __file__
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": __file__}}
    }
    if not can_make_pdf():
        pytest.skip("without a PDF nothing is written")
    with pytest.raises(OSError):
        make_report.func(made.public_id)
    DBTaskResult.objects.all().delete()
    page = client.get(f"/rapport/{made.public_id}").content.decode()
    assert "Rapporten ble ikke laget" in page and "Prøv igjen" in page and "hx-get" not in page
    assert _ask(client) == made and _ask(client) == made
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.slow
def test_a_worker_that_was_stopped_half_way_does_it_again_or_the_reader_may(stopped, client: Client):
    stopped()
    made = _ask(client)
    note_progress(made, done=1)
    assert "Skriver siden" in client.get(f"/rapport/{made.public_id}").content.decode()
    _work()
    made.refresh_from_db()
    assert made.state == MakingState.DONE
    MadeReport.objects.update(state=MakingState.AT_WORK)
    with clock.at(clock.now() + GIVEN_UP_AFTER + timedelta(minutes=1)):
        assert "Prøv igjen" in client.get(f"/rapport/{made.public_id}").content.decode()
        assert _ask(client) == made and _work() == 1


@pytest.mark.slow
def test_nothing_private_is_in_it_and_it_is_gone_after_a_month(make_need, coordinator, coordinator_client, noon):
    need = make_need("Vår hemmelighet", is_public=False, firm="Hemmelig AS")
    start_pilot(plan=plan("Nettkurs"), by=coordinator, origins=[ref(need)])
    made = _ask(coordinator_client)
    _work()
    page = coordinator_client.get(f"/rapport/{made.public_id}").content.decode()
    assert "Nettkurs" in page
    assert not any(secret in page for secret in ("Vår hemmelighet", "Hemmelig AS", CANARY))
    made.refresh_from_db()
    throw_away_old()
    assert MadeReport.objects.exists()
    with clock.at(noon + timedelta(days=KEPT_DAYS, hours=1)):
        throw_away_old()
    assert not MadeReport.objects.exists()
    assert not made.stored_as or not default_storage.exists(made.stored_as)
    assert coordinator_client.get(f"/rapport/{made.public_id}").status_code == 404


@pytest.mark.alike
@pytest.mark.parametrize("wrong", [{"fra": "2026-12-24", "til": "2026-01-01"}, {"fra": "i fjor"}, {"til": ""}])
def test_a_period_that_is_none_makes_nothing(forum, client: Client, wrong):
    assert client.post("/rapport/lag", _period() | wrong).status_code == 422
    assert not MadeReport.objects.exists() and not DBTaskResult.objects.exists()
    assert client.get("/rapport/lag").status_code == 405
    assert client.get("/rapport/finnesikke").status_code == 404
