"""The front page: the whole forum in a sentence, a map, and what became of three needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.core.templatetags.ui import Tile
from kompetanseforum.core.text import grouped
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.home.queries.front import Place, Totals, on_front, places, totals
from kompetanseforum.insight.exports.lying import lying
from kompetanseforum.results.queries.shown import newest_result


@public
@require_safe
@same_page_for_strangers
def front(request: Request) -> HttpResponse:
    tiles = _tiles(places())
    shown = on_front(viewer=request.viewer)
    newest = shown.newest
    sums = totals()
    forum = this_forum()
    context = {
        "totals": sums,
        "outcomes": _outcomes(sums),
        "newest_words": Truncator(newest.title.strip("«»")).chars(80) if newest else "",
        "headline": getattr(forum, f"headline_{get_language() or 'nb'}", ""),
        "answer_days": forum.answer_days,
        "tiles": tiles,
        "ranked": sorted(tiles, key=lambda tile: (-tile.step, tile.name)),
        "threads": lying(shown.threads),
        "latest": newest_result(),
        "newest": newest,
        "owed": [{"title": each.skills_title, "id": each.public_id, "days": each.days_waited} for each in shown.owed],
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


@dataclass(frozen=True, slots=True)
class Part:
    """A number in the sentence about the whole forum, and where it opens."""

    text: str
    url: str


def _outcomes(sums: Totals) -> list[Part]:
    """What has come of the needs; what is nought is not said."""
    needs_url = reverse("needs:needs")
    parts = [
        (sums.met, ngettext("%(n)s is met", "%(n)s are met", sums.met), f"{needs_url}?tilstand=met"),
        (
            sums.in_pilot,
            ngettext("%(n)s is being tried", "%(n)s are being tried", sums.in_pilot),
            f"{needs_url}?tilstand=in_pilot",
        ),
        (
            sums.late,
            ngettext("%(n)s has waited too long", "%(n)s have waited too long", sums.late),
            reverse("needs:owed"),
        ),
    ]
    return [Part(text=text % {"n": grouped(number)}, url=url) for number, text, url in parts if number]
