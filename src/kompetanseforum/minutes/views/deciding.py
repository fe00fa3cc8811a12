"""One text: what its sentences become, many at a time and by keyboard alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.core.capability import resolve
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.minutes.actions import decide, take_back
from kompetanseforum.minutes.forms import ProposalForm
from kompetanseforum.minutes.models import Minutes, Proposal, ProposalState
from kompetanseforum.minutes.queries import (
    decided_in,
    marked_text,
    proposal_by_id,
    shown_proposals,
    waiting_count,
    waiting_in,
    where_said,
)
from kompetanseforum.minutes.views.bringing import minutes_or_404
from kompetanseforum.minutes.views.rows import decided_row, proposal_row

# As many as one reads in one go; the next ones come when these are decided.
PER_PAGE = 25


def proposal_or_404(public_id: str) -> Proposal:
    proposal = proposal_by_id(public_id)
    if proposal is None:
        raise Http404
    return proposal


@requires("minutes.read_minutes", of=minutes_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: Request, minutes: Minutes) -> HttpResponse:
    is_sent = request.method == "POST"
    shown = shown_proposals(_asked_for(request, minutes), viewer=request.viewer)
    forms = [ProposalForm(request.POST if is_sent else None, shown=one) for one in shown]
    # Each is asked, so that all that is missing is told at once.
    are_right = [form.is_valid() for form in forms]
    if is_sent and all(are_right):
        return _decided(request, minutes, forms)
    waiting = waiting_count(minutes)
    context = {
        "minutes": minutes,
        "meeting": resolve(where_said(minutes)) if minutes.said_at else None,
        "rows": [proposal_row(form, ticked=_ticked(request, form) if is_sent else None) for form in forms],
        "errors": [
            (form[name].id_for_label, error) for form in forms for name, found in form.errors.items() for error in found
        ],
        "waiting": waiting,
        "more": waiting - len(forms),
        "decided": [decided_row(one) for one in decided_in(minutes)],
        "text": marked_text(minutes),
    }
    return render(request, "minutes/minutes.html", context, status=422 if is_sent else 200)


def _asked_for(request: Request, minutes: Minutes) -> list[Proposal]:
    """The sentences that stand on the page: of a form that is sent, those it holds and that wait still."""
    if request.method != "POST":
        return waiting_in(minutes, most=PER_PAGE)
    held = set(request.POST.getlist("proposal"))
    return [one for one in waiting_in(minutes) if one.public_id in held][:PER_PAGE]


def _ticked(request: Request, form: ProposalForm) -> list[str]:
    return request.POST.getlist(f"{form.prefix}-skill")


def _decided(request: Request, minutes: Minutes, forms: list[ProposalForm]) -> HttpResponse:
    choices = [form.choice_given(kept=_ticked(request, form)) for form in forms]
    decided = decide([choice for choice in choices if choice is not None], by=request.viewer)
    needs = sum(one.state == ProposalState.TAKEN for one in decided)
    joined = sum(one.state == ProposalState.JOINED for one in decided)
    parts = [
        ngettext("One new need", "%(count)s new needs", needs) % {"count": capital(in_words(needs))} if needs else "",
        ngettext("one joined another", "%(count)s joined others", joined) % {"count": in_words(joined)}
        if joined
        else "",
    ]
    told = ", ".join(filter(None, parts))
    messages.success(request, f"{told}." if told else _("Nothing new."))
    return redirect("minutes:minutes", public_id=minutes.public_id)


@requires("minutes.read_minutes", of=proposal_or_404)
@require_POST
def reconsider(request: Request, proposal: Proposal) -> HttpResponse:
    """What was dropped waits again."""
    take_back(proposal)
    messages.success(request, _("It waits again."))
    return redirect("minutes:minutes", public_id=proposal.minutes.public_id)
