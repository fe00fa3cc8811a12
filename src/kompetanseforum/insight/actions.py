"""Writes: a report from when it is asked for until it is made, and its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.files.storage import default_storage
from django.db import transaction

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import newest_fact
from kompetanseforum.insight.models import MadeReport, MakingState
from kompetanseforum.insight.queries.made import made_before, making_of
from kompetanseforum.insight.queries.report import Period

Enqueue = Callable[[str], object]


def ask_for_report(*, period: Period, language: str, enqueue: Enqueue) -> MadeReport:
    """Put its making in the queue in the same transaction. While nothing happens in the forum, all get the same one;
    one that failed is tried again.
    """
    now = clock.now()
    with transaction.atomic():
        made, is_new = MadeReport.objects.get_or_create(
            first_on=period.first,
            last_on=period.last,
            language=language,
            newest_fact=newest_fact(),
            asked_on=clock.today(),
            defaults={"asked_at": now, "changed_at": now},
        )
        if is_new or _is_put_back(made):
            enqueue(made.public_id)
    return made


def _is_put_back(made: MadeReport) -> bool:
    if not making_of(made).has_failed:
        return False
    # As it was read: pressed twice, it is put back once.
    same = MadeReport.objects.filter(pk=made.pk, state=made.state, changed_at=made.changed_at)
    return bool(same.update(state=MakingState.WAITING, done=0, changed_at=clock.now()))


def note_progress(made: MadeReport, *, done: int) -> None:
    _note(made, state=MakingState.AT_WORK, done=done)


def finish_report(made: MadeReport, *, page: str, stored_as: str) -> None:
    _note(made, state=MakingState.DONE, page=page, stored_as=stored_as)


def fail_report(made: MadeReport) -> None:
    _note(made, state=MakingState.FAILED)


def throw_away_old() -> None:
    """Those older than anybody was promised."""
    _throw_away(made_before())


def throw_away_made() -> None:
    """All of them: words in them have been taken back. They are made anew with a click."""
    _throw_away(made_before(days=0))


def throw_away_all(erasure: Erasure) -> None:
    """Words in them may be those of somebody who is gone now."""
    throw_away_made()


def _throw_away(reports: Sequence[MadeReport]) -> None:
    for made in reports:
        if made.stored_as:
            default_storage.delete(made.stored_as)
    MadeReport.objects.filter(pk__in=[made.pk for made in reports]).delete()


def _note(made: MadeReport, **values: object) -> None:
    MadeReport.objects.filter(pk=made.pk).update(changed_at=clock.now(), **values)
