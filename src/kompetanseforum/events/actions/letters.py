"""Writes: letters to those who have signed up: that they have, that something has changed, that it is cancelled."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.events.models import SignUp
from kompetanseforum.events.queries.shown import when_in_words, where_in_words
from kompetanseforum.events.queries.signing_up import letter_subject, sign_up_secret, sign_ups_owed_a_letter


def send_owed_letters(*, most: int = 20) -> bool:
    """True when something was sent; what fails is tried again."""
    sent = [_send(one) for one in sign_ups_owed_a_letter(most_attempts=MOST_ATTEMPTS)[:most]]
    return any(sent)


def _send(sign_up: SignUp) -> bool:
    meeting, row = sign_up.meeting, SignUp.objects.filter(pk=sign_up.pk)
    with translation.override(sign_up.language):
        when = when_in_words(meeting)
    done = send_owed(
        row,
        to=sign_up.email,
        language=sign_up.language,
        template="events/letter.txt",
        subject=lambda: letter_subject(sign_up.owed) % {"title": meeting.title},
        # Nothing that they typed: whoever writes the address of another must not write the letter too.
        context={
            "kind": sign_up.owed,
            "meeting": meeting,
            "when": when,
            "where": where_in_words(meeting),
            "heads": sign_up.heads,
            "link": settings.ADDRESS
            + reverse("events:sign_up_link", kwargs={"secret": sign_up_secret(sign_up.public_id)}),
            "page": settings.ADDRESS + reverse("events:meeting", kwargs={"public_id": meeting.public_id}),
        },
    )
    if done is not Owed.FAILED:
        # What has changed while the letter went is owed anew.
        row.filter(owed_at=sign_up.owed_at).update(owed="", owed_at=None, attempts=0)
    return done is Owed.SENT
