"""Two who answer one need at once, and an answer that is sent twice: nothing is lost, nobody is told twice, and it is said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.needs.actions import Said, change_voice, join_need, merge_needs, voice_need, withdraw_voice
from kompetanseforum.needs.models import Need, State, Voice
from kompetanseforum.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kari(coordinator: Person) -> Client:
    return _client(coordinator)


@pytest.fixture
def ola(region: None) -> Client:
    person = add_person(name="Ola Dal", email="ola@forum.example")
    give_role(person=person, role=Role.COORDINATOR)
    return _client(person)


def _opened(client: Client, voice: Voice) -> dict[str, str]:
    """The form as it stood when it was opened."""
    html = client.get(f"/behov/{voice.need.public_id}/svar").content.decode()
    [seen] = re.findall(r'name="seen" value="([^"]*)"', html)
    owner = re.findall(r'<option value="(\w+)" selected', html)[-1]
    return {"seen": seen, "owner": owner}


def _form(opened: dict[str, str], **changes: str) -> dict[str, str]:
    on = clock.today() + timedelta(days=7)
    return {"words": "Vi ringer", "state": "in_dialogue", "next_answer_on": on.isoformat(), **opened, **changes}


def _send(client: Client, voice: Voice, form: dict[str, str]) -> tuple[int, str]:
    answer = client.post(f"/behov/{voice.need.public_id}/svar", form)
    return answer.status_code, answer.content.decode()


@pytest.mark.slow
def test_the_second_is_shown_what_the_first_said_and_keeps_what_they_wrote(voice: Voice, kari: Client, ola: Client):
    first, second = _opened(kari, voice), _opened(ola, voice)
    assert _send(kari, voice, _form(first, words="Kurs i mars", state="answered"))[0] == 302
    status, html = _send(ola, voice, _form(second, words="Vi vet ikke enda"))
    assert (status, "Ingrid Aasgaard har svart i mellomtiden" in html) == (409, True)
    assert ("Kurs i mars" in html, "Vi vet ikke enda" in html) == (True, True)
    need = Need.objects.get()
    assert (need.state, need.answers.count()) == (State.ANSWERED, 1)
    # Sent once more, from the page that showed the first one's, it goes through.
    again = re.findall(r'name="seen" value="([^"]*)"', html)
    assert _send(ola, voice, _form({**second, "seen": again[0]}, words="Vi vet ikke enda"))[0] == 302
    assert list(need.answers.values_list("words", flat=True)) == ["Kurs i mars", "Vi vet ikke enda"]


@pytest.mark.slow
def test_the_same_answer_sent_twice_is_one_and_told_once(voice: Voice, kari: Client):
    form = _form(_opened(kari, voice))
    assert [_send(kari, voice, form)[0] for _ in range(3)] == [302] * 3
    assert FactRow.objects.filter(name="needs.NeedAnswered").count() == voice.need.answers.count() == 1


def test_what_was_withdrawn_meanwhile_is_not_answered(voice: Voice, kari: Client):
    form = _form(_opened(kari, voice))
    withdraw_voice(voice=voice, by=None)
    assert _send(kari, voice, form)[0] == 302
    need = Need.objects.get()
    assert (need.state, need.answers.count()) == (State.WITHDRAWN, 0)


@pytest.mark.parametrize("seen", ["", "-1", "x", "99999999999999999999"])
def test_a_form_that_says_nothing_sensible_of_when_it_was_opened_loses_nothing(seen: str, voice: Voice, kari: Client):
    status, html = _send(kari, voice, _form({**_opened(kari, voice), "seen": seen}))
    assert status in (302, 422)
    assert ("Vi ringer" in html) == (status == 422)


def test_what_one_read_earlier_is_not_written_over_what_another_changed(
    voice: Voice, workshop: Organisation, coordinator: Person
):
    """A need read before it was joined, and before it was found to be another's, changes only what it says itself."""
    early = Need.objects.get(pk=voice.need.pk)
    mine = Voice.objects.select_related("need").get(pk=voice.pk)
    other = voice_need(said=Said(words="Sveise aluminium"), by=None, organisation=workshop).need
    join_need(need=early, said=Said(words="Vi trenger ordet lakkering", words_are_public=True), by=None,
              organisation=workshop)  # fmt: skip
    found_by = Need.objects.get(pk=early.pk).searchable
    assert "lakkering" in found_by
    merge_needs(kept=other, merged=early, by=coordinator)
    change_voice(voice=mine, said=Said(words="Vi må lære å sveise"), horizon="later", level="", by=None)
    now = Need.objects.get(pk=early.pk)
    assert (now.merged_into, now.state) == (other, State.WITHDRAWN)


def test_the_form_does_not_call_optional_what_it_then_asks_for(voice: Voice, kari: Client):
    """Why a need is not met must be said; the label may not say that it is optional."""
    html = kari.get(f"/behov/{voice.need.public_id}/svar").content.decode()
    [label] = re.findall(r'<label[^>]*for="id_reason"[^>]*>(.*?)</label>', html, re.DOTALL)
    assert "Hvorfor ikke?" in label and "frivillig" not in label
    status, html = _send(kari, voice, _form(_opened(kari, voice), state="not_met"))
    assert (status, "Skriv hvorfor" in html) == (422, True)
