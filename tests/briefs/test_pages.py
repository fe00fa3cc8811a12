"""What a brief says to whom; ten clicks from a selection to a sent brief; and no secret in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.actions import make_brief
from kompetanseforum.briefs.capability import CAPABILITY
from kompetanseforum.briefs.models import Brief, BriefAnswer, Kind, Pledge, Recipient, State
from kompetanseforum.briefs.queries.shown import answer_secret
from kompetanseforum.challenges.actions import gather, open_challenge
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.paper import can_make_pdf
from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Organisation
from tests.briefs.conftest import CANARY_EMAIL, CANARY_NAME, CANARY_WORDS, whole

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _typed(need: Need, *to: Organisation, **changes: object) -> dict[str, object]:
    """The form as the browser sends it."""
    today = clock.today()
    values: dict[str, object] = {
        "behov": [need.public_id],
        "title": "Sveising på kveldstid",
        "people": "5",
        "level": "4",
        "starts_by": (today + timedelta(days=100)).isoformat(),
        "hours_per_week": "6",
        "delivery": ["place"],
        "place": "3107",
        "payer": "employers",
        "languages": ["no"],
        "answer_by": (today + timedelta(days=14)).isoformat(),
        "to": [one.public_id for one in to],
        "sending_key": "once",
        "step": "send",
    }
    return values | changes


# Making


def test_what_the_needs_have_said_is_filled_in(coordinator_client: Client, need: Need):
    page = coordinator_client.get(f"/foresporsler/ny?behov={need.public_id}").content.decode()
    assert re.search(r'name="people" value="5"', page)
    assert re.search(r'name="level" value="4"[^>]* checked', page)
    assert re.search(r'name="times" value="evening"[^>]* checked', page)
    assert re.search(r'<option value="3103" selected>', page)
    assert "ingen har sagt hvem som betaler" in page and "ingen har sagt hvor mange det gjelder" not in page


def test_a_selection_is_sent_in_one_form(coordinator_client: Client, need: Need, school: Organisation):
    """Tick, make, payer, hours, whom, send: six clicks where the needs have said the rest."""
    answer = coordinator_client.post("/foresporsler/ny", _typed(need, school))
    again = coordinator_client.post("/foresporsler/ny", _typed(need, school))
    brief = Brief.objects.get()
    assert (answer.status_code, again["Location"]) == (302, answer["Location"])
    assert (brief.state, brief.needs.get(), brief.recipients.get().organisation) == (State.SENT, need, school)


def test_what_is_missing_is_said_and_nothing_is_half_written(
    coordinator_client: Client, need: Need, school: Organisation
):
    answer = coordinator_client.post("/foresporsler/ny", _typed(need, school, payer="", hours_per_week=""))
    page = answer.content.decode()
    assert (answer.status_code, Brief.objects.count()) == (422, 0)
    assert "Ingen har sagt hvem som betaler" in page and "Ingen har sagt hvor mange timer i uka" in page
    assert 'value="Sveising på kveldstid"' in page


def test_a_draft_may_be_half_said_and_is_for_coordinators_only(
    coordinator_client: Client, need: Need, teacher: Person, client: Client
):
    answer = coordinator_client.post("/foresporsler/ny", _typed(need, payer="", step="keep"))
    address = answer["Location"]
    assert (answer.status_code, Brief.objects.get().state) == (302, State.DRAFT)
    assert [one.get(address).status_code for one in (client, _signed_in(teacher), coordinator_client)] == [
        403,
        403,
        200,
    ]
    assert "Sveising på kveldstid" not in client.get("/foresporsler/").content.decode()
    assert "Utdanningen kan ikke svare ennå, fordi" in coordinator_client.get(address).content.decode()


@pytest.mark.alike
@pytest.mark.parametrize("wrong", [{"starts_by": "i morgen"}, {"people": "mange"}, {"email": "ikke en adresse"}])
def test_what_is_written_wrong_comes_back(
    coordinator_client: Client, need: Need, school: Organisation, wrong: dict[str, str]
):
    assert coordinator_client.post("/foresporsler/ny", _typed(need, school, **wrong)).status_code == 422
    assert Brief.objects.count() == 0


def test_the_latest_start_comes_after_the_earliest(coordinator_client: Client, need: Need, school: Organisation):
    typed = _typed(need, school, starts_from=(clock.today() + timedelta(days=200)).isoformat())
    assert coordinator_client.post("/foresporsler/ny", typed).status_code == 422


def test_somebody_without_an_account_is_asked_by_name_and_address(coordinator_client: Client, need: Need):
    coordinator_client.post("/foresporsler/ny", _typed(need, other="Kveldsskolen", email="post@kveld.example"))
    recipient = Recipient.objects.get()
    assert (recipient.organisation.name, recipient.organisation.sector, recipient.email) == (
        "Kveldsskolen",
        "education",
        "post@kveld.example",
    )


def test_without_needs_one_is_told_to_choose_some(coordinator_client: Client, forum: object):
    page = coordinator_client.get("/foresporsler/ny")
    assert page.status_code == 200 and "Velg behovene først" in page.content.decode()


def test_a_challenge_leads_to_a_brief_with_all_it_gathers(
    coordinator_client: Client, need: Need, school: Organisation, person: Person
):
    by = Viewer(person=ref(person), roles=frozenset({"coordinator"}))
    challenge = open_challenge(question="Hvordan får vi flere sveisere?", about="", cycle=None, by=by)
    gather(challenge, ref(need), by=by)
    link = f"/foresporsler/ny?utfordring={challenge.public_id}"
    assert link in coordinator_client.get(f"/utfordringer/{challenge.public_id}").content.decode()
    page = coordinator_client.get(link).content.decode()
    assert f'value="{need.public_id}" id="need-{need.public_id}" checked' in page
    coordinator_client.post("/foresporsler/ny", _typed(need, school, utfordring=challenge.public_id))
    assert Brief.objects.get().challenge == challenge


def test_needs_are_ticked_in_the_list_by_those_who_make_briefs(coordinator_client: Client, client: Client, need: Need):
    box = f'name="behov" value="{need.public_id}"'
    assert box in coordinator_client.get("/behov/").content.decode()
    assert box not in client.get("/behov/").content.decode()


# Reading


def _everything(client: Client, brief: Brief) -> str:
    """The page, the file and the paper's source, as one text."""
    address = f"/foresporsler/{brief.public_id}"
    return client.get(address).content.decode() + client.get(f"{address}.json").content.decode()


