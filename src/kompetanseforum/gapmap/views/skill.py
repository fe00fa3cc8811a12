"""One row of the map, opened: its figures, and every voice and learning outcome they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanse.gap import Gap, Verdict
from kompetanse.refs import Ref
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import may, public
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.core.text import capital
from kompetanseforum.gapmap.queries.behind import gap_of, opened
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from kompetanseforum.gapmap.queries.groups import groups_of_skills, is_trade, slug_of, trade_name
from kompetanseforum.gapmap.queries.ranking import ranking, with_names
from kompetanseforum.gapmap.views.filters import active, facets
from kompetanseforum.gapmap.views.rows import change_words, notes, what_is_counted
from kompetanseforum.skills.models import ConceptKind
from kompetanseforum.skills.queries import concept_by_slug, is_heard_anew, named, nearby

VOICES_PER_PAGE = 20
_MOST_NEARBY = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address names: a skill, a group of ESCO's or a trade."""

    key: str
    slug: str
    label: str
    language: str
    is_group: bool


def _asked(slug: str) -> _Asked:
    if is_trade(slug):
        return _Asked(key=slug, slug=slug, label=trade_name(slug), language="", is_group=True)
    concept = concept_by_slug(slug)
    if concept is None or concept.kind not in (ConceptKind.SKILL, ConceptKind.SKILL_GROUP):
        raise Http404
    [own] = named([concept], language=get_language() or "nb")
    return _Asked(
        key=concept.uri,
        slug=slug,
        label=own.label,
        language=own.label_language if own.is_foreign else "",
        is_group=concept.kind == ConceptKind.SKILL_GROUP,
    )


@public
@require_safe
@same_page_for_strangers
def skill(request: Request, slug: str) -> HttpResponse:
    asked = _asked(slug)
    cut = replace(Cut.from_query(request.GET).part, by_group=asked.is_group)
    gap = gap_of(asked.key, cut)
    page = _page_of_voices(gap, request)
    found = (
        opened(asked.key, cut, viewer=request.viewer, first=page.start_index() - 1, most=VOICES_PER_PAGE)
        if gap
        else None
    )
    whole = ranking(replace(cut, by_group=False))
    groups = facets(whole)
    part = cut.part
    context = {
        "asked": asked,
        "label": capital(asked.label),
        "opened": found,
        "gap": gap,
        "more_url": _page_url(cut, page.next_page_number()) if page.has_next() else "",
        "previous_url": _page_url(cut, page.previous_page_number()) if page.has_previous() else "",
        "is_hidden": gap is not None and cut.hides(gap.asked),
        "counted": what_is_counted(cut, is_filtered=bool(active(part, groups))),
        "active": [one.label for one in active(part, groups)],
        "notes": notes(gap, cut=cut) if gap else "",
        "change": change_words(gap.change) if gap else "",
        "longest": max(gap.asked, gap.places) if gap else 0,
        "skills": _skills_in(asked, cut) if asked.is_group else [],
        "nearly": [] if asked.is_group or (gap and gap.offers) else _nearly_taught(asked, cut),
        "back_url": reverse("gapmap:map") + replace(part, by_group=asked.is_group).query,
        "is_local": bool(cut.municipalities),
        "whole_url": f"?{urlencode({'nar': ALL_HORIZONS})}" if part != Cut(horizon=ALL_HORIZONS) else "",
        "voice_url": f"{reverse('needs:voice')}?{urlencode({'skill': slug})}",
        "offer_url": f"{reverse('offers:register')}?{urlencode({'skill': slug})}",
        "brief_url": _brief_url(asked, request) if gap and gap.voices else "",
        "voice_label": _("We need this too") if gap and gap.voices else _("We need this"),
        "is_followed": Ref("skill", slug) in request.viewer.follows,
        "is_heard_anew": is_heard_anew(),
        "is_offer_first": gap is not None and gap.verdict == Verdict.ASKED_BUT_NOT_TAUGHT,
    }
    return render(request, "gapmap/skill.html", context)


def _page_of_voices(gap: Gap | None, request: Request) -> Page[int]:
    """The page that the address names, or the nearest there is; a number for each voice."""
    return Paginator(range(gap.voices if gap else 0), VOICES_PER_PAGE).get_page(request.GET.get("side"))


def _page_url(cut: Cut, number: int) -> str:
    return "?" + urlencode([*cut.part.pairs(), ("side", number)]) + "#asked"


def _brief_url(asked: _Asked, request: Request) -> str:
    """For those who make briefs: one with all needs that ask for the skill."""
    if asked.is_group or not may(request.viewer, "briefs.make_brief"):
        return ""
    return f"{reverse('briefs:new')}?{urlencode({'kompetanse': asked.slug})}"


def _nearly_taught(asked: _Asked, cut: Cut) -> list[dict[str, object]]:
    """What lies near a skill that nobody teaches, and is taught."""
    found = ranking(cut)
    taught = {gap.key: gap for gap in found.gaps if gap.offers}
    near = nearby(asked.key, among=taught, most=_MOST_NEARBY)
    return [
        {
            "label": row.label,
            "language": row.language,
            "url": reverse("gapmap:skill", kwargs={"slug": row.slug}) + cut.part.query + "#taught",
            "offers": row.gap.offers,
        }
        for row in with_names([taught[key] for key in near], found)
    ]


def _skills_in(asked: _Asked, cut: Cut) -> list[dict[str, object]]:
    """The group's skills, ranked."""
    groups = groups_of_skills()
    found = ranking(replace(cut, by_group=False))
    inside = [gap for gap in found.gaps if asked.key in groups.get(gap.key, ())]
    return [
        {
            "label": capital(row.label),
            "language": row.language,
            "url": reverse("gapmap:skill", kwargs={"slug": slug_of(row.gap.key)}) + cut.part.query,
            "gap": row.gap,
            "is_hidden": row.is_hidden,
        }
        for row in with_names(inside, found)
    ]
