"""Coordinators bring in Enhetsregisteret; and what it suggests while somebody types a name."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.bodies import takes_file
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.forms import MOST_UPLOAD_BYTES, RegisterUploadForm, problem_text
from kompetanseforum.organisations.imports import receive_upload
from kompetanseforum.organisations.imports.register import Job
from kompetanseforum.organisations.models import Register
from kompetanseforum.organisations.queries import (
    describe,
    halves,
    import_by_id,
    progress_of,
    unit_named,
    units_like,
)


@requires("organisations.import_register")
@require_http_methods(["GET", "HEAD", "POST"])
@takes_file(most_bytes=MOST_UPLOAD_BYTES)
def register(request: Request, job: Job) -> HttpResponse:
    is_sent = request.method == "POST"
    form = RegisterUploadForm(request.POST, request.FILES) if is_sent else RegisterUploadForm()
    if is_sent and form.is_valid():
        started = receive_upload(file=form.cleaned_data["file"], by=request.viewer.person, job=job)
        return redirect("organisations:import", public_id=started.public_id)
    context = {"form": form, "halves": halves()}
    return render(request, "organisations/register.html", context, status=422 if is_sent else 200)


@requires("organisations.import_register")
@require_POST
def fetch(request: Request, job: Job) -> HttpResponse:
    """Both halves from the register itself, the organisations first: their places of work ask whose they are."""
    started = [start_import(register=half, by=request.viewer.person, enqueue=job.enqueue) for half in Register]
    return redirect("organisations:import", public_id=started[0].public_id)


@requires("organisations.import_register")
@require_safe
def progress(request: Request, public_id: str) -> HttpResponse:
    """Asks again every other second by htmx; by hand without it."""
    row = import_by_id(public_id)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "progress": progress_of(row),
        "label": _("Bringing in %(file)s") % {"file": row.file_name or row.get_register_display()},
        "problem": problem_text(row.problem, row.problem_detail) if row.problem else "",
    }
    name = "organisations/_import.html" if request.htmx else "organisations/import.html"
    return render(request, name, context)


@public
@require_safe
def suggest(request: Request) -> HttpResponse:
    """Names for the field's list, and a line about the one that is meant when there is but one."""
    limit(request.viewer.network, "organisations.suggest", most=240, per_seconds=60)
    typed = request.GET.get("organisation", "")[:160]
    meant = unit_named(typed, municipality=None) if typed.strip() else None
    context = {
        "units": [unit for unit in units_like(typed) if unit.name],
        "meant": describe(meant) if meant else "",
    }
    return render(request, "organisations/_suggestions.html", context)
