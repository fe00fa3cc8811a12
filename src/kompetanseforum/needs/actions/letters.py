"""Writes: notices go out as letters, grouped to one address, and each at least once whatever happens to the worker.

A letter is put together and named before it is sent, so that a try after a crash is the same letter with the same
Message-ID; whoever gets it twice is shown it once.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from kompetanseforum.accounts.models import Notices, Person
from kompetanseforum.core import clock
from kompetanseforum.core.letters import LetterNotSent, send_letter
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.needs.models import Notice, Voice
from kompetanseforum.needs.queries.letters import written

log = logging.getLogger(__name__)

# A letter that failed this often waits for a person.
MOST_ATTEMPTS = 8
DAY = timedelta(days=1)
# So long one worker has a letter in hand; after that it has died.
LEASE = timedelta(minutes=5)
_MOST_LOOKED_AT = 400


def send_owed_letters(*, most: int = 20) -> bool:
    """Send what is owed, oldest first. True when something was sent; a letter that fails is tried again next time."""
    owed = _owed().select_related("voice").order_by("attempts", "pk")
    groups: dict[str, list[Notice]] = {}
    for notice in owed[:_MOST_LOOKED_AT]:
        groups.setdefault(_group(notice), []).append(notice)
    done = [_send(notices) for notices in list(groups.values())[:most]]
    return any(done)


def _owed() -> QuerySet[Notice]:
    ripe = Q(not_before=None) | clock.is_due("not_before", longest=DAY)
    return Notice.objects.filter(ripe, sent_at=None, is_letter=True, attempts__lt=MOST_ATTEMPTS)


def _group(notice: Notice) -> str:
    """What goes together: a letter that was begun, a receipt alone, news to one address."""
    if notice.letter_id:
        return f"letter {notice.letter_id}"
    return f"receipt {notice.pk}" if notice.is_receipt else f"news {notice.voice.email.casefold()}"


def _send(notices: Sequence[Notice]) -> bool:
    newest = notices[-1]
    if not newest.letter_id and not _is_wanted_now(notices):
        return False
    letter_id = newest.letter_id or new_public_id()
    if not _take(notices, letter_id=letter_id):
        return False
    voice = newest.voice
    if not voice.email:  # withdrawn meanwhile
        _told_on_page(notices)
        return False
    letter = written(notices, letter_id=letter_id)
    try:
        send_letter(
            to=voice.email,
            subject=letter.subject,
            template=letter.template,
            context=letter.context,
            language=voice.language,
            headers=letter.headers,
        )
    except LetterNotSent:
        log.exception("letter %s was not sent", letter_id)
        _rows(notices).update(not_before=None)
        return False
    _rows(notices).update(sent_at=clock.now())
    return True


def _rows(notices: Sequence[Notice]) -> QuerySet[Notice]:
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def _take(notices: Sequence[Notice], *, letter_id: str) -> bool:
    """Have them in hand. False when another worker has one of them."""
    taken = _owed().filter(pk__in=[notice.pk for notice in notices])
    return taken.update(letter_id=letter_id, attempts=F("attempts") + 1, not_before=clock.now() + LEASE) == len(notices)


def _told_on_page(notices: Sequence[Notice]) -> None:
    _rows(notices).update(is_letter=False, sent_at=clock.now())


def _is_wanted_now(notices: Sequence[Notice]) -> bool:
    """As the one with the address has chosen: never leaves it on the page; daily lets it wait until a day after the last."""
    newest = notices[-1]
    email = newest.voice.email
    wanted = _wanted_by(newest.voice)
    if not email or wanted == Notices.NEVER:
        _told_on_page(notices)
        return False
    if newest.is_receipt or wanted == Notices.AT_ONCE:
        return True
    sent = Notice.objects.filter(voice__email__iexact=email, is_letter=True, is_receipt=False)
    if sent.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS).exclude(letter_id="").exists():
        return False  # a letter that was begun and failed goes first, as it was; this is for the next day
    # Not one that a clock far ahead says was sent.
    of_a_day = sent.filter(sent_at__gt=clock.now() - DAY, sent_at__lte=clock.now() + DAY)
    last = of_a_day.order_by("-sent_at").first()
    if last is None or last.sent_at is None:
        return True
    _rows(notices).update(not_before=last.sent_at + DAY)
    return False


def _wanted_by(voice: Voice) -> str:
    """Who has stopped the letters gets none; else a person's own choice, and for others what stands with the voice."""
    if voice.news == Notices.NEVER:
        return Notices.NEVER
    chosen = Person.objects.filter(email__iexact=voice.email).values_list("notices", flat=True).first()
    return chosen or voice.news
