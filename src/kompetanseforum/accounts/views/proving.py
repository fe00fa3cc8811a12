"""Is it still you? Asked before the ways in to an account are changed, when it is a while since one signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kompetanseforum.accounts.actions import note_proof, use_code
from kompetanseforum.accounts.actions.codes import CODE_MINUTES
from kompetanseforum.accounts.actions.sessions import PROVED_AT, SIGNED_IN_AT
from kompetanseforum.accounts.forms import CodeForm
from kompetanseforum.accounts.queries import passkeys_of, the_person
from kompetanseforum.accounts.views.coming_in import guard, send_with_a_word, wrong_code
from kompetanseforum.core import clock
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.permissions import requires

FRESH_SECONDS = 15 * 60

# Any: a view takes what its route gives it.
View = Callable[..., HttpResponseBase]


def freshly(view: View) -> View:
    """Lets in whoever has signed in, or shown who they are, in the last quarter of an hour; asks the others."""

    @wraps(view)
    def asking(request: Request, *about: Any) -> HttpResponseBase:
        if _is_fresh(request):
            return view(request, *about)
        # A form is filled in once more on the page it came from.
        then = request.path if request.method in ("GET", "HEAD") else reverse("accounts:my_page")
        return redirect(f"{reverse('accounts:prove')}?{urlencode({'next': then})}")

    return asking


def _is_fresh(request: Request) -> bool:
    person = the_person(request.viewer.person)
    if not person.email and not passkeys_of(person).exists():
        # Nothing to show it by, and no way back in that could be taken from them.
        return True
    # A session from before this was written down is not counted as old; it ends soon enough.
    since = request.session.get(PROVED_AT) or request.session.get(SIGNED_IN_AT)
    return since is None or clock.now().timestamp() - since <= FRESH_SECONDS


@requires("accounts.manage_self")
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: Request) -> HttpResponseBase:
    """A code to the address one has, or a passkey; then on to what one was about to do."""
    person = the_person(request.viewer.person)
    then = safe_next(request, reverse("accounts:my_page"))
    is_answer = "code" in request.POST
    form = CodeForm(request.POST if is_answer else None)
    is_sent = is_answer
    if request.method == "POST" and person.email:
        guard(request)
        if not is_answer:
            send_with_a_word(request, email=person.email)
            is_sent = True
        elif form.is_valid():
            if use_code(email=person.email, code=form.cleaned_data["code"], network=request.viewer.network):
                note_proof(request)
                return redirect(then)
            form.add_error("code", wrong_code())
    context = {
        "form": form,
        "person": person,
        "next": then,
        "is_sent": is_sent,
        "minutes": CODE_MINUTES,
        "has_passkey": passkeys_of(person).exists(),
    }
    return render(request, "accounts/prove.html", context, status=422 if is_answer else 200)
