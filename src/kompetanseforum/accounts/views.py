"""Signing out; signing in comes by the first-start link until there are accounts for all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kompetanseforum.accounts.actions import sign_out
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public


@public
@require_POST
def sign_out_here(request: Request) -> HttpResponse:
    sign_out(request)
    return redirect("/")
