"""Writes: the owner is reminded before a promised day, and the coordinators when it has passed. Once each.

What is noted together is one letter.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.letters import LetterNotSent, send_letter
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.actions.letters import LEASE, MOST_ATTEMPTS
from kompetanseforum.needs.models import CLOSED_STATES, Need, Reminder
from kompetanseforum.needs.queries.reminders import due_soon, late_and_untold

log = logging.getLogger(__name__)


def remind_of_answers() -> bool:
    """Note whom to remind, and send what is noted. True when something was done."""
    noted = _note(due_soon(), is_late=False) + _note(late_and_untold(), is_late=True)
    return bool(noted) | _send_noted()


@transaction.atomic
def _note(needs: list[Need], *, is_late: bool) -> int:
    """One letter to each person for all that is due now."""
    letters: dict[int, str] = defaultdict(new_public_id)
    others = coordinators() if is_late else []
    rows = [
        Reminder(
            need=need,
            promised_on=need.next_answer_on,
            is_late=is_late,
            person=person,
            letter_id=letters[person.pk],
            # Without an address there is the desk, which has it already.
            sent_at=None if person.email else clock.now(),
        )
        for need in needs
        for person in ({person.pk: person for person in (need.owner, *others)}.values() if is_late else (need.owner,))
    ]
    return len(Reminder.objects.bulk_create(rows, ignore_conflicts=True))


def _send_noted() -> bool:
    ripe = Q(not_before=None) | clock.is_due("not_before", longest=LEASE)
    waiting = Reminder.objects.filter(ripe, sent_at=None, attempts__lt=MOST_ATTEMPTS)
    letters = list(waiting.order_by("pk").values_list("letter_id", flat=True)[:200])
    done = [_send(letter_id) for letter_id in dict.fromkeys(letters)]
    return any(done)


def _send(letter_id: str) -> bool:
    rows = Reminder.objects.filter(letter_id=letter_id, sent_at=None)
    held = rows.filter(Q(not_before=None) | clock.is_due("not_before", longest=LEASE))
    if not held.update(attempts=F("attempts") + 1, not_before=clock.now() + LEASE):
        return False  # another worker has it
    reminders = list(rows.select_related("need", "person").order_by("promised_on", "pk"))
    still = [
        one for one in reminders if one.need.next_answer_on == one.promised_on and one.need.state not in CLOSED_STATES
    ]
    if still and not _sent(still, to=reminders[0].person, letter_id=letter_id):
        rows.update(not_before=None)
        return False
    rows.update(sent_at=clock.now())
    return bool(still)


def _sent(reminders: list[Reminder], *, to: Person, letter_id: str) -> bool:
    with translation.override(to.language):
        subject = _("They wait for an answer") if reminders[0].is_late else _("An answer is due soon")
    lines = [
        (one.promised_on, settings.ADDRESS + reverse("needs:answer", kwargs={"public_id": one.need.public_id}))
        for one in reminders
    ]
    host = urlsplit(settings.ADDRESS).hostname or "kompetanseforum.invalid"
    try:
        send_letter(
            to=to.email,
            subject=subject,
            template="needs/reminder.txt",
            context={"lines": lines, "is_late": reminders[0].is_late},
            language=to.language,
            headers={"Message-ID": f"<{letter_id}@{host}>"},
        )
    except LetterNotSent:
        log.exception("reminder %s was not sent", letter_id)
        return False
    return True
