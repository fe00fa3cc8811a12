"""The list of pilots, one pilot, what was learnt across them, and what is attached to a log."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.attached import Attached, attached_response
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.queries.shown import shown_needs
from kompetanseforum.needs.rules import may_see_need
from kompetanseforum.pilots.models import Decision, Entry, Pilot
from kompetanseforum.pilots.queries.learnings import learnings_found
from kompetanseforum.pilots.queries.shown import (
    all_pilots,
    entry_by_id,
    log_of,
    needs_tested,
    pilot_by_id,
    standing,
    where,
)
from kompetanseforum.pilots.rules import may_decide_pilot, may_read_log, may_start_pilot, may_write_log
from kompetanseforum.pilots.views.rows import pilot_rows

PER_PAGE = 20


def pilot_or_404(public_id: str) -> Pilot:
    pilot = pilot_by_id(public_id)
    if pilot is None:
        raise Http404
    return pilot


def log_or_404(public_id: str) -> Entry:
    entry = entry_by_id(public_id)
    if entry is None or not entry.stored_as:
        raise Http404
    return entry


def choices(chosen: str, *, words: str = "", with_going: bool = True) -> list[tuple[str, str, bool]]:
    """Each decision with its address, for `ui/toggle.html`."""
    options = [("", _("All"))]
    options += [("going", _("Going on now"))] if with_going else []
    options += [(value, str(label)) for value, label in Decision.choices]
    query = {"q": words} if words else {}
    return [
        (label, "?" + urlencode(query | ({"tilstand": key} if key else {})), key == chosen) for key, label in options
    ]


@public
@require_safe
def pilots(request: Request) -> HttpResponse:
    state = request.GET.get("tilstand", "")
    page = Paginator(all_pilots(state), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": pilot_rows(list(page)),
        "page": page,
        "options": choices(state),
        "state": state,
        "may_start": may_start_pilot(request.viewer, None),
    }
    return render(request, "pilots/pilots.html", context)


@public
@require_safe
def learnings(request: Request) -> HttpResponse:
    words, decision = request.GET.get("q", "").strip()[:200], request.GET.get("tilstand", "")
    page = Paginator(learnings_found(words, decision=decision), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": [(learning, standing(learning.pilot)) for learning in page],
        "page": page,
        "words": words,
        "decision": decision,
        "options": choices(decision, words=words, with_going=False),
    }
    return render(request, "pilots/learnings.html", context)


@requires("pilots.see_pilot", of=pilot_or_404)
@require_safe
def pilot(request: Request, pilot: Pilot) -> HttpResponse:
    viewer = request.viewer
    needs = [need for need in needs_tested(pilot) if may_see_need(viewer, need)]
    may_read = may_read_log(viewer, pilot)
    context = {
        "pilot": pilot,
        "ref": ref(pilot),
        "standing": standing(pilot),
        "where": where(pilot),
        "needs": shown_needs(needs, viewer=viewer),
        "learnings": list(pilot.learnings.all()),
        "entries": log_of(pilot) if may_read else [],
        "may_read": may_read,
        "may_write": may_write_log(viewer, pilot),
        "may_decide": may_decide_pilot(viewer, pilot),
    }
    return render(request, "pilots/pilot.html", context)


@requires("pilots.see_attached", of=log_or_404)
@require_safe
def attached(request: Request, entry: Entry) -> HttpResponse:
    return attached_response(Attached(entry.file_name, entry.file_type, entry.stored_as))
