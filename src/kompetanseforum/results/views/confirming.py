"""Asking somebody independent whether a result is so, and the page behind the link that they get."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.results.actions import LinkIsOver, NotIndependent, ask_to_confirm, reply_to
from kompetanseforum.results.actions.confirming import hash_link
from kompetanseforum.results.forms import AskForm, ReplyForm
from kompetanseforum.results.models import Reply, Result
from kompetanseforum.results.queries.confirming import confirmation_by_hash, is_over
from kompetanseforum.results.views.reading import result_or_404


@requires("results.change_result", of=result_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, result: Result) -> HttpResponse:
    is_sent = request.method == "POST"
    form = AskForm(request.POST if is_sent else None, initial={"language": get_language()})
    if is_sent and form.is_valid():
        try:
            ask_to_confirm(result=result, by=request.viewer, **form.cleaned_data)
        except NotIndependent:
            form.add_error("email", _("Ask somebody else: this is the one who wrote it"))
        else:
            messages.success(request, _("Asked. They get a link by e-mail."))
            return redirect("results:result", public_id=result.public_id)
    return render(request, "results/ask.html", {"form": form, "result": result}, status=422 if is_sent else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, secret: str) -> HttpResponse:
    """Without an account. Opening it changes nothing (mail scanners open links); it is used once, and lapses."""
    limit(request.viewer.network, "results.confirm", most=30, per_seconds=600)
    asked = confirmation_by_hash(hash_link(secret.strip().lower()))
    if asked is None:
        raise Http404
    is_sent = request.method == "POST"
    form = ReplyForm(request.POST if is_sent else None)
    if is_over(asked):
        return render(request, "results/link_over.html", {"asked": asked}, status=410)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            reply_to(asked=asked, reply=Reply(given["reply"]), words=given["words"], name=given["name"])
        except LinkIsOver:
            return render(request, "results/link_over.html", {"asked": asked}, status=410)
        return render(request, "results/thanks.html", {"result": asked.result})
    context = {"form": form, "result": asked.result, "asked": asked}
    return render(request, "results/confirm.html", context, status=422 if is_sent else 200)
