"""Letters: one to one address in one language; and the copies a forum without a mail server keeps, for forgetting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise


class LetterNotSent(Exception):
    """The mail server did not take it."""


def send_letter(
    *,
    to: str,
    subject: str | Promise,
    template: str,
    context: dict[str, object],
    language: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write and send at once. Raises LetterNotSent."""
    with translation.override(language):
        text = render_to_string(template, context)
        try:
            # One line: a name with a line break in it must neither stop the letter nor add to its head.
            EmailMessage(" ".join(str(subject).split()), text, None, [to], headers=dict(headers or {})).send()
        except OSError as error:  # smtplib's errors are OSErrors
            raise LetterNotSent from error


def forget_letters(*, to: str) -> int:
    """Take away kept copies of letters to the address. Returns how many."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "/nonexistent")
    found = [path for path in sorted(folder.glob("*")) if path.is_file() and _is_to(path, to)] if to else []
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _is_to(path: Path, address: str) -> bool:
    return address.casefold() in path.read_text(encoding="utf-8", errors="replace").casefold()