def test_only_those_who_consented_are_named(sent: Brief, need: Need, coordinator_client: Client, client: Client):
    assert Voice.objects.filter(need=need, email=CANARY_EMAIL).exists()
    for reader in (client, coordinator_client):
        text = _everything(reader, sent)
        if reader is coordinator_client:
            # In the thread a coordinator reads a need's own words, as on its page.
            text = text.replace(CANARY_WORDS, "", 1)
        assert "Åpent Verksted AS, Moss" in text and "på Hvaler, 5–19 ansatte" in text
        assert not any(canary in text for canary in (CANARY_EMAIL, CANARY_NAME, CANARY_WORDS, "college.example"))


def test_the_link_of_an_educator_is_shown_to_coordinators_only(
    sent: Brief, coordinator_client: Client, teacher: Person, client: Client
):
    secrets = [answer_secret(one) for one in sent.recipients.all()]
    address = f"/foresporsler/{sent.public_id}"
    assert all(secret in coordinator_client.get(address).content.decode() for secret in secrets)
    for reader in (client, _signed_in(teacher)):
        assert not any(secret in reader.get(address).content.decode() for secret in secrets)


def test_the_file_says_what_the_brief_says(sent: Brief, client: Client):
    told = json.loads(client.get(f"/foresporsler/{sent.public_id}.json").content)
    wanted = ("title", "people", "level", "delivery", "times", "hours_per_week", "payer", "languages", "missing")
    assert {name: told[name] for name in wanted} == {
        "title": "Sveising på kveldstid",
        "people": 5,
        "level": {"nkr": 4, "eqf": 4},
        "delivery": ["place"],
        "times": ["evening"],
        "hours_per_week": 6,
        "payer": "employers",
        "languages": ["no"],
        "missing": [],
    }
    assert [one["answer"] for one in told["answers"]] == [None, None]


def test_it_can_be_printed(sent: Brief, client: Client):
    if not can_make_pdf():
        pytest.skip("WeasyPrint is not installed")
    answer = client.get(f"/foresporsler/{sent.public_id}.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_without_what_makes_pdf_there_is_none(sent: Brief, client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kompetanseforum.briefs.views.reading.can_make_pdf", lambda: False)
    assert client.get(f"/foresporsler/{sent.public_id}.pdf").status_code == 404
    assert ".pdf" not in client.get(f"/foresporsler/{sent.public_id}").content.decode()


