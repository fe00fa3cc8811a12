""" "Who is with us": the list, a person in it, and one's own card."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core.filters import Active, Facet
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.network.actions import keep_card
from kompetanseforum.network.forms import CardForm
from kompetanseforum.network.models import Card, Side
from kompetanseforum.network.queries.directory import card_by_id, card_of, directory
from kompetanseforum.network.queries.search import Search, facets
from kompetanseforum.network.rules import may_ask_for_talk
from kompetanseforum.network.views.rows import row_view

PER_PAGE = 20


def card_or_404(public_id: str) -> Card:
    card = card_by_id(public_id)
    if card is None:
        raise Http404
    return card


@public
@require_safe
def everybody(request: Request) -> HttpResponse:
    search, entries = Search.from_query(request.GET), directory()
    groups = facets(search, entries)
    own = card_of(request.viewer.person.id) if request.viewer.person else None
    page = Paginator(search.found(entries), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "search": search,
        "page": page,
        "rows": [row_view(entry, viewer=request.viewer, own_card=own.public_id if own else "") for entry in page],
        "facets": groups,
        "active": _active(search, groups),
        "more": min(PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": _page_url(search, page.next_page_number()) if page.has_next() else "",
        "previous_url": _page_url(search, page.previous_page_number()) if page.has_previous() else "",
        "is_signed_in": request.viewer.person is not None,
    }
    return render(request, "network/directory.html", context)


def _page_url(search: Search, number: int) -> str:
    return "?" + urlencode([*search.pairs(), ("side", number)])


def _active(search: Search, groups: list[Facet]) -> list[Active]:
    on = [Active(label=choice.label, url=f"?{choice.query_without}") for group in groups for choice in group.chosen]
    if search.words:
        on.append(Active(label=f"«{search.words}»", url=f"?{replace(search, words='').query}"))
    return on


@requires("network.see_card", of=card_or_404)
@require_safe
def card(request: Request, card: Card) -> HttpResponse:
    entry = next((one for one in directory() if one.public_id == card.public_id), None)
    context = {
        "card": card,
        "lines": [(Side(line.side).label, line.words) for line in card.lines.all()],
        "what": entry.what if entry else "",
        "may_ask": may_ask_for_talk(request.viewer, card),
        "is_own": request.viewer.person is not None and request.viewer.person.id == card.person.public_id,
    }
    return render(request, "network/card.html", context)


@requires("network.change_card")
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request) -> HttpResponse:
    person = person_of(request.viewer.person)
    if person is None:
        raise Http404
    own = card_of(person.public_id)
    words = {line.side: line.words for line in own.lines.all()} if own else {}
    now = {"wants_to_be_found": bool(own and own.found_since), "may_be_asked": bool(own and own.askable_since)}
    is_sent = request.method == "POST"
    form = CardForm(request.POST if is_sent else None, initial=words | now)
    if is_sent and form.is_valid():
        said = form.said()
        kept = keep_card(person, said=said)
        messages.success(
            request, _("Kept. This is how others find you.") if said.wants_to_be_found else _("Kept. Nobody finds you.")
        )
        return redirect("network:card", public_id=kept.public_id)
    return render(request, "network/mine.html", {"form": form}, status=422 if is_sent else 200)
