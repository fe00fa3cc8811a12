"""What was brought in, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kompetanseforum.accounts.queries import people_named
from kompetanseforum.core.bringing import Intake, Outcome
from kompetanseforum.core.tables import Problem
from kompetanseforum.core.text import day, grouped
from kompetanseforum.intake.models import Batch, BatchState
from kompetanseforum.intake.queries import intake_by_key, progress_of


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file on the list: whose, when and by whom, and how it went."""

    title: str
    url: str
    what: str
    who: str
    state: str
    is_bad: bool


def batch_rows(batches: Sequence[Batch]) -> list[BatchRow]:
    """One query for all who did it."""
    people = people_named({batch.by for batch in batches if batch.by})
    return [_row(batch, by=people.get(batch.by, "")) for batch in batches]


def _row(batch: Batch, *, by: str) -> BatchRow:
    intake = intake_by_key(batch.intake)
    when = day(batch.received_at)
    return BatchRow(
        title=batch.name or (str(intake.source or intake.title) if intake else "") or batch.file_name,
        url=reverse("intake:batch", kwargs={"public_id": batch.public_id}),
        what=", ".join(part for part in (str(intake.title) if intake else "", batch.file_name) if part),
        who=_("%(when)s, by %(who)s") % {"when": when, "who": by} if by else when,
        state=state_words(batch),
        is_bad=batch.state == BatchState.FAILED,
    )


def state_words(batch: Batch) -> str:
    """How far it has come, in a few words."""
    if progress_of(batch).is_stopped:
        return _("Stopped. Nothing was stored")
    words = {
        BatchState.CHECKING: _("Being read"),
        BatchState.MATCHING: _("Waits for you to match its columns"),
        BatchState.CHECKED: _("Waits for you to bring it in"),
        BatchState.STORING: _("Being brought in"),
        BatchState.FAILED: _("Was not read"),
        BatchState.UNDONE: _("Undone"),
    }
    return words.get(BatchState(batch.state)) or count_words(batch.counts)


def count_words(counts: dict[str, int]) -> str:
    """`12 nye, 3 endret, 1 feil`; what there is none of is left out."""
    numbers = {name: counts.get(name, 0) for name in (*Outcome, "missing", "errors")}
    texts = {
        Outcome.NEW: ngettext("%(n)s new", "%(n)s new ones", numbers[Outcome.NEW]),
        Outcome.JOINED: _("%(n)s joined"),
        Outcome.CHANGED: _("%(n)s changed"),
        Outcome.UNCHANGED: _("%(n)s unchanged"),
        "missing": _("%(n)s no longer there"),
        "errors": ngettext("%(n)s left out", "%(n)s of them left out", numbers["errors"]),
    }
    said = [texts[name] % {"n": grouped(number)} for name, number in numbers.items() if number]
    return ", ".join(said) or _("nothing in it")


@dataclass(frozen=True, slots=True)
class LineRow:
    where: str
    title: str
    note: str
    outcome: str


_OUTCOMES = {
    Outcome.NEW: lambda: pgettext("one thing", "New"),
    Outcome.JOINED: lambda: _("Joins what is here"),
    Outcome.CHANGED: lambda: _("Changed"),
    Outcome.UNCHANGED: lambda: _("Unchanged"),
}


def line_rows(batch: Batch) -> list[LineRow]:
    return [
        LineRow(
            where=_("Row %(row)s") % {"row": row} if row else "",
            title=title,
            note=note,
            outcome=_OUTCOMES[Outcome(outcome)](),
        )
        for row, title, note, outcome in batch.lines
    ]


def problems_of(batch: Batch) -> list[Problem]:
    return [Problem(*problem) for problem in batch.problems]


def count_rows(batch: Batch, intake: Intake) -> list[tuple[str, int]]:
    """The dry run in figures. Joining is told only where it can happen."""
    counts = batch.counts
    rows = [(_("New"), counts.get(Outcome.NEW, 0))]
    if counts.get(Outcome.JOINED):
        rows.append((_("Join what is here"), counts[Outcome.JOINED]))
    return [
        *rows,
        (_("Changed"), counts.get(Outcome.CHANGED, 0)),
        (_("Unchanged"), counts.get(Outcome.UNCHANGED, 0)),
        (_("Rows with errors, left out"), counts.get("errors", 0)),
    ]
