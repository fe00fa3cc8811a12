"""Writes: somebody who knows, and did not write it, is asked by e-mail whether it is so."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.results.facts import ConfirmationAsked, ResultReplied
from kompetanseforum.results.models import Confirmation, Reply, Result
from kompetanseforum.results.queries.confirming import link_secret
from kompetanseforum.results.rules import LASTS


class NotIndependent(Exception):
    """The one who is asked is the one who asks, or the one who wrote it."""


class LinkIsOver(Exception):
    """The link has been used, or has lapsed."""


def hash_link(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def ask_to_confirm(*, result: Result, email: str, role: str, language: str, by: Viewer) -> Confirmation:
    """One who has been asked and not answered is not asked again. Raises NotIndependent."""
    asker = the_person(by.person)
    writers = {person.email.casefold() for person in (asker, result.recorded_by) if person and person.email}
    if email.casefold() in writers:
        raise NotIndependent
    with transaction.atomic():
        waiting = Confirmation.objects.filter(result=result, email__iexact=email, expires_at__gt=clock.now())
        if known := waiting.first():
            return known
        asked = Confirmation(public_id=new_public_id(), result=result, email=email, role=role.strip())
        asked.language, asked.asked_by = language, asker
        asked.asked_at, asked.expires_at = clock.now(), clock.now() + LASTS
        asked.secret_hash = hash_link(link_secret(asked))
        asked.save()
        publish(ConfirmationAsked(result=ref(result)), by=by.actor, about=ref(result))
    return asked


def reply_to(*, asked: Confirmation, reply: Reply, words: str = "", name: str = "") -> None:
    """What they answer; the address is forgotten and the link used up. Raises LinkIsOver."""
    with transaction.atomic():
        # One update, so that two at once are one answer and one refusal.
        still = Confirmation.objects.filter(pk=asked.pk, replied_at=None, expires_at__gt=clock.now())
        given = {"reply": reply, "words": words.strip(), "name": name.strip()}
        if not still.update(**given, replied_at=clock.now(), email=""):
            raise LinkIsOver
        Result.objects.filter(pk=asked.result_id).update(changed_at=clock.now())
        publish(ResultReplied(result=ref(asked.result), reply=reply), by=None, about=ref(asked.result))


def forget_lapsed() -> bool:
    """Whoever did not answer in time is forgotten."""
    lapsed = Confirmation.objects.filter(expires_at__lte=clock.now()).exclude(email="")
    return bool(lapsed.update(email=""))


def send_owed_letters(*, most: int = 20) -> bool:
    """Send what is owed, oldest first. True when something was sent; what fails is tried again."""
    owed = Confirmation.objects.filter(told_at=None, replied_at=None, expires_at__gt=clock.now())
    owed = owed.filter(attempts__lt=MOST_ATTEMPTS).exclude(email="").select_related("result", "asked_by")
    sent = [_send(asked) for asked in owed.order_by("attempts", "pk")[:most]]
    return any(sent)


def _send(asked: Confirmation) -> bool:
    row = Confirmation.objects.filter(pk=asked.pk)
    link = settings.ADDRESS + reverse("results:confirm", kwargs={"secret": link_secret(asked)})
    done = send_owed(
        row,
        to=asked.email,
        language=asked.language,
        template="results/letter.txt",
        subject=lambda: _("Is this so? One tap is enough"),
        context={"asked": asked, "result": asked.result, "link": link},
    )
    if done is Owed.NOT_WANTED:
        row.update(expires_at=clock.now())
    return done is Owed.SENT
