"""Writes: codes that show an address to be one's own. They are short, so they live briefly and bear few tries."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import SignInCode
from kompetanseforum.core import clock
from kompetanseforum.core.letters import send_letter
from kompetanseforum.core.limits import count, hidden, limit, refuse_after

CODE_DIGITS = 6
CODE_MINUTES = 10
# Of one code, from anywhere: ten guesses an hour at a million codes, however many machines guess.
MOST_WRONG_TRIES = 5
# To one address, whoever asks.
MOST_LETTERS, LETTER_SECONDS = 2, 60 * 60
# From one network: at one address, and in all (a school is one network).
MOST_FAILURES, MOST_FAILURES_IN_ALL, FAILURE_SECONDS = 5, 50, 30 * 60
_FAILED = "accounts.failed"


def _hash(email: str, code: str) -> str:
    """Keyed: a million codes are soon tried by whoever reads the table alone."""
    return hmac.new(settings.SECRET_KEY.encode(), f"sign-in:{email}:{code}".encode(), hashlib.sha256).hexdigest()


def send_code(*, email: str, language: str) -> None:
    """Send a code to the address, the same way whether anybody here has it. Raises TooMany, LetterNotSent."""
    limit(hidden(email), "accounts.letter", most=MOST_LETTERS, per_seconds=LETTER_SECONDS)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    now = clock.now()
    SignInCode.objects.filter(expires_at__lte=now).delete()
    SignInCode.objects.create(
        email=email, code_hash=_hash(email, code), expires_at=now + timedelta(minutes=CODE_MINUTES)
    )
    send_letter(
        to=email,
        subject=_("Your code: %(code)s") % {"code": f"{code[:3]} {code[3:]}"},
        template="accounts/code_letter.txt",
        context={"code": f"{code[:3]} {code[3:]}", "minutes": CODE_MINUTES, "address": settings.ADDRESS},
        language=language,
    )


def use_code(*, email: str, code: str, network: str) -> bool:
    """True once for the right code. Raises TooMany after five wrong ones in half an hour from the network."""
    at_address = hidden(f"{network}:{email}")
    refuse_after(at_address, _FAILED, most=MOST_FAILURES, per_seconds=FAILURE_SECONDS)
    refuse_after(network, _FAILED, most=MOST_FAILURES_IN_ALL, per_seconds=FAILURE_SECONDS)
    living = SignInCode.objects.filter(email=email, expires_at__gt=clock.now(), wrong_tries__lt=MOST_WRONG_TRIES)
    expected = _hash(email, code)
    for row in living:
        # Of two that come at once with the right code, the one that takes the row away is let in.
        if hmac.compare_digest(row.code_hash, expected) and SignInCode.objects.filter(pk=row.pk).delete()[0]:
            SignInCode.objects.filter(email=email).delete()
            return True
    living.update(wrong_tries=F("wrong_tries") + 1)
    for key in (at_address, network):
        count(key, _FAILED, per_seconds=FAILURE_SECONDS)
    return False
