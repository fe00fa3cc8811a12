"""The forum's open page: what was asked, what is tried, what came of it, and who has waited longest."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import NOBODY, public
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.insight.exports.lying import lying
from kompetanseforum.insight.queries.threads import told_threads
from kompetanseforum.needs.queries.listed import owed_lines
from kompetanseforum.needs.queries.shown import needs_owed
from kompetanseforum.pilots.models import Decision
from kompetanseforum.pilots.queries.shown import all_pilots

PER_PAGE = 12
MOST_OWED = 5


@public
@require_safe
@same_page_for_strangers
def threads(request: Request) -> HttpResponse:
    state = request.GET.get("tilstand", "")
    page = Paginator(all_pilots(state), PER_PAGE).get_page(request.GET.get("side"))
    owed = until_next_fact(f"insight.owed:{get_language()}", _owed)
    context = {
        "threads": lying(told_threads(list(page), viewer=request.viewer)),
        "page": page,
        "state": state,
        "options": _choices(state),
        "owed": owed,
    }
    return render(request, "insight/threads.html", context)


def _owed() -> list[dict[str, object]]:
    """Named by skills alone, which are the same for all."""
    late = owed_lines(needs_owed(most=MOST_OWED), viewer=NOBODY)
    return [{"title": one.title, "id": one.public_id, "days": one.days_waited} for one in late]


def _choices(chosen: str) -> list[tuple[str, str, bool]]:
    options = [("", _("All")), ("going", _("Going on now"))]
    options += [(value, str(label)) for value, label in Decision.choices]
    return [(label, "?" + urlencode({"tilstand": key} if key else {}), key == chosen) for key, label in options]
