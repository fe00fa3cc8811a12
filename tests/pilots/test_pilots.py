"""Pilots: started from a need, logged, decided; a stopped one stands beside the others, and those who asked are told."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core.capability import Erasure, thread_steps
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Need, State
from kompetanseforum.organisations.actions import add_organisation, ask_to_represent, confirm_representation
from kompetanseforum.pilots.actions import add_learnings, decide_pilot, log_entry, start_pilot
from kompetanseforum.pilots.capability import CAPABILITY
from kompetanseforum.pilots.imports import BadRecipe, read_recipe
from kompetanseforum.pilots.models import Decision, Entry, EntryKind, Learning, Pilot
from kompetanseforum.pilots.queries.learnings import learnings_found
from kompetanseforum.pilots.queries.recipes import recipe_of
from kompetanseforum.pilots.queries.shown import needs_tested, pilots_of
from kompetanseforum.threads.models import Edge
from tests.pilots.conftest import CANARY, browser_of, plan, sent, viewer_of

pytestmark = pytest.mark.django_db
_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_pilot_started_from_a_need_is_tied_to_it_and_those_who_asked_are_told(make_need, person, coordinator, noon):
    need = make_need()
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(need)])
    need.refresh_from_db()
    assert need.state == State.IN_PILOT
    assert "Sveisekvelder" in need.answers.get().words
    edge = Edge.objects.get(relation=Relation.TESTED_BY)
    assert (edge.upstream, edge.downstream) == (ref(need), ref(pilot))
    assert pilots_of(ref(need)) == [pilot] and needs_tested(pilot) == [need]


def test_one_who_only_takes_part_ties_a_pilot_but_moves_no_need(make_need, member, noon):
    need = make_need()
    pilot = start_pilot(plan=plan(), by=viewer_of(member), origins=[ref(need)])
    need.refresh_from_db()
    assert (need.state, need.answers.count(), needs_tested(pilot)) == (State.HEARD, 0, [need])


def test_the_same_form_twice_is_one_pilot(member, noon):
    browser = browser_of(member)
    first, again = (browser.post("/piloter/ny", sent()) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    assert Pilot.objects.count() == 1
    assert FactRow.objects.filter(name="pilots.PilotStarted").count() == 1


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"stop_if": ""}, "Skriv hva som ville få dere til å stoppe"),
        ({"ends_on": "2026-11-01"}, "Det slutter før det begynner"),
        ({"begins_on": "i morgen"}, "Skriv datoen slik"),
        ({"organisation": "Finnes Ikke AS"}, "Den kjenner vi ikke"),
    ],
)
def test_a_plan_not_filled_in_right_comes_back_and_nothing_is_written(member, wrong, told, noon):
    answer = browser_of(member).post("/piloter/ny", sent(**wrong))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert (Pilot.objects.count(), Edge.objects.count()) == (0, 0)


@pytest.mark.slow
def test_a_hidden_need_cannot_be_named_by_its_address(make_need, member, noon):
    need = make_need()
    Need.objects.update(held_reason="trap")
    for address in ("/piloter/ny?fra=", "/resultater/nytt?fra=", "/forankring/ny?om="):
        assert browser_of(member).get(f"{address}{ref(need)}").status_code == 404
    Need.objects.update(held_reason="")
    assert "Vi trenger to som kan sveise" in browser_of(member).get(f"/piloter/ny?fra={ref(need)}").content.decode()


def test_a_stopped_pilot_tells_what_was_learnt_and_its_need_is_under_discussion_again(make_need, coordinator, noon):
    need = make_need()
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(need)])
    learnt = ["Folk må stå i huset for å se feilen."]
    for _ in range(2):
        decide_pilot(pilot=pilot, decision=Decision.STOP, why="bare fire kom", learnings=learnt, by=coordinator)
    need.refresh_from_db()
    assert need.state == State.IN_DIALOGUE
    told = need.answers.last().words
    assert "fordi bare fire kom" in told and learnt[0] in told
    assert FactRow.objects.filter(name="pilots.PilotDecided").count() == 1
    step = thread_steps(NOBODY, [ref(pilot)])[ref(pilot)]
    assert (step.dot, step.title) == ("square", "Sveisekvelder")


def test_a_stopped_one_takes_as_much_room_as_one_that_goes_on(coordinator, client: Client, noon):
    pages = {}
    for decision in (Decision.SCALE, Decision.STOP):
        pilot = start_pilot(plan=plan(), by=coordinator)
        decide_pilot(pilot=pilot, decision=decision, why="slik ble det", learnings=["Vi lærte noe"], by=coordinator)
        page = client.get(f"/piloter/{pilot.public_id}").content.decode()
        pages[decision] = [page.count(tag) for tag in ("<h2", "<section", "<h1>")]
    assert pages[Decision.SCALE] == pages[Decision.STOP]


def test_the_log_is_for_those_who_take_part_and_learnings_for_all(person, member, coordinator, client: Client, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    log_entry(pilot=pilot, words="Hemmelig halvtenkt tanke", on=noon.date(), by=coordinator, kind=EntryKind.REFLECTION)
    add_learnings(pilot=pilot, learnings=["Kveld er best"], by=coordinator)
    address = f"/piloter/{pilot.public_id}"
    stranger = client.get(address).content.decode()
    assert "Kveld er best" in stranger
    assert not any(secret in stranger for secret in ("Hemmelig halvtenkt", "Kari Lunde", "kari@forum.example"))
    assert "Hemmelig halvtenkt tanke" in browser_of(member).get(address).content.decode()


@pytest.mark.slow
def test_nothing_private_of_a_voice_stands_on_a_pilots_pages(make_need, coordinator, client: Client, noon):
    need = make_need("Vi har et internt problem", is_public=False, firm="Hemmelig Firma AS")
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(need)])
    decide_pilot(pilot=pilot, decision=Decision.STOP, why="ingen kom", learnings=["Spør om dag"], by=coordinator)
    for address in ("", pilot.public_id, "laerdom", f"{pilot.public_id}/oppskrift.json"):
        page = client.get(f"/piloter/{address}").content.decode()
        assert "Sveisekvelder" in page
        assert not any(secret in page for secret in (CANARY, "internt problem", "Hemmelig Firma"))


def test_who_speaks_for_where_it_is_tried_may_decide_and_others_may_not(member, person, coordinator, noon):
    school = add_organisation(name="Glomma videregående", kind="other")
    pilot = start_pilot(plan=plan(), by=coordinator)
    Pilot.objects.update(organisation=school)
    address, given = f"/piloter/{pilot.public_id}/avgjor", {"decision": "stop", "why": "ingen kom", "learnings": "Dag"}
    assert browser_of(member).post(address, given).status_code == 403
    confirm_representation(ask_to_represent(person=member, organisation=school), by=person)
    assert browser_of(member).post(address, given).status_code == 302
    assert Pilot.objects.get().decision == Decision.STOP


def test_only_pictures_and_pdf_known_by_their_first_bytes_are_taken(person, coordinator, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    address, browser = f"/piloter/{pilot.public_id}/logg", browser_of(person)

    def send(content: bytes, key: str):
        file = SimpleUploadedFile("bilde.png", content, content_type="image/png")
        return browser.post(address, {"words": "Slik så det ut", "on": "2026-11-23", "file": file, "sending_key": key})

    refused = send(b"<svg onload=alert(1)>", "a")
    assert refused.status_code == 422 and "Vi tar bare imot bilder" in refused.content.decode()
    assert Entry.objects.count() == 0
    assert send(_PNG, "b").status_code == 302
    entry = Entry.objects.get()
    file = browser.get(f"/piloter/logg/{entry.public_id}/vedlegg")
    assert (file.content, file["Content-Type"], file["X-Content-Type-Options"]) == (_PNG, "image/png", "nosniff")
    assert Client().get(f"/piloter/logg/{entry.public_id}/vedlegg").status_code == 403


def test_what_was_learnt_is_found_whatever_its_case_and_by_the_pilots_name(coordinator, client: Client, noon):
    stopped, other = (start_pilot(plan=plan(title), by=coordinator) for title in ("Øving på kaia", "Nettkurs"))
    add_learnings(pilot=stopped, learnings=["Ærlig talt: spør om vikar"], by=coordinator)
    add_learnings(pilot=other, learnings=["Spør om november"], by=coordinator)
    found = [learning.words for learning in learnings_found("ÆRLIG kaia")]
    assert found == ["Ærlig talt: spør om vikar"]
    page = client.get("/piloter/laerdom?q=november").content.decode()
    assert "Spør om november" in page and "Ærlig talt" not in page


def test_a_recipe_goes_from_one_forum_into_the_form_of_another(member, coordinator, forum, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    decide_pilot(pilot=pilot, decision=Decision.STOP, why="ingen kom", learnings=["Spør om dag"], by=coordinator)
    file = browser_of(member).get(f"/piloter/{pilot.public_id}/oppskrift.json").content
    recipe = read_recipe(file)
    assert (recipe.title, recipe.stop_if, recipe.learnings) == (
        "Sveisekvelder", "Færre enn fire kommer", ("Spør om dag",),
    )  # fmt: skip
    browser = browser_of(member)
    page = browser.post("/piloter/oppskrift", {"file": SimpleUploadedFile("o.json", file)})
    assert page.status_code == 200 and "Spør om dag" in page.content.decode()
    assert Pilot.objects.count() == 1
    browser.post("/piloter/ny", sent(recipe_from=recipe.forum, sending_key="ny"))
    assert Pilot.objects.get(sending_key="ny").recipe_from == "Kompetanseforum Østfold"


@pytest.mark.alike
@pytest.mark.parametrize(
    "file", [b"", b"{}", b"[1]", b"\xff\xfe", b"{" * 50_000, json.dumps({"format": "x"}).encode(), b"a" * 300_000]
)
def test_what_is_no_recipe_is_said_so(member, file, noon):
    with pytest.raises(BadRecipe):
        read_recipe(file)
    answer = browser_of(member).post("/piloter/oppskrift", {"file": SimpleUploadedFile("o.json", file or b" ")})
    assert answer.status_code == 422 and "ikke en oppskrift" in answer.content.decode()


def test_a_recipe_holds_no_person_and_no_organisation(forum, coordinator, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    log_entry(pilot=pilot, words="Per gråt", on=noon.date(), by=coordinator)
    text = json.dumps(recipe_of(pilot, forum=forum))
    assert "Sveisekvelder" in text and "Per" not in text and "Kari" not in text


@pytest.mark.slow
def test_the_lists_ask_as_much_for_three_as_for_one(make_need, coordinator, client: Client, noon: datetime):
    counts = []
    for number in (1, 2, 3):
        need = make_need(f"Behov {number}", firm=f"Firma {number}")
        pilot = start_pilot(plan=plan(f"Forsøk {number}"), by=coordinator, origins=[ref(need)])
        add_learnings(pilot=pilot, learnings=[f"Lærdom {number}"], by=coordinator)
        for address in ("/piloter/", "/piloter/laerdom", "/trader", "/"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append((address, number, len(asked)))
    by_address = {address: {n: c for a, n, c in counts if a == address} for address, _n, _c in counts}
    assert all(by[1] == by[3] <= 20 for address, by in by_address.items() if address != "/"), by_address
    assert by_address["/"][3] <= 20


def test_whoever_leaves_is_forgotten_and_what_was_learnt_stands(member, noon):
    by = viewer_of(member)
    pilot = start_pilot(plan=plan(), by=by)
    log_entry(pilot=pilot, words="Alle kom", on=noon.date(), by=by)
    add_learnings(pilot=pilot, learnings=["Kveld er best"], by=by)
    copy = CAPABILITY.personal_copy(ref(member))
    assert [row["title"] for row in copy["pilots"]] == ["Sveisekvelder"]
    CAPABILITY.erase(Erasure(person=ref(member), holds=frozenset[Ref](), email="", withdraws_voices=False))
    pilot.refresh_from_db()
    assert (pilot.owner, Entry.objects.get().by, Learning.objects.count()) == (None, None, 1)
