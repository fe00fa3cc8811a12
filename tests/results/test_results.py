"""Results: nothing is published that hangs on nothing; strength in words; a link that is used once and lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure, thread_steps
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.pilots.actions import decide_pilot, start_pilot
from kompetanseforum.pilots.models import Decision
from kompetanseforum.results.actions import (
    Harvested,
    LinkIsOver,
    NoOrigin,
    NotIndependent,
    add_evidence,
    ask_to_confirm,
    forget_lapsed,
    publish_result,
    record_result,
    reply_to,
    send_owed_letters,
)
from kompetanseforum.results.capability import CAPABILITY
from kompetanseforum.results.models import Confirmation, Evidence, Kind, Reply, Result, Strength
from kompetanseforum.results.queries.confirming import link_secret
from kompetanseforum.results.queries.shown import published_results, result_by_id, strength_of
from kompetanseforum.threads.actions import untie
from kompetanseforum.threads.models import Edge
from tests.pilots.conftest import browser_of, make_need, member, plan, viewer_of

__all__ = ["make_need", "member"]
pytestmark = pytest.mark.django_db
_ASKED = "leder@hemmelig.example"


def harvested(**changed: object) -> Harvested:
    given: dict[str, object] = {
        "what": "Modulen er med på Vg2",
        "who": "Tista videregående",
        "on": clock.today() - timedelta(days=3),
        "kind": Kind.CONTENT,
        "contribution": "Forsøket bidro til det",
    }
    return Harvested(**(given | changed))  # type: ignore[arg-type]


def sent(**changed: object) -> dict[str, object]:
    return {
        "what": "Modulen er med på Vg2",
        "who": "Tista videregående",
        "on": "2026-11-20",
        "kind": "content",
        "good_for": ["firms", "worker"],
        "is_expected": "no",
        "is_good": "yes",
        "contribution": "Forsøket bidro til det",
        "sending_key": "en-gang",
    } | changed


def _asked(result: Result, by: Viewer, email: str = _ASKED) -> Confirmation:
    return ask_to_confirm(result=result, email=email, role="Lederen for en hjemmetjeneste", language="nb", by=by)


def _strength(result: Result) -> Strength:
    found = result_by_id(result.public_id)
    assert found is not None
    return strength_of(found)


def test_a_result_of_a_pilot_that_tests_a_need_is_published(make_need, coordinator, noon):
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(make_need())])
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(pilot)])
    for _ in range(2):
        publish_result(result=result, by=coordinator)
    assert list(published_results()) == [result]
    edge = Edge.objects.get(relation=Relation.CONTRIBUTED_TO)
    assert (edge.upstream, edge.downstream) == (ref(pilot), ref(result))
    assert FactRow.objects.filter(name="results.ResultPublished").count() == 1


@pytest.mark.parametrize("has_pilot", [False, True])
def test_nothing_is_published_that_hangs_on_nothing(coordinator, coordinator_client: Client, has_pilot, noon):
    origins = [ref(start_pilot(plan=plan(), by=coordinator))] if has_pilot else []
    result = record_result(harvested=harvested(), by=coordinator, origins=origins)
    with pytest.raises(NoOrigin):
        publish_result(result=result, by=coordinator)
    page = coordinator_client.post(f"/resultater/{result.public_id}/publiser", follow=True).content.decode()
    assert "Ingenting i forumet er knyttet til det" in page
    assert Client().get(f"/resultater/{result.public_id}").status_code == 403


def test_what_loses_its_origin_is_no_longer_published(make_need, coordinator, noon, django_capture_on_commit_callbacks):
    need = make_need()
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(need)])
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(pilot)])
    publish_result(result=result, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        untie(upstream=ref(need), downstream=ref(pilot), relation=Relation.TESTED_BY, by=coordinator)
    assert list(published_results()) == []
    assert Result.objects.get().what == "Modulen er med på Vg2"


def test_strength_is_what_others_say_what_can_be_looked_up_and_what_else_is_told(make_need, coordinator, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    add_evidence(result=result, title="Planen", url="https://skole.example/plan", by=coordinator)
    assert _strength(result) == Strength.CLAIMED
    reply_to(asked=_asked(result, coordinator), reply=Reply.YES)
    assert _strength(result) == Strength.CONFIRMED
    Result.objects.update(also_because="Ny læreplan")
    assert _strength(result) == Strength.DOCUMENTED
    reply_to(asked=_asked(result, coordinator, "en@annen.example"), reply=Reply.NO, words="Det kjenner jeg ikke igjen")
    assert _strength(result) == Strength.CLAIMED


@pytest.mark.slow
def test_no_page_tells_strength_as_a_percentage(make_need, coordinator, client: Client, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    publish_result(result=result, by=coordinator)
    for address in (f"/resultater/{result.public_id}", "/resultater/", "/rapport"):
        page = client.get(address).content.decode().partition("<main")[2]
        assert "Modulen er med" in page and "Meldt, ikke bekreftet" in page and "%" not in page, address


def test_the_link_is_opened_many_times_and_used_once(make_need, coordinator, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    asked = _asked(result, coordinator)
    address, stranger = f"/resultater/bekreft/{link_secret(asked)}", Client()
    for _ in range(3):
        assert stranger.get(address).status_code == 200
    assert Confirmation.objects.get().reply == ""
    assert stranger.post(address, {}).status_code == 422
    page = stranger.post(address, {"reply": "yes", "words": "Det stemmer hos oss"})
    assert page.status_code == 200
    kept = Confirmation.objects.get()
    assert (kept.reply, kept.words, kept.email) == ("yes", "Det stemmer hos oss", "")
    again = stranger.post(address, {"reply": "no"})
    assert again.status_code == 410 and "alt besvart" in again.content.decode()
    assert Confirmation.objects.get().reply == "yes"
    with pytest.raises(LinkIsOver):
        reply_to(asked=asked, reply=Reply.NO)


def test_the_link_lapses_and_the_address_is_forgotten(make_need, coordinator, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    asked = _asked(result, coordinator)
    with clock.at(noon + timedelta(days=30, minutes=1)):
        answer = Client().post(f"/resultater/bekreft/{link_secret(asked)}", {"reply": "yes"})
        assert answer.status_code == 410 and "gått ut" in answer.content.decode()
        assert forget_lapsed() is True
    kept = Confirmation.objects.get()
    assert (kept.reply, kept.email) == ("", "")


@pytest.mark.slow
def test_a_guessed_link_is_nothing_and_guessing_is_limited(forum, limits):
    tries = [Client().get(f"/resultater/bekreft/aaaaa-bbbbb-{number:05}").status_code for number in range(32)]
    assert tries[0] == 404 and tries[-1] == 429


def test_the_secret_stands_nowhere_in_the_database(make_need, coordinator, noon):
    asked = _asked(record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())]), coordinator)
    row = Confirmation.objects.filter(pk=asked.pk).values_list().get()
    assert asked.secret_hash in row and link_secret(asked) not in str(row)


def test_the_letter_goes_once_with_the_link_in_their_language(make_need, coordinator, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    asked = ask_to_confirm(result=result, email=_ASKED, role="leiar for ei teneste", language="nn", by=coordinator)
    assert _asked(result, coordinator) == asked
    assert [send_owed_letters(), send_owed_letters()] == [True, False]
    (letter,) = mail.outbox
    assert letter.to == [_ASKED] and link_secret(asked) in letter.body and "Forumet har skrive ned" in letter.body


def test_whoever_wrote_it_does_not_confirm_it(make_need, person, coordinator, coordinator_client: Client, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    with pytest.raises(NotIndependent):
        _asked(result, coordinator, email=person.email.upper())
    given = {"email": person.email, "role": "meg", "language": "nb"}
    answer = coordinator_client.post(f"/resultater/{result.public_id}/be-om-bekreftelse", given)
    assert (answer.status_code, Confirmation.objects.count()) == (422, 0)


def test_who_was_asked_is_told_to_nobody(make_need, coordinator, client: Client, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    publish_result(result=result, by=coordinator)
    _asked(result, coordinator)
    reply_to(asked=_asked(result, coordinator, "to@hemmelig.example"), reply=Reply.YES, words="Ja, hos oss")
    for address in (f"/resultater/{result.public_id}", "/resultater/", "/rapport.json"):
        page = client.get(address).content.decode()
        assert "Modulen er med" in page and "hemmelig.example" not in page and "Kari Lunde" not in page
    assert "Ja, hos oss" in client.get(f"/resultater/{result.public_id}").content.decode()


def test_the_same_form_twice_is_one_result(make_need, member, noon):
    browser, address = browser_of(member), f"/resultater/nytt?fra={ref(make_need())}"
    first, again = (browser.post(address, sent()) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    result = Result.objects.get()
    assert (result.good_for, result.is_expected, result.is_good) == (["firms", "worker"], False, True)
    assert Edge.objects.filter(relation=Relation.CONTRIBUTED_TO).count() == 1


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"contribution": ""}, "Skriv hvordan noe i forumet bidro"),
        ({"on": "2026-12-24"}, "Velg en dag som har vært"),
        ({"kind": ""}, "Velg hva slags endring det er"),
        ({"organisation": "Finnes Ikke AS"}, "Den kjenner vi ikke"),
    ],
)
def test_what_is_not_filled_in_right_comes_back(member, wrong, told, noon):
    answer = browser_of(member).post("/resultater/nytt", sent(**wrong))
    assert (answer.status_code, Result.objects.count()) == (422, 0)
    assert told in answer.content.decode()


@pytest.mark.alike
@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://skole.example/x", "skole"])
def test_evidence_is_a_web_address_or_words(make_need, coordinator, coordinator_client: Client, address, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    where = f"/resultater/{result.public_id}/dokumentasjon"
    assert coordinator_client.post(where, {"title": "Planen", "url": address}).status_code == 422
    assert coordinator_client.post(where, {"title": "Planen"}).status_code == 422
    assert Evidence.objects.count() == 0
    coordinator_client.post(where, {"title": "Planen", "words": "Vedtatt 3. mai"})
    evidence = Evidence.objects.get()
    assert Edge.objects.get(relation=Relation.EVIDENCED_BY).downstream == ref(evidence)


def test_only_coordinators_publish_and_only_those_who_wrote_it_see_a_draft(make_need, member, noon):
    result = record_result(harvested=harvested(), by=viewer_of(member), origins=[ref(make_need())])
    own, address = browser_of(member), f"/resultater/{result.public_id}"
    assert own.get(address).status_code == 200
    assert own.post(f"{address}/publiser").status_code == 403
    assert Client().get(address).status_code == 403
    assert thread_steps(NOBODY, [ref(result)]) == {}
    assert "Modulen er med" not in Client().get("/resultater/").content.decode()


def test_a_stopped_trial_stands_among_the_results_drawn_alike(make_need, coordinator, client: Client, noon):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    publish_result(result=result, by=coordinator)
    pilot = start_pilot(plan=plan(), by=coordinator)
    decide_pilot(pilot=pilot, decision=Decision.STOP, why="ingen kom", learnings=["Spør om dag"], by=coordinator)
    rows = client.get("/resultater/").content.decode().split('<li class="row">')[1:]
    assert ["Spør om dag" in rows[0], "Modulen er med" in rows[1]] == [True, True]
    assert [row.split("</li>")[0].count("<p") for row in rows] == [2, 2]


@pytest.mark.slow
def test_the_list_asks_as_much_for_three_as_for_one(make_need, coordinator, client: Client, noon):
    counts = []
    for number in range(3):
        need = make_need(f"Behov {number}", firm=f"Firma {number}")
        result = record_result(harvested=harvested(what=f"Endring {number}"), by=coordinator, origins=[ref(need)])
        publish_result(result=result, by=coordinator)
        client.get("/resultater/")
        with CaptureQueriesContext(connection) as asked:
            assert f"Endring {number}" in client.get("/resultater/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 20


def test_whoever_leaves_is_forgotten_and_the_result_stands(make_need, member, coordinator, noon):
    result = record_result(harvested=harvested(), by=viewer_of(member), origins=[ref(make_need())])
    _asked(result, coordinator, email="ola.nes@annen.example")
    erasure = Erasure(person=ref(member), holds=frozenset[Ref](), email="ola.nes@annen.example", withdraws_voices=False)
    CAPABILITY.erase(erasure)
    result.refresh_from_db()
    assert (result.recorded_by, Confirmation.objects.count()) == (None, 0)


def test_a_file_stands_behind_a_result_for_those_who_may_see_it(
    make_need, coordinator, coordinator_client: Client, noon
):
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(make_need())])
    where = f"/resultater/{result.public_id}/dokumentasjon"
    page = SimpleUploadedFile("side.html", b"<script>alert(1)</script>")
    assert coordinator_client.post(where, {"title": "Planen", "file": page}).status_code == 422
    assert Evidence.objects.count() == 0
    plan_file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    assert coordinator_client.post(where, {"title": "Planen", "file": plan_file}).status_code == 302
    address = f"/resultater/dokumentasjon/{Evidence.objects.get().public_id}/fil"
    assert Client().get(address).status_code == 403
    publish_result(result=result, by=coordinator)
    file = Client().get(address)
    assert (file.content, file["Content-Disposition"]) == (b"%PDF-1.7 plan", 'attachment; filename="plan.pdf"')
