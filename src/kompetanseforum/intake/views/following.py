"""One file: what it would do, how far it has come, what it did, and its undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.queries import people_named
from kompetanseforum.core.bringing import Intake, Outcome, Undoing
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.intake.actions import accept_batch, undo_batch
from kompetanseforum.intake.actions.batches import MOST_PROBLEMS
from kompetanseforum.intake.models import Batch, BatchState
from kompetanseforum.intake.queries import items_of, progress_of
from kompetanseforum.intake.views.addressed import Job, batch_or_404
from kompetanseforum.intake.views.rows import count_rows, count_words, line_rows, problems_of

MOST_NAMED = 20


@requires("intake.bring_in")
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: Request, public_id: str, job: Job) -> HttpResponse:
    """The page of a file, whatever its state; the button brings it in."""
    batch, intake = batch_or_404(public_id)
    if request.method == "POST":
        accept_batch(batch, enqueue=job.enqueue)
        return redirect("intake:batch", public_id=public_id)
    if batch.state == BatchState.MATCHING:
        return redirect("intake:columns", public_id=public_id)
    if batch.state == BatchState.CHECKED:
        return render(request, "intake/preview.html", _preview(batch, intake))
    if batch.state in (BatchState.DONE, BatchState.UNDONE):
        return render(request, "intake/report.html", _report(batch, intake))
    return render(request, "intake/progress.html", _progress(batch, intake))


def _preview(batch: Batch, intake: Intake) -> dict[str, object]:
    counts = batch.counts
    will_store = sum(counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.JOINED, Outcome.CHANGED))
    return {
        "batch": batch,
        "intake": intake,
        "counts": count_rows(batch, intake),
        "will_store": will_store,
        "will_store_text": intake.counted(will_store),
        "unchanged": counts.get(Outcome.UNCHANGED, 0),
        "errors": counts.get("errors", 0),
        "lines": line_rows(batch),
        "hidden_lines": max(0, will_store - len(batch.lines)),
        "problems": problems_of(batch),
        "has_more_problems": counts.get("errors", 0) > MOST_PROBLEMS,
    }


def _report(batch: Batch, intake: Intake) -> dict[str, object]:
    items = items_of(batch)
    undoing = intake.undoable(items) if batch.state == BatchState.DONE else Undoing()
    return {
        "batch": batch,
        "intake": intake,
        "by": people_named([batch.by]).get(batch.by, ""),
        "summary": count_words(batch.counts),
        "things": intake.titles([item.thing for item in items[:MOST_NAMED]]),
        "hidden_things": max(0, len(items) - MOST_NAMED),
        "undoing": undoing,
        "stays": intake.titles(undoing.stays[:MOST_NAMED]),
        "problems": problems_of(batch),
        "errors": batch.counts.get("errors", 0),
        "has_more_problems": batch.counts.get("errors", 0) > MOST_PROBLEMS,
        "list_url": reverse(intake.list_url_name) if intake.list_url_name else "",
    }


def _progress(batch: Batch, intake: Intake) -> dict[str, object]:
    label = _("Reading %(file)s") if batch.state == BatchState.CHECKING else _("Bringing in %(file)s")
    problems = problems_of(batch)
    return {
        "batch": batch,
        "intake": intake,
        "progress": progress_of(batch),
        "label": label % {"file": batch.file_name},
        "problem": problems[0].text if batch.state == BatchState.FAILED and problems else "",
    }


@requires("intake.bring_in")
@require_safe
def progress(request: Request, public_id: str) -> HttpResponse:
    """Asks again every other second by htmx; by hand without it."""
    batch, intake = batch_or_404(public_id)
    if batch.state in (BatchState.CHECKING, BatchState.STORING, BatchState.FAILED):
        page = "intake/_progress.html" if request.htmx else "intake/progress.html"
        return render(request, page, _progress(batch, intake))
    address = reverse("intake:batch", kwargs={"public_id": public_id})
    # For htmx the whole page, not its content inside this one.
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


@requires("intake.bring_in")
@require_POST
def undo(request: Request, public_id: str) -> HttpResponse:
    batch, intake = batch_or_404(public_id)
    undone = undo_batch(batch, intake=intake, by=request.viewer.person)
    if undone is not None:
        messages.success(request, _("The file is undone."))
    return redirect("intake:batch", public_id=public_id)
