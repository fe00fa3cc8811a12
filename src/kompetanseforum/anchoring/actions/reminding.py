"""Writes: the contact hears a month before it lapses; once for each day it is to lapse."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanseforum.accounts.models import Notices
from kompetanseforum.accounts.queries import notices_wanted_by, person_with_email
from kompetanseforum.anchoring.facts import AnchoringLapses
from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.rules import REMIND_BEFORE
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.letters import LetterNotSent, send_letter
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.queries import name_of

log = logging.getLogger(__name__)
# A letter that failed this often waits for a person: it stands on the desk anyway.
_MOST_ATTEMPTS = 8


def remind_of_lapsing(*, most: int = 20) -> bool:
    """Write to those whose anchoring lapses within a month. True when something was sent; what fails is tried again."""
    today = clock.today()
    due = Anchoring.objects.filter(until__gte=today, until__lte=today + REMIND_BEFORE, attempts__lt=_MOST_ATTEMPTS)
    due = due.filter(Q(reminded_of=None) | ~Q(reminded_of=F("until"))).exclude(contact_email="")
    sent = [_remind(anchoring) for anchoring in due.select_related("organisation").order_by("until", "pk")[:most]]
    return any(sent)


def _remind(anchoring: Anchoring) -> bool:
    Anchoring.objects.filter(pk=anchoring.pk).update(attempts=F("attempts") + 1)
    if notices_wanted_by(anchoring.contact_email) == Notices.NEVER or _sent(anchoring):
        with transaction.atomic():
            Anchoring.objects.filter(pk=anchoring.pk).update(reminded_of=anchoring.until, attempts=0)
            publish(AnchoringLapses(anchoring=ref(anchoring)), by=None, about=ref(anchoring))
        return True
    return False


def _sent(anchoring: Anchoring) -> bool:
    person = person_with_email(anchoring.contact_email)
    language = person.language if person else "nb"
    address = reverse("anchoring:renew", kwargs={"public_id": anchoring.public_id})
    with translation.override(language):
        subject = _("What %(name)s has committed itself to lapses soon") % {"name": name_of(anchoring.organisation)}
    try:
        send_letter(
            to=anchoring.contact_email,
            subject=subject,
            template="anchoring/letter.txt",
            context={
                "anchoring": anchoring,
                "name": name_of(anchoring.organisation),
                "link": settings.ADDRESS + address,
            },
            language=language,
        )
    except LetterNotSent:
        log.exception("the letter about anchoring %s was not sent", anchoring.pk)
        return False
    return True