# Answering


def _recipient(brief: Brief, organisation: Organisation) -> Recipient:
    return Recipient.objects.get(brief=brief, organisation=organisation)


def test_opening_the_link_changes_nothing_and_the_button_lets_one_answer(
    sent: Brief, college: Organisation, client: Client
):
    recipient = _recipient(sent, college)
    answer_page = f"/foresporsler/til/{recipient.public_id}/svar"
    link = f"/foresporsler/lenke/{answer_secret(recipient)}"
    assert client.get(link).status_code == 200
    assert client.get(answer_page).status_code == 403
    assert client.post(link).status_code == 302
    assert client.get(answer_page).status_code == 200
    # Only for that educator.
    other = Recipient.objects.exclude(pk=recipient.pk).get()
    assert client.get(f"/foresporsler/til/{other.public_id}/svar").status_code == 403


def test_a_wrong_link_opens_nothing(sent: Brief, client: Client):
    assert client.post("/foresporsler/lenke/aaaaa-bbbbb-ccccc").status_code == 404


def test_guessing_links_is_stopped(sent: Brief, client: Client, limits: None):
    statuses = [client.get(f"/foresporsler/lenke/aaaaa-bbbbb-{number:05}").status_code for number in range(31)]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_who_speaks_for_the_educator_answers_in_its_name(sent: Brief, school: Organisation, teacher: Person):
    address = f"/foresporsler/til/{_recipient(sent, school).public_id}/svar"
    browser = _signed_in(teacher)
    assert "Du svarer for Elvebakken skole." in browser.get(address).content.decode()
    typed = {"kind": "adapt", "words": "på kveld i stedet for dag", "sending_key": "a"}
    assert [browser.post(address, typed).status_code for _time in range(2)] == [302, 302]
    answer = BriefAnswer.objects.get()
    assert (answer.kind, answer.is_reported, answer.by) == (Kind.ADAPT, False, str(ref(teacher)))
    assert "Ja, men på kveld i stedet for dag." in Client().get(f"/foresporsler/{sent.public_id}").content.decode()


def test_a_coordinator_writes_it_down_and_it_says_so(sent: Brief, school: Organisation, coordinator_client: Client):
    address = f"/foresporsler/til/{_recipient(sent, school).public_id}/svar"
    coordinator_client.post(address, {"kind": "no", "words": "vi ikke har sveisehall", "reason": "rooms"})
    page = Client().get(f"/foresporsler/{sent.public_id}").content.decode()
    assert "<strong>Nei, fordi</strong> vi ikke har sveisehall." in page and "Skrevet ned av forumet." in page


@pytest.mark.alike
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Velg et svar"),
        ({"kind": "adapt"}, "Skriv hva dere kan tilby i stedet"),
        ({"kind": "no", "reason": "rooms"}, "Skriv hvorfor, så de som spurte, får vite det"),
        ({"kind": "no", "words": "nei"}, "Velg hva det gjelder"),
        ({"kind": "deciding"}, "Velg en dato"),
        ({"kind": "deciding", "until": "2020-01-01"}, "Velg i dag eller en dag fram i tid"),
    ],
)
def test_an_answer_that_lacks_something_says_what(
    sent: Brief, school: Organisation, teacher: Person, typed: dict[str, str], told: str
):
    answer = _signed_in(teacher).post(f"/foresporsler/til/{_recipient(sent, school).public_id}/svar", typed)
    assert (answer.status_code, BriefAnswer.objects.count()) == (422, 0)
    assert told in answer.content.decode()


def test_it_waits_on_the_page_of_who_speaks_for_the_educator(sent: Brief, school: Organisation, teacher: Person):
    browser = _signed_in(teacher)
    assert "Sveising på kveldstid" in browser.get("/min-side").content.decode()
    browser.post(f"/foresporsler/til/{_recipient(sent, school).public_id}/svar", {"kind": "accept"})
    assert "Utdanningen er spurt" not in browser.get("/min-side").content.decode()


# Putting something in


