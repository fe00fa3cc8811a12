"""Where one is signed in, and the way to end it there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.accounts.actions import end_other_sessions, end_session, sign_out
from kompetanseforum.accounts.facts import WAYS
from kompetanseforum.accounts.models import SignIn
from kompetanseforum.accounts.queries import session_by_id, sessions_of, the_person
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires


def session_or_404(public_id: str) -> SignIn:
    found = session_by_id(public_id)
    if found is None:
        raise Http404
    return found


@requires("accounts.manage_self")
@require_safe
def sessions(request: Request) -> HttpResponse:
    person = the_person(request.viewer.person)
    own = request.session.session_key
    rows = [
        {"session": one, "way": WAYS.get(one.way, ""), "is_here": one.session_key == own} for one in sessions_of(person)
    ]
    # This one first.
    rows.sort(key=lambda row: not row["is_here"])
    return render(request, "accounts/sessions.html", {"rows": rows, "others": sum(not row["is_here"] for row in rows)})


@requires("accounts.end_session", of=session_or_404)
@require_POST
def end(request: Request, session: SignIn) -> HttpResponse:
    if session.session_key == request.session.session_key:
        sign_out(request)
        return redirect("/")
    end_session(session)
    messages.success(request, _("Signed out there."))
    return redirect("accounts:sessions")


@requires("accounts.manage_self")
@require_POST
def end_others(request: Request) -> HttpResponse:
    end_other_sessions(request, person=the_person(request.viewer.person))
    messages.success(request, _("Signed out on all other devices."))
    return redirect("accounts:sessions")
