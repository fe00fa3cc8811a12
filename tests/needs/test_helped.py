"""Whether a need is met is said by those who voiced it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.actions import Said, answer_need, join_need, say_if_helped, settle_old_questions, voice_need
from kompetanseforum.needs.forms import AnswerForm
from kompetanseforum.needs.models import Helped, Need, Voice
from kompetanseforum.needs.queries.shown import letter_secret
from kompetanseforum.needs.rules import HELPED_WAITS_DAYS, state_said_by
from kompetanseforum.organisations.actions import add_organisation

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.parametrize(
    ("yes", "no", "voices", "days", "state"),
    [
        (0, 0, 3, 99, None),
        (1, 0, 1, 0, "met"),
        (0, 1, 1, 0, "not_met"),
        (1, 0, 3, 0, None),
        (2, 0, 3, 0, "met"),
        (1, 2, 4, 0, None),
        (1, 2, 3, 0, "not_met"),
        (1, 1, 2, 0, "not_met"),
        (1, 0, 5, HELPED_WAITS_DAYS, "met"),
        (1, 1, 5, HELPED_WAITS_DAYS, "not_met"),
    ],
)
def test_the_rule(yes: int, no: int, voices: int, days: int, state: str | None):
    assert state_said_by(yes=yes, no=no, voices=voices, days=days) == state


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 60))
def test_a_need_is_met_only_where_more_say_yes_than_no(yes: int, no: int, silent: int, days: int):
    state = state_said_by(yes=yes, no=no, voices=yes + no + silent, days=days)
    assert state != "met" or yes > no
    assert state != "not_met" or no >= yes
    # Silence alone decides nothing.
    assert state is None or yes + no > 0


@pytest.fixture
def asked(coordinator: Person) -> list[Voice]:
    """Three firms behind one need that has been asked about."""
    first = voice_need(said=Said(words="Sveise aluminium"), by=None, organisation=add_organisation(name="En AS"))
    voices = [first] + [
        join_need(need=first.need, said=Said(), by=None, organisation=add_organisation(name=name))[0]
        for name in ("To AS", "Tre AS")
    ]
    answer_need(
        need=first.need, by=coordinator, words="Kurset er holdt.", state="in_pilot", owner=coordinator,
        next_answer_on=clock.today(), asks_if_helped=True,
    )  # fmt: skip
    return voices


def state() -> str:
    return Need.objects.get().state


def test_the_state_follows_what_they_say_and_the_log_knows_who(asked: list[Voice]):
    say_if_helped(voice=asked[0], helped=Helped.YES, words="", by=None)
    assert state() == "in_pilot"
    say_if_helped(voice=asked[1], helped=Helped.YES, words="", by=None)
    assert state() == "met"
    last = FactRow.objects.filter(name="needs.NeedAnswered").last()
    assert last is not None and last.actor == f"voice:{asked[1].public_id}"
    say_if_helped(voice=asked[1], helped=Helped.NO, words="For langt å reise", by=None)
    say_if_helped(voice=asked[2], helped=Helped.NO, words="", by=None)
    assert state() == "not_met"
    # Their words are not public, so nobody else reads them as the reason.
    assert Need.objects.get().reason == ""


def test_after_a_month_those_who_have_answered_decide(asked: list[Voice]):
    say_if_helped(voice=asked[0], helped=Helped.YES, words="", by=None)
    assert not settle_old_questions()
    with clock.at(clock.now() + timedelta(days=HELPED_WAITS_DAYS)):
        assert settle_old_questions()
        assert not settle_old_questions()
    assert state() == "met"


def test_nobody_who_has_not_been_asked_can_settle_it(coordinator: Person):
    voice = voice_need(said=Said(words="Sveise aluminium"), by=None)
    say_if_helped(voice=voice, helped=Helped.YES, words="", by=None)
    assert state() == "heard"


def test_opening_the_letters_link_changes_nothing_and_one_button_does(asked: list[Voice], client: Client):
    address = f"/behov/brev/{letter_secret(asked[0])}/hjalp"
    page = client.get(address + "?svar=yes").content.decode()
    assert 'value="yes" id="id_helped_0" checked' in page or "checked" in page
    assert Voice.objects.get(pk=asked[0].pk).helped == ""
    assert client.post(address, {}).status_code == 422
    client.post(address, {"helped": "yes", "words": "Fin lærer"})
    assert (Voice.objects.get(pk=asked[0].pk).helped, state()) == ("yes", "in_pilot")


def test_the_question_stands_on_their_own_page_too(asked: list[Voice], holder_client):

    page = holder_client(ref(asked[0])).get(f"/behov/mitt/{asked[0].public_id}").content.decode()
    assert "Hjalp det?" in page and letter_secret(asked[0]) in page


def test_we_cannot_say_ourselves_that_a_need_is_met(coordinator: Person):
    assert coordinators()
    assert "met" not in dict(AnswerForm().fields["state"].choices)  # type: ignore[attr-defined]
