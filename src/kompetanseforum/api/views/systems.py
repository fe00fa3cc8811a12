"""Other systems, as a coordinator sees them; their tokens are made and revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.api.actions import make_token, revoke_token
from kompetanseforum.api.forms import TokenForm
from kompetanseforum.api.models import Scope, Stopped, Token, Webhook
from kompetanseforum.api.queries.tokens import all_tokens, token_by_id
from kompetanseforum.api.queries.webhooks import KINDS, all_webhooks
from kompetanseforum.core import clock
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires


@requires("api.manage_systems")
@require_safe
def systems(request: Request) -> HttpResponse:
    context = {
        "tokens": [_row(token) for token in all_tokens()],
        "webhooks": [_webhook_row(webhook) for webhook in all_webhooks()],
    }
    return render(request, "api/systems.html", context)


def _row(token: Token) -> dict[str, object]:
    return {
        "token": token,
        "scopes": [str(Scope(scope).label) for scope in token.scopes if scope in Scope.values],
        "is_live": token.revoked_at is None and token.expires_on >= clock.today(),
    }


def _webhook_row(webhook: Webhook) -> dict[str, object]:
    return {
        "webhook": webhook,
        "kinds": [str(label) for kind, label in KINDS.items() if kind in webhook.kinds],
        "stopped": str(Stopped(webhook.stopped).label) if webhook.stopped else "",
        "answer": _last_answer(webhook.last_error),
    }


def _last_answer(error: str) -> str:
    """What went wrong the last time; empty when nothing did."""
    kind, _space, why = error.partition(" ")
    if kind == "NotAllowed":
        return _("The forum may not ask that address: it is not public, not https, or leads elsewhere.")
    if why.isdecimal():
        return _("It answered %(status)s.") % {"status": why}
    return _("It did not answer.") if error else ""


@requires("api.manage_systems")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def make(request: Request) -> HttpResponse:
    """The answer to the form is the only page that ever shows the secret: it is kept nowhere."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token, secret = make_token(**form.cleaned_data, by=request.viewer.actor)
        if not secret:
            messages.info(request, _("The token of «%(name)s» is made, and was shown once.") % {"name": token.name})
            return redirect("api:systems")
        return render(request, "api/token_made.html", {"token": token, "secret": secret})
    status = 422 if request.method == "POST" else 200
    return render(request, "api/make_token.html", {"form": form}, status=status)


def token_or_404(public_id: str) -> Token:
    token = token_by_id(public_id)
    if token is None:
        raise Http404
    return token


@requires("api.manage_systems", of=token_or_404)
@require_POST
def revoke(request: Request, token: Token) -> HttpResponse:
    revoke_token(token=token, by=request.viewer.actor)
    messages.success(request, _("The token of «%(name)s» opens nothing any more.") % {"name": token.name})
    return redirect("api:systems")
