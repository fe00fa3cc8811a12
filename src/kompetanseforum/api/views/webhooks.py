"""A coordinator lets an address be told: webhooks are added, stopped, started and removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.api.actions import add_webhook, remove_webhook, start_webhook, stop_webhook
from kompetanseforum.api.forms import WebhookForm
from kompetanseforum.api.models import Stopped, Webhook
from kompetanseforum.api.queries.webhooks import webhook_by_id, webhook_secret
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires


@requires("api.manage_systems")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: Request) -> HttpResponse:
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        webhook, _is_new = add_webhook(**form.cleaned_data, by=request.viewer.actor)
        return render(request, "api/webhook_added.html", {"webhook": webhook, "secret": webhook_secret(webhook)})
    status = 422 if request.method == "POST" else 200
    return render(request, "api/add_webhook.html", {"form": form}, status=status)


def webhook_or_404(public_id: str) -> Webhook:
    webhook = webhook_by_id(public_id)
    if webhook is None:
        raise Http404
    return webhook


@requires("api.manage_systems", of=webhook_or_404)
@require_POST
def stop(request: Request, webhook: Webhook) -> HttpResponse:
    stop_webhook(webhook=webhook, reason=Stopped.BY_HAND, by=request.viewer.actor)
    messages.success(request, _("«%(name)s» is told nothing until it is started again.") % {"name": webhook.name})
    return redirect("api:systems")


@requires("api.manage_systems", of=webhook_or_404)
@require_POST
def start(request: Request, webhook: Webhook) -> HttpResponse:
    start_webhook(webhook=webhook, by=request.viewer.actor)
    messages.success(request, _("«%(name)s» is told again.") % {"name": webhook.name})
    return redirect("api:systems")


@requires("api.manage_systems", of=webhook_or_404)
@require_POST
def remove(request: Request, webhook: Webhook) -> HttpResponse:
    remove_webhook(webhook=webhook, by=request.viewer.actor)
    messages.success(request, _("«%(name)s» is removed.") % {"name": webhook.name})
    return redirect("api:systems")
