"""Writes: where to write to a guest, and the letter that tells what became of their notes."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.boards.models import Guest
from kompetanseforum.boards.queries.letters import guests_owed_a_letter, own_notes, own_secret


def write_to(guest: Guest, *, email: str, language: str) -> None:
    """From now on letters go there; another address begins anew only where none has been sent."""
    Guest.objects.filter(pk=guest.pk).update(email=email.strip(), language=language, attempts=0)


def stop_letters_to(guest: Guest) -> None:
    """The address is forgotten. Said again, nothing happens."""
    Guest.objects.filter(pk=guest.pk).update(email="", attempts=0)


def send_owed_letters(*, most: int = 20) -> bool:
    """True when something was sent; what fails is tried again."""
    sent = [_send(guest) for guest in guests_owed_a_letter(most_attempts=MOST_ATTEMPTS)[:most]]
    return any(sent)


def _send(guest: Guest) -> bool:
    is_first = guest.told_at is None
    own = {"secret": own_secret(guest)}
    row = Guest.objects.filter(pk=guest.pk)
    done = send_owed(
        row,
        to=guest.email,
        language=guest.language,
        template="boards/letter.txt",
        subject=lambda: _("Thank you for what you wrote") if is_first else _("Something has come of your note"),
        context={
            "board": guest.board,
            "notes": own_notes(guest),
            "is_first": is_first,
            "link": settings.ADDRESS + reverse("boards:own", kwargs=own),
            "stop": settings.ADDRESS + reverse("boards:stop_letters", kwargs=own),
        },
    )
    if done is not Owed.FAILED:
        row.update(attempts=0)
    return done is Owed.SENT
