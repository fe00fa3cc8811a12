"""What can be brought in and what has been; choose a file, and say which of its columns is which."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.tables import MOST_MEGABYTES, MOST_ROWS
from kompetanseforum.intake.actions import choose_columns
from kompetanseforum.intake.forms import ColumnsForm, FileForm
from kompetanseforum.intake.imports import check_again, receive_file
from kompetanseforum.intake.models import Batch, BatchState
from kompetanseforum.intake.queries import feeds, intakes, latest_batches, names_brought
from kompetanseforum.intake.views.addressed import Job, batch_or_404, intake_or_404
from kompetanseforum.intake.views.feeds import feed_rows
from kompetanseforum.intake.views.rows import batch_rows

MOST_SHOWN = 50


@requires("intake.bring_in")
@require_safe
def imports(request: Request) -> HttpResponse:
    """Everything that can be brought in, and everything that has been."""
    context = {
        "intakes": intakes(),
        "feeds": feed_rows(feeds()),
        "rows": batch_rows(latest_batches(most=MOST_SHOWN)),
    }
    return render(request, "intake/imports.html", context)


@requires("intake.bring_in")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, key: str, job: Job) -> HttpResponse:
    intake = intake_or_404(key)
    is_sent = request.method == "POST"
    form = FileForm(request.POST or None, request.FILES or None, intake=intake) if is_sent else FileForm(intake=intake)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        batch = receive_file(
            intake=intake,
            file=given["file"],
            name=given.get("name", ""),
            by=request.viewer.person,
            enqueue=job.enqueue,
        )
        return _go_on(batch)
    context = {
        "form": form,
        "intake": intake,
        "names": names_brought(intake.key),
        "most_megabytes": MOST_MEGABYTES,
        "most_rows": MOST_ROWS,
    }
    return render(request, "intake/choose.html", context, status=422 if is_sent else 200)


def _go_on(batch: Batch) -> HttpResponse:
    page = "intake:columns" if batch.state == BatchState.MATCHING else "intake:batch"
    return redirect(page, public_id=batch.public_id)


@requires("intake.bring_in")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Request, public_id: str, job: Job) -> HttpResponse:
    """Which column is which, guessed from the headings; what a person says is remembered for the source."""
    batch, intake = batch_or_404(public_id)
    if batch.state not in (BatchState.MATCHING, BatchState.CHECKED) or not batch.headings:
        return redirect("intake:batch", public_id=public_id)
    is_sent = request.method == "POST"
    form = ColumnsForm(request.POST if is_sent else None, batch=batch, intake=intake)
    if is_sent and form.is_valid():
        if choose_columns(batch, matching=form.matching()):
            batch.refresh_from_db()
            check_again(batch, enqueue=job.enqueue)
        return redirect("intake:batch", public_id=public_id)
    context = {"batch": batch, "intake": intake, "form": form}
    return render(request, "intake/columns.html", context, status=422 if is_sent else 200)
