"""The front page: the whole forum in a sentence, a map, and what became of three needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.templatetags.ui import Tile
from kompetanseforum.core.text import day, grouped
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.home.queries.front import Place, ShownThread, Totals, on_front, places, totals
from kompetanseforum.needs.models import State
from kompetanseforum.needs.views.rows import Step


@public
@require_safe
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
        "threads": [_lying(thread) for thread in shown.threads],
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


def _lying(thread: ShownThread) -> list[Step]:
    """Asked, tried, came out: three steps that lie down on a wide screen."""
    shown, tried, outcome = thread.shown, thread.tried, thread.outcome
    address = reverse("needs:need", kwargs={"public_id": shown.public_id})
    steps = [Step(title=shown.title, text=shown.who, side="asked", dot="filled")]
    if tried:
        first, _rest = _first_sentence(tried.words)
        steps.append(Step(title=first, text=day(tried.at), line="solid" if outcome else "dashed"))
    else:
        steps.append(Step(title=_("Nothing tried yet"), dot="open", line="dashed"))
    if outcome:
        title, rest = _first_sentence(outcome.words)
        dot = "square" if outcome.state == State.NOT_MET else "filled"
        steps.append(Step(title=title, text=rest, url=address, dot=dot))
    else:
        when = _("%(name)s answers by %(date)s") % {
            "name": shown.need.owner.name,
            "date": day(shown.need.next_answer_on),
        }
        steps.append(Step(title=_("Not yet"), text=when, url=address, dot="open"))
    return steps


# A full stop after a letter and before a capital; "18. desember" is no end of a sentence.
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]\.) (?=[A-ZÆØÅ«])")


def _first_sentence(words: str) -> tuple[str, str]:
    first, *rest = _SENTENCE_END.split(words.strip(), maxsplit=1)
    return first, "".join(rest)


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
