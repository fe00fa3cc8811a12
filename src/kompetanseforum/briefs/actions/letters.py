"""Writes: letters to educators that are asked, with the link they answer by."""

from __future__ import annotations

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanseforum.briefs.models import Recipient, State
from kompetanseforum.briefs.queries.shown import answer_secret
from kompetanseforum.briefs.queries.words import summary_of
from kompetanseforum.core import clock
from kompetanseforum.core.letters import LetterNotSent, send_letter

log = logging.getLogger(__name__)
_MOST_ATTEMPTS = 8


def send_owed_letters(*, most: int = 20) -> bool:
    """To those with an address who have not been told. True when something was sent; what fails is tried again."""
    owed = Recipient.objects.filter(told_at=None, attempts__lt=_MOST_ATTEMPTS, brief__state=State.SENT)
    owed = owed.exclude(email="").select_related("brief__owner", "brief__place").order_by("attempts", "pk")
    sent = [_send(recipient) for recipient in owed[:most]]
    return any(sent)


def _send(recipient: Recipient) -> bool:
    Recipient.objects.filter(pk=recipient.pk).update(attempts=recipient.attempts + 1)
    brief = recipient.brief
    with translation.override(recipient.language):
        subject = _("A brief for you: %(title)s") % {"title": brief.title}
        summary = summary_of(brief)
    link = settings.ADDRESS + reverse("briefs:link", kwargs={"secret": answer_secret(recipient)})
    try:
        send_letter(
            to=recipient.email,
            subject=subject,
            template="briefs/letter.txt",
            context={"brief": brief, "summary": summary, "link": link},
            language=recipient.language,
        )
    except LetterNotSent:
        log.exception("the letter to recipient %s was not sent", recipient.pk)
        return False
    Recipient.objects.filter(pk=recipient.pk).update(told_at=clock.now())
    return True
