"""Writes: letters owed to voices that left an e-mail address, and their sending."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanseforum.accounts.models import Notices
from kompetanseforum.accounts.queries import notices_wanted_by
from kompetanseforum.core import clock
from kompetanseforum.needs.models import Letter, Voice
from kompetanseforum.needs.queries.shown import link_secret

log = logging.getLogger(__name__)

# A letter that failed this often waits for a person.
MOST_ATTEMPTS = 8
DAY = timedelta(days=1)


def owe_letters(*, need_id: str, fact_id: int, voice_id: str | None = None) -> list[int]:
    """Note a letter for each voice behind the need (or that one) that has an address. Returns the new ones' keys.

    Idempotent by fact: heard twice, a fact owes one letter.
    """
    voices = Voice.objects.filter(need__public_id=need_id, withdrawn_at=None).exclude(email="")
    if voice_id is not None:
        voices = voices.filter(public_id=voice_id)
    with transaction.atomic():
        made = [Letter.objects.get_or_create(voice=voice, fact_id=fact_id) for voice in voices]
    return [letter.pk for letter, is_new in made if is_new]


def send_owed_letters(*, most: int = 20) -> bool:
    """Send what is owed, oldest first. True when something was sent; a letter that fails is tried again next time."""
    ripe = Q(not_before=None) | Q(not_before__lte=clock.now())
    owed = Letter.objects.filter(ripe, sent_at=None, attempts__lt=MOST_ATTEMPTS).select_related("voice__need__owner")
    sent = [_send(letter) for letter in owed.order_by("attempts", "pk")[:most]]
    return any(sent)


def _send(letter: Letter) -> bool:
    voice = letter.voice
    if not voice.email:  # withdrawn meanwhile
        letter.delete()
        return False
    if not _is_wanted_now(letter):
        return False
    letter.attempts += 1
    letter.save(update_fields=["attempts"])
    try:
        with translation.override(voice.language):
            subject, text = _written(voice)
            send_mail(subject, text, None, [voice.email])
    except OSError:  # smtplib's errors are OSErrors
        log.exception("letter %s was not sent", letter.pk)
        return False
    letter.sent_at = clock.now()
    letter.save(update_fields=["sent_at"])
    # It told the newest answer: what waited to tell of an older one has nothing left to say.
    Letter.objects.filter(voice=voice, sent_at=None, not_before__isnull=False).delete()
    return True


def _is_wanted_now(letter: Letter) -> bool:
    """As the one with the address has chosen: never drops it; daily lets it wait until a day after the last."""
    email = letter.voice.email
    wanted = notices_wanted_by(email)
    if wanted == Notices.NEVER:
        letter.delete()
        return False
    last = Letter.objects.filter(voice__email__iexact=email, sent_at__gt=clock.now() - DAY).order_by("-sent_at").first()
    if wanted == Notices.AT_ONCE or last is None or last.sent_at is None:
        return True
    letter.not_before = last.sent_at + DAY
    letter.save(update_fields=["not_before"])
    return False


def _written(voice: Voice) -> tuple[str, str]:
    """Subject and text, in the voice's language, with the personal link."""
    answer = voice.need.answers.select_related("by").order_by("-at").first()
    context = {
        "voice": voice,
        "need": voice.need,
        "answer": answer,
        "link": settings.ADDRESS + reverse("needs:link", kwargs={"secret": link_secret(voice)}),
    }
    subject = _("An answer to what you need") if answer else _("We have heard you")
    return subject, render_to_string("needs/letter.txt", context)
