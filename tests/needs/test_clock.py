"""The machine's clock jumps: an hour back when it is set right, years ahead when it was wrong."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, answer_need, send_owed_letters, voice_need
from kompetanseforum.needs.models import Notice, State
from kompetanseforum.organisations.models import Organisation
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=-400), timedelta(days=400)], ids=str)
def test_nothing_is_lost_or_said_twice_when_the_clock_jumps(
    jump: timedelta,
    boat_builder: Organisation,
    coordinator: Person,
    client: Client,
    mailoutbox: list[EmailMessage],
):
    with clock.at(NOON):
        said = Said(words="To må lære å sveise aluminium", email="ola@firma.example", words_are_public=True)
        need = voice_need(said=said, by=None, organisation=boat_builder).need
        while send_owed_letters():
            pass
    with clock.at(NOON + jump):
        answer_need(
            need=need,
            words="Vi ringer i morgen",
            state=State.IN_DIALOGUE,
            next_answer_on=clock.today() + timedelta(days=14),
            by=coordinator,
            owner=coordinator,
        )
        while send_owed_letters():
            pass
        pages = [client.get(path) for path in ("/behov/", f"/behov/{need.public_id}", "/behov/venter")]
    assert [page.status_code for page in pages] == [200] * 3
    assert [re.findall(r"[-−]\d+ dag", page.content.decode()) for page in pages] == [[]] * 3
    # The log is in the order of what happened, whatever the clock said.
    assert list(FactRow.objects.filter(about_id=ref(need).id).order_by("pk").values_list("name", flat=True)) == [
        "needs.NeedVoiced",
        "needs.NeedAnswered",
    ]
    assert (len(mailoutbox), Notice.objects.filter(sent_at=None).count()) == (2, 0)
