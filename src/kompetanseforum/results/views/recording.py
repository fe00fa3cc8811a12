"""Recording and changing a result, publishing it, and its evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.attached import Attached, BadFile, attached_response, store_attached
from kompetanseforum.core.bodies import takes_file
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.pilots.views.running import MOST_BODY_BYTES, origin_in
from kompetanseforum.results.actions import NoOrigin, add_evidence, change_result, publish_result, record_result
from kompetanseforum.results.forms import EvidenceForm, ResultForm, first_words, said_of
from kompetanseforum.results.models import Evidence, Result
from kompetanseforum.results.queries.evidence import evidence_by_id
from kompetanseforum.results.views.reading import result_or_404


@requires("results.record_result")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    origin, is_sent = origin_in(request), request.method == "POST"
    form = ResultForm(request.POST) if is_sent else ResultForm(initial=first_words())
    if is_sent and form.is_valid():
        result = record_result(
            harvested=form.harvested(),
            by=request.viewer,
            origins=[origin.ref] if origin else [],
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Written down. Next: somebody who can confirm it."))
        return redirect("results:result", public_id=result.public_id)
    context = {"form": form, "origin": origin}
    return render(request, "results/record.html", context, status=422 if is_sent else 200)


@requires("results.change_result", of=result_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, result: Result) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ResultForm(request.POST) if is_sent else ResultForm(initial=said_of(result))
    if is_sent and form.is_valid():
        change_result(result=result, harvested=form.harvested(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect("results:result", public_id=result.public_id)
    return render(request, "results/change.html", {"form": form, "result": result}, status=422 if is_sent else 200)


@requires("results.publish_result", of=result_or_404)
@require_POST
def publish(request: Request, result: Result) -> HttpResponse:
    try:
        publish_result(result=result, by=request.viewer)
        messages.success(request, _("Published. Everybody sees it now."))
    except NoOrigin:
        messages.error(
            request, _("Nothing in the forum is tied to it yet. Tie it to a need, an idea or a pilot first.")
        )
    return redirect("results:result", public_id=result.public_id)


@takes_file(most_bytes=MOST_BODY_BYTES)
@requires("results.change_result", of=result_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: Request, result: Result) -> HttpResponse:
    is_sent = request.method == "POST"
    form = EvidenceForm(request.POST, request.FILES) if is_sent else EvidenceForm()
    if is_sent and form.is_valid() and _kept(request, result, form):
        messages.success(request, _("Added."))
        return redirect("results:result", public_id=result.public_id)
    return render(request, "results/evidence.html", {"form": form, "result": result}, status=422 if is_sent else 200)


def _kept(request: Request, result: Result, form: EvidenceForm) -> bool:
    """Adds it; False, with the reason on the form, when its file is not taken."""
    given = form.cleaned_data
    try:
        attached = store_attached(given["file"], folder="results") if given["file"] else None
    except BadFile as problem:
        form.add_error("file", str(problem))
        return False
    texts = {name: given[name] for name in ("title", "url", "words")}
    add_evidence(result=result, by=request.viewer, attached=attached, **texts)
    return True


def evidence_or_404(public_id: str) -> Evidence:
    found = evidence_by_id(public_id)
    if found is None or not found.stored_as:
        raise Http404
    return found


@requires("results.see_evidence", of=evidence_or_404)
@require_safe
def evidence_file(request: Request, evidence: Evidence) -> HttpResponse:
    return attached_response(Attached(evidence.file_name, evidence.file_type, evidence.stored_as))