def test_who_voiced_a_need_puts_something_in_and_takes_it_back(
    sent: Brief, need: Need, holder_client: Callable[..., Client]
):
    hidden = Voice.objects.get(email=CANARY_EMAIL)
    browser = holder_client(ref(hidden))
    address = f"/foresporsler/{sent.public_id}"
    assert hidden.organisation is not None
    typed = {
        "organisation": hidden.organisation.public_id,
        "gift": "rooms",
        "words": "Hallen er ledig.",
        "sending_key": "p",
    }
    assert browser.post(f"{address}/bidra", typed).status_code == 302
    page = Client().get(address).content.decode()
    assert "Hallen er ledig." in page and CANARY_NAME not in page
    pledge = Pledge.objects.get()
    withdraw = f"/foresporsler/bidrag/{pledge.public_id}/trekk"
    assert Client().post(withdraw).status_code == 403
    assert browser.post(withdraw).status_code == 302
    assert "Hallen er ledig." not in Client().get(address).content.decode()


def test_one_may_not_put_in_for_others(sent: Brief, holder_client: Callable[..., Client]):
    other = add_organisation(name="En annen AS")
    browser = holder_client(ref(Voice.objects.get(email=CANARY_EMAIL)))
    typed = {"organisation": other.public_id, "gift": "money", "words": "En million"}
    assert browser.post(f"/foresporsler/{sent.public_id}/bidra", typed).status_code == 422
    assert Pledge.objects.count() == 0


def test_who_speaks_for_an_organisation_may_put_in_and_others_may_not(sent: Brief, teacher: Person, need: Need):
    speaks, other = Viewer(person=ref(teacher)), Viewer(person=ref(add_person(name="Per Nes")))
    assert (may(speaks, "briefs.pledge", sent), may(other, "briefs.pledge", sent)) == (True, False)


def test_a_draft_takes_no_pledge_and_no_change_once_sent(need: Need, person: Person, sent: Brief):
    coordinator = Viewer(person=ref(person), roles=frozenset({"coordinator"}))
    draft = make_brief(said=whole(), needs=[need], by=person)
    asked = ("briefs.pledge", "briefs.change_brief", "briefs.send_brief")
    assert [[may(coordinator, name, brief) for name in asked] for brief in (draft, sent)] == [
        [False, True, False],
        [True, False, True],
    ]


# As it grows, and as people leave


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_list_of_three_asks_no_more_than_a_list_of_one(
    sent: Brief, need: Need, person: Person, coordinator_client: Client
):
    one = _queries(coordinator_client, "/foresporsler/")
    for _number in range(2):
        make_brief(said=whole(), needs=[need], by=person)
    three = _queries(coordinator_client, "/foresporsler/")
    assert (three, three <= 20) == (one, True)


def test_a_brief_asks_few_times(sent: Brief, coordinator_client: Client, client: Client, teacher: Person):
    address = f"/foresporsler/{sent.public_id}"
    assert _queries(client, address) <= 20
    # Who somebody is and for whom they speak takes nine of them; the thread reads the needs once more.
    for reader in (coordinator_client, _signed_in(teacher)):
        assert _queries(reader, address) <= 26


def test_who_is_erased_is_nowhere_in_a_brief(sent: Brief, school: Organisation, teacher: Person, person: Person):
    _signed_in(teacher).post(f"/foresporsler/til/{_recipient(sent, school).public_id}/svar", {"kind": "accept"})
    assert CAPABILITY.personal_copy is not None and CAPABILITY.erase is not None
    assert CAPABILITY.personal_copy(ref(teacher))["brief_answers"]
    CAPABILITY.erase(Erasure(person=ref(teacher), holds=frozenset(), email=teacher.email, withdraws_voices=False))
    assert BriefAnswer.objects.get().by == ""


def test_what_is_ticked_goes_along_from_page_to_page_and_into_the_brief(coordinator_client, forum, noon):
    said = [Said(words=f"Vi trenger {number} som kan sveise") for number in range(21)]
    needs = [voice_need(said=one, by=None).need for one in said]
    first, last = needs[-1].public_id, needs[0].public_id
    page = coordinator_client.get("/behov/", {"behov": first, "side": "2"}).content.decode()
    assert f'<input type="hidden" name="behov" value="{first}">' in page
    assert "Ett er krysset av på en annen side." in page
    made = coordinator_client.get("/foresporsler/ny", {"behov": [first, last]}).content.decode()
    assert first in made and last in made
    back = coordinator_client.get("/behov/", {"behov": [first, last], "side": "1"}).content.decode()
    assert f'name="behov" value="{first}" checked' in back
