"""Reads: needs whose promised day is near or past, and whom nobody has been reminded of."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from kompetanseforum.core import clock
from kompetanseforum.needs.models import CLOSED_STATES, Need, Reminder

# An answer due in so many days is told of once.
DAYS_BEFORE = 2
_MOST = 200


def _untold(*, is_late: bool) -> QuerySet[Need]:
    told = Reminder.objects.filter(need=OuterRef("pk"), promised_on=OuterRef("next_answer_on"), is_late=is_late)
    if not is_late:
        told = told.filter(person=OuterRef("owner"))
    return Need.objects.select_related("owner").exclude(Exists(told)).exclude(state__in=CLOSED_STATES)


def due_soon() -> list[Need]:
    """Promised today or within DAYS_BEFORE."""
    last = clock.today() + timedelta(days=DAYS_BEFORE)
    return list(
        _untold(is_late=False).filter(next_answer_on__range=(clock.today(), last)).order_by("next_answer_on")[:_MOST]
    )


def late_and_untold() -> list[Need]:
    return list(_untold(is_late=True).filter(next_answer_on__lt=clock.today()).order_by("next_answer_on")[:_MOST])
