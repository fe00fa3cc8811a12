"""The map: a ranked table, the municipalities beside it, and the same as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kompetanse.gap import Gap, Verdict
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.core.templatetags.ui import Tile
from kompetanseforum.core.text import capital, in_words, listing, uncapital
from kompetanseforum.gapmap.exports import as_csv, as_json
from kompetanseforum.gapmap.queries.cut import Cut, few
from kompetanseforum.gapmap.queries.ranking import (
    SILENT_DAYS,
    NamedGap,
    Place,
    places,
    ranking,
    skills_in_pilot,
    with_names,
)
from kompetanseforum.gapmap.queries.statistics import estimate_of, newest_shortages
from kompetanseforum.gapmap.views.filters import active, facets, groupings, horizons
from kompetanseforum.gapmap.views.rows import freshness, needs_query, row_view, shown_words, what_is_counted
from kompetanseforum.organisations.queries import in_place
from kompetanseforum.skills.queries import is_heard_anew

FIRST_SHOWN = 8
PER_PAGE = 100
# So many are named in the two lists of what only one side has.
_NAMED = 2


@public
@require_safe
@same_page_for_strangers
def gap_map(request: Request) -> HttpResponse:
    cut = Cut.from_query(request.GET)
    found = ranking(cut)
    page = Paginator(found.shown, PER_PAGE if cut.is_all else FIRST_SHOWN).get_page(request.GET.get("side"))
    shown = list(page.object_list)
    unmatched = [found.of_verdict(Verdict.ASKED_BUT_NOT_TAUGHT), found.of_verdict(Verdict.TAUGHT_BUT_NOT_ASKED)]
    named = {row.gap.key: row for row in with_names(_to_name(shown, unmatched), found)}
    tried = skills_in_pilot(shown, found)
    groups = facets(found)
    here = places(found)
    tiles = _tiles(here, cut=cut)
    context = {
        "cut": cut,
        "found": found,
        "page": page,
        # All pairs of bars share one scale.
        "longest": max((max(gap.asked, gap.places) for gap in shown), default=0),
        "rows": [row_view(named[gap.key], cut=cut, is_tried=gap.key in tried, viewer=request.viewer) for gap in shown],
        "horizons": horizons(cut),
        "groupings": groupings(cut),
        "facets": groups,
        "active": active(cut, groups),
        "title": shown_words(cut),
        "counted": what_is_counted(cut, is_filtered=cut.filter_count > 0),
        "fresh": freshness(found.fresh_at),
        "is_heard_anew": is_heard_anew(),
        "tiles": tiles,
        "ranked": sorted(tiles, key=lambda tile: (-_people_at(here, tile.code), tile.name)),
        "silent": _silence(here),
        "needs_query": needs_query(cut),
        "ask_url": _letter(request, here),
        "estimate": estimate_of(newest_shortages()),
        "not_taught": _some(unmatched[0], named, cut=cut, shown="ingen-underviser"),
        "not_asked": _some(unmatched[1], named, cut=cut, shown="ingen-spor"),
        "all_url": reverse("gapmap:map") + replace(cut, is_all=True).query,
        "more_url": _page_url(cut, page.next_page_number()) if cut.is_all and page.has_next() else "",
        "previous_url": _page_url(cut, page.previous_page_number()) if cut.is_all and page.has_previous() else "",
        "csv_url": reverse("gapmap:export", kwargs={"extension": "csv"}) + replace(cut, is_all=False).query,
        "json_url": reverse("gapmap:export", kwargs={"extension": "json"}) + replace(cut, is_all=False).query,
    }
    return render(request, "gapmap/map.html", context)


@public
@require_safe
def export(request: Request, extension: str) -> HttpResponse:
    """The cut that stands in the address, all of it."""
    found = ranking(Cut.from_query(request.GET))
    rows = with_names(found.shown, found)
    return as_csv(rows) if extension == "csv" else as_json(rows, found)


def _to_name(shown: Sequence[Gap], unmatched: Sequence[Sequence[Gap]]) -> list[Gap]:
    """All that the page calls by name, each once."""
    gaps = [*shown, *(gap for one in unmatched for gap in one[: _NAMED + 1])]
    return list({gap.key: gap for gap in gaps}.values())


def _some(gaps: Sequence[Gap], named: dict[str, NamedGap], *, cut: Cut, shown: str) -> dict[str, str] | None:
    """`Feilsøke varmepumper, energirådgivning og fem til.` and the way to all of them."""
    if not gaps:
        return None
    # Those without a name here are counted by `listing`.
    labels = [uncapital(named[gap.key].label) for gap in gaps[: _NAMED + 1]] + [""] * (len(gaps) - _NAMED - 1)
    return {
        "words": f"{capital(listing(labels, most=_NAMED))}.",
        "link": ngettext("See it", "See all %(count)s", len(gaps)) % {"count": in_words(len(gaps))},
        "url": reverse("gapmap:map") + replace(cut, shown=shown, is_all=True).query,
    }


def _page_url(cut: Cut, number: int) -> str:
    return "?" + urlencode([*cut.pairs(), ("side", number)])


def _people_at(here: Sequence[Place], code: str) -> int:
    return next(place.people for place in here if place.municipality.code == code)


def _tiles(here: Sequence[Place], *, cut: Cut) -> list[Tile]:
    """A tile opens its municipality; the one that is open opens the whole again."""
    most = max((place.people for place in here), default=0)
    tiles = []
    for place in here:
        code = place.municipality.code
        is_selected = code in cut.municipalities
        chosen = () if is_selected else (code,)
        tiles.append(
            Tile(
                code=code,
                name=place.municipality.name,
                number=few(place.people),
                step=_step(place.people, most),
                url=reverse("gapmap:map") + replace(cut, municipalities=chosen).query,
                is_selected=is_selected,
            )
        )
    return tiles


def _step(number: int, most: int) -> int:
    if number == 0:
        return 0
    return 1 if number < 5 else 1 + min(3, round(3 * number / most))


def _silent(here: Sequence[Place]) -> list[Place]:
    return [place for place in here if place.is_silent]


def _silence(here: Sequence[Place]) -> str:
    """`I Aremark har ingen sagt noe på 90 dager.`"""
    silent = _silent(here)
    if not silent:
        return ""
    names = [in_place(silent[0].municipality), *(place.municipality.name for place in silent[1:])]
    return capital(
        _("%(places)s nobody has said anything for %(days)s days.") % {"places": listing(names), "days": SILENT_DAYS}
    )


def _letter(request: Request, here: Sequence[Place]) -> str:
    """A letter begun in the reader's own e-mail program: whom to ask, the reader knows best."""
    names = listing([place.municipality.name for place in _silent(here)])
    form = request.build_absolute_uri(reverse("needs:voice"))
    text = _("What do you need to be able to do? Say it in your own words here, in a minute and a half: %(form)s") % {
        "form": form
    }
    parts = {"subject": _("What do you need to be able to do in %(places)s?") % {"places": names}, "body": text}
    return "mailto:?" + urlencode(parts).replace("+", "%20")
