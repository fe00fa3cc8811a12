"""Writes: a talk is asked for, agreed on or quietly declined; and the letters that tell of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.accounts.models import Notices, Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.network.facts import TalkAgreed, TalkAsked
from kompetanseforum.network.models import Talk
from kompetanseforum.network.rules import LAPSES_AFTER, MOST_A_DAY


class TooManyTalks(Exception):
    """So many asked for in a day that it looks like an advertisement."""


def ask_for_talk(*, asker: Person, asked: Person, about: str) -> Talk:
    """One open at a time for each pair: asked again, it is the one that stands. Raises TooManyTalks.

    When the other has asked already, both want it: then it is agreed.
    """
    close_lapsed_talks()
    with transaction.atomic():
        # The asker's row is held, so that five at once are counted one after the other.
        Person.objects.select_for_update().get(pk=asker.pk)
        if known := Talk.objects.filter(asker=asker, asked=asked, is_open=True).first():
            return known
        theirs = Talk.objects.filter(asker=asked, asked=asker, is_open=True, declined_at=None).first()
        if theirs is not None:
            agree_to_talk(theirs)
            theirs.refresh_from_db()
            return theirs
        now = clock.now()
        if Talk.objects.filter(asker=asker, asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
            raise TooManyTalks
        try:
            with transaction.atomic():
                talk = Talk.objects.create(
                    asker=asker, asked=asked, about=about.strip(), asked_at=now, lapses_at=now + LAPSES_AFTER
                )
        except IntegrityError:  # the same form twice at once
            return Talk.objects.get(asker=asker, asked=asked, is_open=True)
        publish(TalkAsked(talk=ref(talk)), by=ref(asker), about=ref(talk))
    return talk


def agree_to_talk(talk: Talk) -> None:
    """Both see how to reach each other from now on. Agreed again, nothing happens."""
    with transaction.atomic():
        still = Talk.objects.filter(pk=talk.pk, agreed_at=None, declined_at=None)
        if still.update(agreed_at=clock.now(), is_open=False):
            publish(TalkAgreed(talk=ref(talk)), by=ref(talk.asked), about=ref(talk))


def decline_talk(talk: Talk) -> None:
    """Nothing that the asker can see changes: no fact, no letter, and the talk stays open until it lapses."""
    Talk.objects.filter(pk=talk.pk, agreed_at=None, declined_at=None).update(declined_at=clock.now())


def close_lapsed_talks() -> bool:
    return bool(Talk.objects.filter(is_open=True, lapses_at__lte=clock.now()).update(is_open=False))


def send_owed_letters(*, most: int = 20) -> bool:
    """Tell those who are asked and have an address. True when something was sent; what fails is tried again."""
    owed = Talk.objects.filter(told_at=None, is_open=True, declined_at=None, attempts__lt=MOST_ATTEMPTS)
    owed = (
        owed.exclude(asked__email="")
        .exclude(asked__notices=Notices.NEVER)
        .select_related("asker", "asked")
        .order_by("attempts", "pk")
    )
    sent = [_send(talk) for talk in owed[:most]]
    return any(sent)


def _send(talk: Talk) -> bool:
    done = send_owed(
        Talk.objects.filter(pk=talk.pk),
        to=talk.asked.email,
        language=talk.asked.language,
        template="network/letter.txt",
        subject=lambda: _("%(name)s asks for a talk") % {"name": talk.asker.name},
        context={"talk": talk, "link": settings.ADDRESS + reverse("network:talks")},
    )
    return done is Owed.SENT
