"""The log: who did what and when, for those who answer for the forum."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.capability import resolve
from kompetanseforum.core.filters import Active
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.text import day
from kompetanseforum.home.exports import log_csv
from kompetanseforum.home.forms import LogForm
from kompetanseforum.home.queries.log import (
    LogSearch,
    gathered_lines,
    happened,
    kind_choices,
    lines_of,
    log_lines,
    name_of,
    ref_or_none,
)

PER_PAGE = 50
_MOST_PAGES = 10_000
# More at once would hold a server for seconds; a period brings the rest.
MOST_EXPORTED = 20_000


@requires("home.see_log")
@require_safe
def log(request: Request) -> HttpResponse:
    form = LogForm(request.GET)
    search = form.search()
    number = _number(request.GET.get("side", ""))
    first = (number - 1) * PER_PAGE
    # One more than is shown tells whether there are more, without counting them all.
    rows = list(lines_of(search)[first : first + PER_PAGE + 1])
    asked = {name: value for name in form.fields if (value := request.GET.get(name, ""))}
    context = {
        "form": form,
        "lines": gathered_lines(rows[:PER_PAGE]) if search.is_gathered else log_lines(rows[:PER_PAGE]),
        "active": _active(search, asked),
        "thing": resolve(search.thing) if search.thing else None,
        "more_url": _url(asked | {"side": str(number + 1)}) if len(rows) > PER_PAGE else "",
        "previous_url": _url(asked | {"side": str(number - 1)}) if number > 1 else "",
        "csv_url": f"{reverse('home:log_export')}{_url(asked)}",
        "most_exported": MOST_EXPORTED,
    }
    return render(request, "home/log.html", context, status=422 if form.errors else 200)


@requires("home.see_log")
@require_safe
def export(request: Request) -> HttpResponse:
    """All that is asked for, newest first, up to a bound."""
    return log_csv(log_lines(list(happened(LogForm(request.GET).search())[:MOST_EXPORTED])))


def _number(text: str) -> int:
    return min(int(text), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 9 and int(text) else 1


def _url(asked: dict[str, str]) -> str:
    return "?" + urlencode(asked)


def _active(search: LogSearch, asked: dict[str, str]) -> list[Active]:
    """A chip for each thing that is asked for, which takes it away."""
    by = name_of(search.who) if ref_or_none(search.who) else f"«{search.who}»"
    labels = {
        "hvem": by if search.who else "",
        "hva": dict(kind_choices())[search.kind] if search.kind else "",
        "ting": search.thing.id if search.thing else "",
        "fra": _("from %(day)s") % {"day": day(search.since)} if search.since else "",
        "minutt": f"{day(search.minute)} {localtime(search.minute):%H:%M}" if search.minute else "",
        "til": _("until %(day)s") % {"day": day(search.until)} if search.until else "",
    }
    return [
        Active(label=label, url=_url({other: value for other, value in asked.items() if other != name}))
        for name, label in labels.items()
        if label
    ]
