"""Coordinators bring in ESCO: upload the zip, and see how far it has come."""

from __future__ import annotations

from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.bodies import takes_file
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.skills.actions.fetching import start_fetching
from kompetanseforum.skills.actions.versions import watch_esco
from kompetanseforum.skills.forms import MOST_UPLOAD_BYTES, EscoLanguagesForm, EscoUploadForm, problem_text
from kompetanseforum.skills.imports import receive_upload
from kompetanseforum.skills.queries import editions, fetching_now, progress_of, upload_by_id
from kompetanseforum.skills.queries.fetching import fetched_languages
from kompetanseforum.skills.queries.versions import newest_change, shown_changes_of, watch

# Of what a version changed, on the page.
MOST_CHANGES = 30


class Job(Protocol):
    """The job that imports; urls.py gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


@requires("skills.import_esco")
@require_http_methods(["GET", "HEAD", "POST"])
@takes_file(most_bytes=MOST_UPLOAD_BYTES)
def upload(request: Request, job: Job) -> HttpResponse:
    is_sent = request.method == "POST"
    form = EscoUploadForm(request.POST, request.FILES) if is_sent else EscoUploadForm()
    if is_sent and form.is_valid():
        given = form.cleaned_data
        started = receive_upload(
            file=given["file"], version=given["version"], by=request.viewer.person, enqueue=job.enqueue
        )
        return redirect("skills:upload", public_id=started.public_id)
    language = get_language() or "nb"
    change, known = newest_change(language), watch()
    context = {
        "form": form,
        "languages": EscoLanguagesForm(),
        "editions": editions(),
        "fetching": fetching_now(),
        "watch": known,
        "watch_problem": problem_text(known.problem, known.problem_detail) if known and known.problem else "",
        "change": change,
        "changed": shown_changes_of(change, most=MOST_CHANGES, language=language) if change else [],
    }
    return render(request, "skills/import.html", context, status=422 if is_sent else 200)


@requires("skills.import_esco")
@require_POST
def fetch(request: Request, job: Job) -> HttpResponse:
    """From ESCO's open API, in Norwegian and English and what else was ticked; pressed twice it is one."""
    form = EscoLanguagesForm(request.POST)
    chosen = form.cleaned_data["languages"] if form.is_valid() else []
    started = start_fetching(languages=sorted({"no", "en", *chosen}), by=request.viewer.person, enqueue=job.enqueue)
    return redirect("skills:upload", public_id=started.public_id)


@requires("skills.import_esco")
@require_POST
def follow(request: Request) -> HttpResponse:
    """Ask ESCO each week whether there is a newer version, or no more."""
    is_on = request.POST.get("on") == "1"
    watch_esco(is_on=is_on, languages=fetched_languages() or ["en", "no"])
    if is_on:
        messages.success(request, _("ESCO is asked for a newer version each week."))
    else:
        messages.success(request, _("ESCO is not asked by itself any more."))
    return redirect("skills:import")


@requires("skills.import_esco")
@require_safe
def progress(request: Request, public_id: str) -> HttpResponse:
    """Asks again every other second by htmx; by hand without it."""
    upload = upload_by_id(public_id)
    if upload is None:
        raise Http404
    context = {
        "upload": upload,
        "progress": progress_of(upload),
        "label": _("Fetching from ESCO")
        if upload.languages
        else _("Bringing in %(file)s") % {"file": upload.file_name},
        "problem": problem_text(upload.problem, upload.problem_detail) if upload.problem else "",
    }
    return render(request, "skills/_progress.html" if request.htmx else "skills/progress.html", context)
