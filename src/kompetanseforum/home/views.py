"""The front page, the coordinator's desk, and the quiet pages at the foot."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core import clock
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.templatetags.ui import Tile
from kompetanseforum.core.text import day
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.home.queries import Place, ShownThread, latest_threads, newest_need, places, totals, unheard
from kompetanseforum.needs.models import State
from kompetanseforum.needs.queries.shown import held_needs, needs_owed, open_needs_by_waiting, shown_needs
from kompetanseforum.needs.views.rows import Step, waited

MOST_ON_DESK = 12


@public
@require_GET
def front(request: Request) -> HttpResponse:
    tiles = _tiles(places())
    owed = shown_needs(needs_owed(most=3), viewer=request.viewer)
    context = {
        "totals": totals(),
        "answer_days": this_forum().answer_days,
        "tiles": tiles,
        "ranked": sorted(tiles, key=lambda tile: (-tile.step, tile.name)),
        "threads": [_lying(thread) for thread in latest_threads(viewer=request.viewer)],
        "newest": newest_need(viewer=request.viewer),
        "owed": [{"title": shown.skills_title, "id": shown.public_id, "days": shown.days_waited} for shown in owed],
    }
    return render(request, "home/front.html", context)


def _tiles(rows: list[Place]) -> list[Tile]:
    most = max((place.workplaces for place in rows), default=0)
    return [
        Tile(
            code=place.municipality.code,
            name=place.municipality.name,
            number=_small(place.workplaces),
            step=_step(place.workplaces, most),
            url=f"{reverse('needs:needs')}?kommune={place.municipality.code}",
        )
        for place in rows
    ]


def _small(number: int) -> str:
    """Below five is told as that: in a small place a number points at somebody."""
    return "–" if number == 0 else "<5" if number < 5 else str(number)


def _step(number: int, most: int) -> int:
    if number == 0:
        return 0
    return 1 if number < 5 else 1 + min(3, round(3 * number / most))


def _lying(thread: ShownThread) -> list[Step]:
    """Asked, tried, came out: three steps that lie down on a wide screen."""
    shown, tried, outcome = thread.shown, thread.tried, thread.outcome
    address = reverse("needs:need", kwargs={"public_id": shown.public_id})
    steps = [Step(title=shown.title, text=shown.who, side="asked", dot="filled")]
    if tried:
        text = f"{tried.words.split('. ')[0].rstrip('.')}."
        steps.append(Step(title=text, text=day(tried.at), line="solid" if outcome else "dashed"))
    else:
        steps.append(Step(title=_("Nothing tried yet"), dot="open", line="dashed"))
    if outcome:
        title = f"{outcome.words.split('. ')[0].rstrip('.')}."
        rest = outcome.words.partition(". ")[2]
        dot = "square" if outcome.state == State.NOT_MET else "filled"
        steps.append(Step(title=title, text=rest, url=address, dot=dot))
    else:
        when = _("%(name)s answers by %(date)s") % {
            "name": shown.need.owner.name,
            "date": day(shown.need.next_answer_on),
        }
        steps.append(Step(title=_("Not yet"), text=when, url=address, dot="open"))
    return steps


@requires("forum.see_desk")
@require_GET
def desk(request: Request) -> HttpResponse:
    waiting = open_needs_by_waiting()
    shown = shown_needs(waiting[:MOST_ON_DESK], viewer=request.viewer)
    late = [each for each in shown if each.days_late]
    me = person_of(request.viewer.person)
    rows = [
        {"shown": each, "waited": waited(each), "is_mine": bool(me and each.need.owner_id == me.pk)} for each in shown
    ]
    context = {
        "today": clock.today(),
        "rows": rows,
        "late": late,
        "first": shown[0] if shown else None,
        "open_count": len(waiting),
        "late_count": len(late),
        "answer_days": this_forum().answer_days,
        "longest": max([each.days_waited for each in shown], default=0),
        "held": shown_needs(held_needs(), viewer=request.viewer),
        "unheard": unheard(),
    }
    return render(request, "home/desk.html", context)


@public
@require_GET
def open_data(request: Request) -> HttpResponse:
    sets = [(data.label, reverse(data.url_name)) for capability in capabilities() for data in capability.open_data]
    return render(request, "home/open_data.html", {"sets": sets})


@public
@require_GET
def privacy(request: Request) -> HttpResponse:
    kept = [row for capability in capabilities() for row in capability.personal_data]
    return render(request, "home/privacy.html", {"kept": kept})


@public
@require_GET
def accessibility(request: Request) -> HttpResponse:
    return render(request, "home/accessibility.html")
