"""Coordinators bring in a catalogue: choose a file, see what it would do, and store it."""

from __future__ import annotations

from typing import Protocol

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.offers.actions.uploads import MOST_PROBLEMS, accept_upload
from kompetanseforum.offers.forms import CatalogueForm
from kompetanseforum.offers.imports import COLUMNS, Problem, receive_catalogue
from kompetanseforum.offers.models import OfferUpload, UploadState
from kompetanseforum.offers.queries.uploads import catalogue_names, progress_of, upload_by_id


class Job(Protocol):
    """The job that does it; urls.py gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


def upload_or_404(public_id: str) -> OfferUpload:
    upload = upload_by_id(public_id)
    if upload is None:
        raise Http404
    return upload


@requires("offers.import_offers")
@require_http_methods(["GET", "POST"])
def choose(request: Request, job: Job) -> HttpResponse:
    form = CatalogueForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        upload = receive_catalogue(
            file=given["file"], name=given["name"], by=request.viewer.person, enqueue=job.enqueue
        )
        return redirect(_page_of(upload))
    context = {"form": form, "columns": COLUMNS, "names": catalogue_names()}
    return render(request, "offers/import.html", context, status=422 if request.method == "POST" else 200)


def _page_of(upload: OfferUpload) -> str:
    page = "offers:import_file" if upload.state == UploadState.CHECKED else "offers:progress"
    return reverse(page, kwargs={"public_id": upload.public_id})


@requires("offers.import_offers")
@require_http_methods(["GET", "POST"])
def preview(request: Request, public_id: str, job: Job) -> HttpResponse:
    """What the file would change, and what is wrong with it; the button stores it."""
    upload = upload_or_404(public_id)
    if upload.state != UploadState.CHECKED:
        return redirect("offers:progress", public_id=public_id)
    if request.method == "POST":
        accept_upload(upload, enqueue=job.enqueue)
        return redirect("offers:progress", public_id=public_id)
    counts = upload.counts
    context = {
        "upload": upload,
        "counts": counts,
        "will_store": counts["new"] + counts["changed"],
        "problems": [Problem(*problem) for problem in upload.problems],
        "has_more_problems": counts["errors"] > MOST_PROBLEMS,
    }
    return render(request, "offers/preview.html", context)


@requires("offers.import_offers")
@require_GET
def progress(request: Request, public_id: str) -> HttpResponse:
    """Asks again every other second by htmx; by hand without it."""
    upload = upload_or_404(public_id)
    if upload.state == UploadState.CHECKED:
        # For htmx the whole page, not its content inside this one.
        return HttpResponse(headers={"HX-Redirect": _page_of(upload)}) if request.htmx else redirect(_page_of(upload))
    label = _("Reading %(file)s") if upload.state == UploadState.CHECKING else _("Storing %(file)s")
    context = {
        "upload": upload,
        "progress": progress_of(upload),
        "label": label % {"file": upload.file_name},
        "problem": Problem(*upload.problems[0]).text if upload.state == UploadState.FAILED and upload.problems else "",
        "list_url": reverse("offers:offers"),
    }
    return render(request, "offers/_progress.html" if request.htmx else "offers/progress.html", context)
