"""The report and the threads: numbers that can be counted again, stopped trials, who was heard; nothing private."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.insight.queries.report import Period, report_of
from kompetanseforum.insight.queries.threads import threads_on_front
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.pilots.actions import decide_pilot, start_pilot
from kompetanseforum.pilots.models import Decision
from kompetanseforum.results.actions import publish_result, record_result
from tests.pilots.conftest import CANARY, make_need, plan
from tests.results.test_results import harvested

__all__ = ["make_need"]
pytestmark = pytest.mark.django_db


def _period() -> Period:
    return Period(first=clock.today() - timedelta(days=30), last=clock.today())


def _stopped(coordinator, title: str = "Nettkurs", origins=()):
    pilot = start_pilot(plan=plan(title), by=coordinator, origins=origins)
    decide_pilot(pilot=pilot, decision=Decision.STOP, why="fire ble igjen", learnings=["Se huset"], by=coordinator)
    return pilot


@pytest.mark.slow
def test_an_organisation_that_spoke_twice_is_heard_once_and_few_are_not_told(forum, coordinator, noon):
    firms = [add_organisation(name=f"Verksted {number}", sector="business") for number in range(5)]
    school = add_organisation(name="Skolen", sector="education")
    need = voice_need(said=Said(words="Sveise"), by=None, organisation=firms[0]).need
    for firm in firms[1:]:
        join_need(need=need, said=Said(words="Vi også"), by=None, organisation=firm)
    voice_need(said=Said(words="Tegne"), by=None, organisation=firms[0])
    voice_need(said=Said(words="Undervise"), by=None, organisation=school)
    report = report_of(_period())
    heard = {one.label: (one.organisations, one.is_silent) for one in report.sectors}
    assert heard["Næringsliv"] == (5, False)
    assert heard["Utdanning"] == (None, False)
    assert heard["Forskning"] == (0, True)
    assert (report.sums.needs, report.sums.voices, report.sums.organisations) == (3, 7, 6)


@pytest.mark.slow
def test_no_number_of_the_report_is_a_link_to_a_list_that_has_another(make_need, coordinator, noon, client: Client):
    with clock.at(noon - timedelta(days=400)):
        make_need()
    make_need()
    page = client.get("/rapport").content.decode()
    assert "ett nytt behov" in page
    links = {unescape(words): url for url, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', page)}
    assert [words for words in links if "nytt behov" in words or "nye behov" in words] == []
    assert (links["alle behov"], links["alle som venter"]) == ("/behov/", "/behov/venter")
    assert "2 behov" in client.get(links["alle behov"]).content.decode()


def test_what_was_before_the_period_is_not_in_it(make_need, coordinator, noon):
    with clock.at(noon - timedelta(days=90)):
        need = make_need()
        _stopped(coordinator, origins=[ref(need)])
        result = record_result(harvested=harvested(), by=coordinator, origins=[ref(need)])
        publish_result(result=result, by=coordinator)
    assert report_of(_period()).is_empty
    assert report_of(Period(first=noon.date() - timedelta(days=120), last=noon.date())).stopped


@pytest.mark.slow
def test_the_report_tells_of_stopped_trials_and_changes_on_the_page_and_in_the_file(
    make_need, coordinator, client: Client, noon
):
    need = make_need()
    _stopped(coordinator, origins=[ref(need)])
    publish_result(result=record_result(harvested=harvested(), by=coordinator, origins=[ref(need)]), by=coordinator)
    page = client.get("/rapport").content.decode()
    for part in ("Vi lærte: Se huset", "Modulen er med på Vg2", "Én virksomhet i", "Ingen venter for lenge"):
        assert part in page, part
    data = json.loads(client.get("/rapport.json").content)
    assert [thread["decision"] for thread in data["threads"]] == ["stop"]
    assert data["results"][0]["strength"] == "claimed"


@pytest.mark.slow
def test_nothing_private_stands_in_the_report(make_need, coordinator, coordinator_client: Client, noon):
    """Not even for a coordinator: it is printed and passed on."""
    need = make_need("Vår hemmelighet", is_public=False, firm="Hemmelig AS")
    _stopped(coordinator, origins=[ref(need)])
    for address in ("/rapport", "/rapport.json"):
        page = coordinator_client.get(address).content.decode()
        assert "Nettkurs" in page
        assert not any(secret in page for secret in ("Vår hemmelighet", "Hemmelig AS", CANARY)), address


@pytest.mark.alike
@pytest.mark.parametrize("query", ["fra=2026-02-01&til=2026-01-01", "fra=i+fjor&til=2026-01-01", "fra=2026-01-01"])
def test_a_period_that_is_none_is_said_so(forum, client: Client, query):
    assert client.get(f"/rapport?{query}").status_code == 422
    assert client.get(f"/rapport.json?{query}").status_code == 422


@pytest.mark.slow
def test_the_front_page_has_one_that_came_out_one_that_was_stopped_and_one_that_goes_on(
    make_need, coordinator, nobody, client: Client, noon
):
    need = make_need()
    done = start_pilot(plan=plan("Simulering"), by=coordinator, origins=[ref(need)])
    decide_pilot(pilot=done, decision=Decision.SCALE, why="alle vil", learnings=[], by=coordinator)
    publish_result(result=record_result(harvested=harvested(), by=coordinator, origins=[ref(done)]), by=coordinator)
    _stopped(coordinator)
    start_pilot(plan=plan("Sveisekvelder"), by=coordinator)
    told = [(one.pilot.title, one.result and one.result.what) for one in threads_on_front(viewer=nobody)]
    assert told == [("Simulering", "Modulen er med på Vg2"), ("Nettkurs", None), ("Sveisekvelder", None)]
    page = client.get("/").content.decode()
    assert page.index("Simulering") < page.index("Nettkurs") < page.index("Sveisekvelder")
    assert 'data-dot="square"' in page and "Vi lærte: Se huset" in page


@pytest.mark.slow
def test_the_report_asks_as_much_for_three_as_for_one(make_need, coordinator, client: Client, noon):
    counts = []
    for number in range(3):
        need = make_need(f"Behov {number}", firm=f"Firma {number}")
        _stopped(coordinator, f"Forsøk {number}", origins=[ref(need)])
        result = record_result(harvested=harvested(what=f"Endring {number}"), by=coordinator, origins=[ref(need)])
        publish_result(result=result, by=coordinator)
        client.get("/rapport")
        with CaptureQueriesContext(connection) as asked:
            assert f"Endring {number}" in client.get("/rapport").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 20


@pytest.mark.slow
def test_a_long_half_year_is_still_read_in_five_minutes_and_the_file_has_it_all(make_need, coordinator, client, noon):
    need = make_need()
    for number in range(23):
        result = record_result(harvested=harvested(what=f"Endret {number}"), by=coordinator, origins=[ref(need)])
        publish_result(result=result, by=coordinator)
    page = client.get("/rapport").content.decode()
    assert page.count(">Endret ") == 20
    assert "23\N{NO-BREAK SPACE}endringer" in page or "23 endringer" in page
    assert len(client.get("/rapport.json").json()["results"]) == 23


def test_all_small_trials_leads_to_the_trials(make_need, coordinator, client: Client):
    pilot = _stopped(coordinator, origins=[ref(make_need())])
    link = re.search(r'href="([^"]+)"[^>]*>alle små forsøk<', client.get("/rapport").content.decode())
    assert link is not None and link[1] == "/piloter/"
    assert f"/piloter/{pilot.public_id}" in client.get(link[1]).content.decode()


@pytest.mark.slow
def test_the_command_prints_what_the_file_has(make_need, coordinator, client: Client, noon):
    need = make_need()
    _stopped(coordinator, origins=[ref(need)])
    publish_result(result=record_result(harvested=harvested(), by=coordinator, origins=[ref(need)]), by=coordinator)
    out = StringIO()
    call_command("report", stdout=out)
    told = json.loads(out.getvalue())
    assert told == client.get("/rapport.json").json()
    assert (told["sums"]["stopped"], told["sums"]["changes"]) == (1, 1)
    with pytest.raises(CommandError, match="ends before"):
        call_command("report", "--from", "2026-12-24", "--to", "2026-01-01", stdout=out)
