"""An answer that is late is told in words, wherever the need says who answers and by when."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import answer_need, take_need
from kompetanseforum.needs.models import State, Voice
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(voice: Voice, coordinator: Person) -> Voice:
    """Ingrid has promised an answer by Monday."""
    with clock.at(NOON):
        answer_need(
            need=voice.need,
            words="Vi ringer",
            state=State.IN_DIALOGUE,
            next_answer_on=clock.today(),
            by=coordinator,
            owner=coordinator,
        )
    return voice


def _read(client: Client, path: str, *, days: int, language: str = "nb") -> str:
    client.cookies["forum_language"] = language
    with clock.at(NOON + timedelta(days=days)):
        page = client.get(path).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("language", "days", "aside", "thread"),
    [
        (
            "nb",
            3,
            "Ingrid Aasgaard svarer Svaret skulle ha kommet innen mandag 23. november, tre dager over fristen",
            "Svar fra Ingrid, tre dager over fristen",
        ),
        (
            "nn",
            1,
            "Ingrid Aasgaard svarer Svaret skulle ha kome innan måndag 23. november, éin dag over fristen",
            "Svar frå Ingrid, éin dag over fristen",
        ),
        (
            "en",
            12,
            "Ingrid Aasgaard answers The answer was due by Monday 23 November, 12 days past the date",
            "Answer from Ingrid, 12 days past the date",
        ),
    ],
)
def test_its_page_says_how_many_days_it_is_late(
    language: str, days: int, aside: str, thread: str, promised: Voice, client: Client
):
    page = _read(client, f"/behov/{promised.need.public_id}", days=days, language=language)
    assert (aside in page, thread in page) == (True, True)


def test_one_who_takes_it_over_late_is_not_said_to_have_failed(promised: Voice, client: Client):
    take_need(need=promised.need, owner=add_person(name="Kari Lunde"))
    page = _read(client, f"/behov/{promised.need.public_id}", days=3)
    assert "Kari Lunde svarer Svaret skulle ha kommet innen mandag 23. november" in page


def test_on_the_day_itself_nothing_is_late(promised: Voice, client: Client):
    page = _read(client, f"/behov/{promised.need.public_id}", days=0)
    assert "Ingrid Aasgaard svarer innen mandag 23. november" in page
    assert ("Svar fra Ingrid" in page, "skulle ha kommet" in page, "over fristen" in page) == (True, False, False)


def test_those_who_said_it_read_the_same(promised: Voice, holder_client: Callable[..., Client]):
    client = holder_client(ref(promised))
    own = _read(client, f"/behov/mitt/{promised.public_id}", days=3)
    among_others = _read(client, "/behov/mine", days=3)
    assert "Svaret skulle ha kommet innen mandag 23. november, tre dager over fristen" in own
    assert ("3 over fristen" in among_others, "svarer innen" in among_others) == (True, False)
