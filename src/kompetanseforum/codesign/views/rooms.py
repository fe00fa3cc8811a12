"""The list of rooms, one room, and opening one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.boards.rules import may_open_board
from kompetanseforum.briefs.queries.shown import brief_by_id
from kompetanseforum.codesign.actions import open_room
from kompetanseforum.codesign.forms import OpenForm
from kompetanseforum.codesign.models import Room, Stage
from kompetanseforum.codesign.queries.changes import columns_of
from kompetanseforum.codesign.queries.opening import brief_for, educators_for, offers_for
from kompetanseforum.codesign.queries.rooms import (
    firms_behind,
    is_inside,
    needs_behind,
    newest_rooms,
    room_by_id,
    rooms_joined_by,
    sides_of,
    words_from,
)
from kompetanseforum.codesign.rules import may_decide, may_invite, may_join_room, may_open_room, participant_in
from kompetanseforum.codesign.views.rows import row_view
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.sending import new_sending_key

PER_PAGE = 20


def room_or_404(public_id: str) -> Room:
    room = room_by_id(public_id)
    if room is None:
        raise Http404
    return room


@public
@require_safe
def rooms(request: Request) -> HttpResponse:
    page = Paginator(newest_rooms(), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": [row_view(room) for room in page],
        "mine": [row_view(room) for room in rooms_joined_by(request.viewer)],
        "more": min(PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
        "may_open": may_open_room(request.viewer, None),
    }
    return render(request, "codesign/rooms.html", context)


@requires("codesign.see_room", of=room_or_404)
@require_safe
def room(request: Request, room: Room) -> HttpResponse:
    own = participant_in(request.viewer, room)
    columns = columns_of(room, own=own)
    agreed = sum(one.is_agreed for column in columns for one in column.changes)
    behind = needs_behind(room)
    may_pass_on = may_invite(request.viewer, room)
    context = {
        "room": room,
        "own": own,
        "sides": sides_of(room, knows_names=is_inside(request.viewer, room)),
        "columns": columns,
        "agreed": agreed,
        "may_send": bool(agreed) and room.stage != Stage.SENT and may_pass_on,
        "may_invite": may_pass_on,
        "may_join": own is None and may_join_room(request.viewer, room),
        "may_open_board": may_open_board(request.viewer, None),
        "may_decide": may_decide(request.viewer, room),
        "firms": firms_behind(behind),
        "words": words_from(behind),
    }
    return render(request, "codesign/room.html", context)


@requires("codesign.open_room")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """`?foresporsel=…` and `?tilbud=…` say where it comes from."""
    asked = request.POST if request.method == "POST" else request.GET
    brief = brief_by_id(asked.get("foresporsel", ""))
    brief = brief_for(brief, viewer=request.viewer)
    educators = educators_for(request.viewer, brief)
    offers = offers_for(educators)
    is_posted = request.method == "POST"
    chosen = next((one for one in offers if one.public_id == asked.get("tilbud")), None)
    first = chosen.provider.public_id if chosen and chosen.provider else ""
    initial = {"title": chosen.title if chosen else brief.title if brief else "", "offer": asked.get("tilbud", "")}
    form = OpenForm(
        request.POST if is_posted else None, initial=initial | {"educator": first}, educators=educators, offers=offers
    )
    if is_posted and form.is_valid():
        given = form.cleaned_data
        opened = open_room(
            title=" ".join(given["title"].split()),
            educator=form.chosen_educator,
            offer=form.chosen_offer,
            makes_new=given["makes_new"],
            brief=brief,
            template=given["template"],
            by=request.viewer,
            sending_key=given["sending_key"],
        )
        return redirect("codesign:room", public_id=opened.public_id)
    context = {
        "form": form,
        "brief": brief,
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
        "nobody": _("Nobody gives offers here yet.") if not educators else "",
    }
    return render(request, "codesign/new.html", context, status=422 if is_posted else 200)
