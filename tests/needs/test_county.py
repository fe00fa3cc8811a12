"""Two years of a county by the injected clock: nobody is forgotten, and nobody is told too much.

Facts (what happened) × notices (what we noted) × what a real mail server received must say the same. The small form
runs always; `KF_TEST_COUNTY=5000` and the mark `slow` run the whole county.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.test import override_settings

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import deliver_pending
from kompetanseforum.core.models import FactRow
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role
from kompetanseforum.needs.actions import (
    Said,
    answer_need,
    join_need,
    remind_of_answers,
    say_if_helped,
    send_owed_letters,
    settle_old_questions,
    voice_need,
    withdraw_voice,
)
from kompetanseforum.needs.models import CLOSED_STATES, Helped, Need, Notice, Reminder, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Organisation
from tests.needs.smtp import Received, mail_server

WHOLE = int(os.environ.get("KF_TEST_COUNTY", "150"))
DAYS = 730
_STATES = ("in_dialogue", "briefed", "answered", "in_pilot", "not_met")


@pytest.fixture
def post() -> Iterator[Received]:
    with mail_server() as received:
        way = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
        with override_settings(**way, EMAIL_PORT=received.port):
            yield received


@dataclass
class County:
    """Firms that speak, coordinators who answer most of the time, and a worker that does its round each morning."""

    rng: random.Random
    people: list[Person]
    firms: list[Organisation]
    needs: list[Need] = field(default_factory=list)

    def a_day(self, new: int) -> None:
        now = clock.now()
        for hour, act in enumerate(
            (lambda: self._speak(new), self._join, self._answer, self._say_if_helped, self._withdraw)
        ):
            with clock.at(now + timedelta(hours=hour)):
                act()
        with clock.at(now + timedelta(hours=6)):
            work()

    def _email(self) -> str:
        return f"firm{self.rng.randrange(len(self.firms))}@county.example" if self.rng.random() < 0.6 else ""

    def _speak(self, new: int) -> None:
        for _ in range(new):
            said = Said(words="Vi trenger folk", email=self._email(), language=self.rng.choice(("nb", "nn")))
            self.needs.append(voice_need(said=said, by=None, organisation=self.rng.choice(self.firms)).need)

    def _join(self) -> None:
        for need in self._some(0.02):
            if need.state not in CLOSED_STATES:
                said = Said(email=self._email())
                join_need(need=need, said=said, by=None, organisation=self.rng.choice(self.firms))

    def _answer(self) -> None:
        """Those that are due, but for one in five, which is forgotten until somebody is reminded."""
        due = Need.objects.exclude(state__in=CLOSED_STATES).filter(next_answer_on__lte=clock.today())
        for need in list(due):
            if self.rng.random() < 0.8:
                answer_need(
                    need=need, by=self.people[0], words="Vi har ringt.", state=self.rng.choice(_STATES),
                    next_answer_on=clock.today() + timedelta(days=14), owner=self.rng.choice(self.people),
                    asks_if_helped=self.rng.random() < 0.3,
                )  # fmt: skip

    def _say_if_helped(self) -> None:
        asked = Voice.objects.filter(withdrawn_at=None, helped="", need__asked_if_helped_at__isnull=False)
        for voice in list(asked.exclude(need__state__in=CLOSED_STATES)[:5]):
            if self.rng.random() < 0.3:
                say_if_helped(voice=voice, helped=self.rng.choice(list(Helped)), words="", by=None)

    def _withdraw(self) -> None:
        for need in self._some(0.002):
            if voice := need.voices.filter(withdrawn_at=None).first():
                withdraw_voice(voice=voice, by=None)

    def _some(self, share: float) -> list[Need]:
        chosen = [need.pk for need in self.needs if self.rng.random() < share / max(1, len(self.needs) / 50)]
        return list(Need.objects.filter(pk__in=chosen))


def work() -> None:
    """What the worker does, until nothing is left to do."""
    while deliver_pending(older_than=timedelta(0)):
        pass
    settle_old_questions()
    while deliver_pending(older_than=timedelta(0)):
        pass
    remind_of_answers()
    while send_owed_letters():
        pass


def lived(count: int, *, days: int, start: datetime) -> County:
    people = [add_person(name=name, email=f"{name.lower()}@forum.example") for name in ("Ingrid", "Farid")]
    for person in people:
        give_role(person=person, role=Role.COORDINATOR)
    county = County(
        random.Random(7), people, [add_organisation(name=f"Firma {n} AS") for n in range(max(8, count // 8))]
    )
    spoken = 0
    for day in range(days):
        with clock.at(start + timedelta(days=day)):
            new = count * (day + 1) // days - spoken
            spoken += new
            county.a_day(new)
    # What is held back to the next day goes out.
    with clock.at(start + timedelta(days=days + 2)):
        work()
    return county


def check(post: Received, *, end: datetime) -> None:
    """What happened, what was noted and what was received say the same."""
    with clock.at(end):
        _nobody_waits_unseen()
    notices = list(
        Notice.objects.values_list("voice__public_id", "fact_id", "is_letter", "letter_id", "sent_at", "is_receipt")
    )
    told = Counter((voice, fact) for voice, fact, *_ in notices)
    assert set(told.values()) == {1}
    assert _owed_by_the_log() - set(told) == set()
    assert all(sent_at is not None for *_, sent_at, _ in notices)
    letters = {letter_id for _, _, is_letter, letter_id, *_ in notices if is_letter}
    letters |= set(
        Reminder.objects.exclude(person__email="").filter(attempts__gt=0).values_list("letter_id", flat=True)
    )
    received = Counter(letter["Message-ID"].strip("<>").partition("@")[0] for letter in post.letters)
    assert set(received.values()) == {1}
    # A reminder whose need was answered meanwhile is noted and never sent.
    assert set(received) <= letters
    assert {letter_id for _, _, is_letter, letter_id, *_ in notices if is_letter} <= set(received)
    _at_most_one_letter_a_day()


def _owed_by_the_log() -> set[tuple[str, int]]:
    """(voice, fact) for each change of state and each voice that stood behind the need then."""
    voices: dict[str, list[Voice]] = defaultdict(list)
    for voice in Voice.objects.select_related("need"):
        voices[voice.need.public_id].append(voice)
    return {
        (voice.public_id, fact.pk)
        for fact in FactRow.objects.filter(name="needs.NeedAnswered")
        for voice in voices[Ref.parse(fact.content["need"]).id]
        if voice.voiced_at <= fact.at
        and (voice.withdrawn_at is None or voice.withdrawn_at > fact.at + timedelta(hours=8))
    }


def _nobody_waits_unseen() -> None:
    late = Need.objects.exclude(state__in=CLOSED_STATES).filter(next_answer_on__lt=clock.today())
    seen = set(Reminder.objects.filter(is_late=True).values_list("need", "promised_on"))
    assert [need for need in late if (need.pk, need.next_answer_on) not in seen] == []
    assert not Need.objects.filter(owner=None).exists()
    assert late.exists() or Reminder.objects.filter(is_late=True).exists()


def _at_most_one_letter_a_day() -> None:
    sent: dict[str, dict[str, datetime]] = defaultdict(dict)
    news = Notice.objects.filter(is_letter=True, is_receipt=False).select_related("voice")
    for notice in news:
        assert notice.sent_at is not None
        sent[notice.voice.email][notice.letter_id] = notice.sent_at
    for email, moments in sent.items():
        in_order = sorted(moments.values())
        gaps = [after - before for before, after in pairwise(in_order)]
        assert not email or all(gap >= timedelta(days=1) for gap in gaps)


def _nobody_is_forgotten(count: int, *, days: int, post: Received, start: datetime) -> None:
    lived(count, days=days, start=start)
    check(post, end=start + timedelta(days=days + 2))
    assert len(post.letters) >= count


@pytest.mark.slow
def test_a_season_of_a_small_county(forum: Forum, noon: datetime, post: Received):
    _nobody_is_forgotten(25, days=75, post=post, start=noon)


@pytest.mark.slow
@pytest.mark.once
def test_two_years_of_the_whole_county(forum: Forum, noon: datetime, post: Received):
    _nobody_is_forgotten(WHOLE, days=DAYS, post=post, start=noon)
