"""A clock that was years ahead and is set right: what was put off meanwhile is done, and not years later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage

from kompetanseforum.api.actions import add_webhook, claim
from kompetanseforum.api.queries.webhooks import webhooks_to_try
from kompetanseforum.core import clock
from kompetanseforum.forum.models import Forum
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.intake.actions import add_feed
from kompetanseforum.intake.queries import feeds_due
from kompetanseforum.needs.actions import Said, answer_need, send_owed_letters, voice_need
from kompetanseforum.needs.models import Need, State
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.actions.register import keep_cursor
from kompetanseforum.organisations.models import Register
from kompetanseforum.organisations.queries.register import registers_to_ask
from kompetanseforum.skills.actions.fetching import rest_or_give_up, start_fetching
from kompetanseforum.skills.queries import rested
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

AHEAD = NOON + timedelta(days=400)


def _feed() -> Callable[[], int]:
    add_feed(intake="offers", name="Skolen", address="https://skole.example/kurs", every_days=31, by=None, enqueue=str)
    return lambda: len(feeds_due())


def _register() -> Callable[[], int]:
    keep_cursor(Register.UNITS, last_id=1)
    return lambda: len(registers_to_ask())


def _esco() -> Callable[[], int]:
    rest_or_give_up(start_fetching(languages=["en", "no"], by=None, enqueue=str), problem="Busy", host="ec.europa.eu")
    return lambda: len(rested())


@pytest.mark.parametrize("put_off", [_feed, _register, _esco])
def test_what_is_asked_again_waits_its_time_and_no_longer(put_off: Callable[[], Callable[[], int]], forum: Forum):
    with clock.at(NOON):
        due = put_off()
        assert due() == 0
    with clock.at(AHEAD):
        put_off()
        assert due() == 0
    with clock.at(NOON):
        assert due() == 1


def test_a_webhook_that_somebody_had_in_hand_is_told(forum: Forum):
    with clock.at(AHEAD):
        webhook, _ = add_webhook(name="x", url="https://x.example", kinds=["needs.NeedVoiced"], by=None)
        assert (claim(webhook), claim(webhook)) == (True, False)
    with clock.at(NOON):
        assert webhooks_to_try(most=1) == []  # nothing to tell it
        assert (claim(webhook), claim(webhook)) == (True, False)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_letter_a_day_comes_though_the_last_was_sent_next_year(forum: Forum, mailoutbox: list[EmailMessage]):
    owner = duty_person()

    def answer(need: Need) -> int:
        answer_need(
            need=need, by=owner, words="Vi ringer", state=State.IN_DIALOGUE, next_answer_on=clock.today(), owner=owner
        )
        while send_owed_letters():
            pass
        return len(mailoutbox)

    with clock.at(NOON):
        said = Said(words="Vi må lære å sveise aluminium", email="ola@firma.example")
        need = voice_need(said=said, by=None, organisation=add_organisation(name="Båt AS")).need
        assert answer(need) == 2  # that it was heard, and today's news
        assert answer(need) == 2
    with clock.at(AHEAD):
        assert answer(need) == 3
    with clock.at(NOON + timedelta(days=2)):
        assert answer(need) == 4


def test_a_day_has_24_hours_where_the_clocks_are_put_forward_too():
    before = datetime(2028, 3, 25, 17, 30, tzinfo=ZoneInfo("Europe/Oslo"))
    with clock.at(before + timedelta(days=1)):
        assert clock.now() - timedelta(days=1) < before
        assert clock.today().isoformat() == "2028-03-26"
