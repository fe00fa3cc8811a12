"""The list of needs, one need, and the list as files."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.filters import Active, Facet
from kompetanseforum.core.http import Request
from kompetanseforum.core.paging import page_of
from kompetanseforum.core.permissions import Viewer, may, public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.intake.queries import evidence_of
from kompetanseforum.needs.exports import as_csv, as_json
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.alike import alike_to
from kompetanseforum.needs.queries.facets import facets
from kompetanseforum.needs.queries.filing import late_needs
from kompetanseforum.needs.queries.listed import listed_needs, owed_lines, plain_needs
from kompetanseforum.needs.queries.merging import merges_into
from kompetanseforum.needs.queries.search import Search, find_needs, found_needs
from kompetanseforum.needs.queries.shown import (
    need_by_id,
    needs_with_voices,
    organisation_of,
    owed_needs,
    shown_need,
    shown_needs,
)
from kompetanseforum.needs.rules import may_answer_need, may_join_need, may_merge_needs
from kompetanseforum.needs.views.rows import RowView, facts_line, row_view, waited
from kompetanseforum.needs.views.thread import step_here, steps_of_its_own
from kompetanseforum.skills.queries import link_by_id
from kompetanseforum.skills.queries.why import why as why_of
from kompetanseforum.skills.rules import judge_for
from kompetanseforum.skills.views.judging import asked_link

PER_PAGE = 20
OWED_PER_PAGE = 20
MOST_CHOSEN = 40


def need_or_404(public_id: str) -> Need:
    need = need_by_id(public_id)
    if need is None:
        raise Http404
    return need


@public
@require_safe
@same_page_for_strangers
def needs(request: Request) -> HttpResponse:
    search = Search.from_query(request.GET)
    found = find_needs(search)
    page = page_of(found.needs, PER_PAGE, request.GET.get("side"), count=found.count)
    groups = facets(search)
    # Ticked on this page or another: a form takes them along from page to page.
    chosen = list(dict.fromkeys(request.GET.getlist("behov")))[:MOST_CHOSEN]
    here = {need.public_id for need in page}
    context = {
        "chosen": chosen,
        "chosen_elsewhere": [one for one in chosen if one not in here],
        "search": search,
        "found": found,
        "page": page,
        "rows": _rows([need.pk for need in page], viewer=request.viewer),
        "facets": groups,
        "active": _active(search, groups),
        "more": min(PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": _page_url(search, page.next_page_number()) if page.has_next() else "",
        "previous_url": _page_url(search, page.previous_page_number()) if page.has_previous() else "",
        "csv_url": f"{reverse('needs:export', kwargs={'extension': 'csv'})}?{search.query}",
        "json_url": f"{reverse('needs:export', kwargs={'extension': 'json'})}?{search.query}",
    }
    return render(request, "needs/needs.html", context)


def _rows(ids: list[int], *, viewer: Viewer) -> list[RowView]:
    def put_together() -> list[RowView]:
        is_known = organisation_of(viewer) is not None
        listed = listed_needs(plain_needs(ids), viewer=viewer)
        return [row_view(one, viewer=viewer, is_known=is_known) for one in listed]

    # All who come without a name, a role or a link of their own see the same.
    if viewer.is_stranger:
        return until_next_fact(f"needs.rows:{get_language()}:{ids}", put_together)
    return put_together()


def _page_url(search: Search, number: int) -> str:
    return "?" + urlencode([*search.pairs(), ("side", number)])


def _active(search: Search, groups: list[Facet]) -> list[Active]:
    on = [Active(label=choice.label, url=f"?{choice.query_without}") for group in groups for choice in group.chosen]
    if search.words:
        on.append(Active(label=f"«{search.words}»", url=f"?{replace(search, words='').query}"))
    return on


@public
@require_safe
def owed(request: Request) -> HttpResponse:
    """ "We owe an answer": longest waiting first, firms unnamed."""
    page = page_of(owed_needs(), OWED_PER_PAGE, request.GET.get("side"), count=late_needs())
    late = owed_lines(list(page), viewer=request.viewer)
    rows = [{"public_id": one.public_id, "title": one.title, "late_words": waited(one)} for one in late]
    context = {
        "rows": rows,
        "more": min(OWED_PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
    }
    return render(request, "needs/owed.html", context)


@public
@require_safe
def export(request: Request, extension: str) -> HttpResponse:
    search = Search.from_query(request.GET)
    ids = list(found_needs(search, viewer=request.viewer).values_list("pk", flat=True))
    rows = shown_needs(needs_with_voices(ids), viewer=request.viewer)
    return as_csv(rows) if extension == "csv" else as_json(rows)


@requires("needs.see_need", of=need_or_404)
@require_safe
@same_page_for_strangers
def need(request: Request, need: Need) -> HttpResponse:
    here = reverse("needs:need", kwargs={"public_id": need.public_id})
    if request.path != here:  # it was merged into another
        return redirect(here)
    shown = shown_need(need, viewer=request.viewer)
    answers = list(need.answers.select_related("by"))
    merges = merges_into(need)
    held = {held.id for held in request.viewer.holds if held.kind == "voice"}
    may_answer = may_answer_need(request.viewer, need)
    evidence = evidence_of(ref(voice) for voice in need.voices.all()) if may_answer else {}
    context = {
        "need": need,
        "mine": next((voice for voice in need.voices.all() if voice.public_id in held), None),
        "facts_line": facts_line(shown),
        "steps": steps_of_its_own(shown, answers=answers, merges=merges),
        "step_here": step_here(shown),
        "became_one": [ref(merge.merged) for merge in merges],
        "shown": shown,
        "known": organisation_of(request.viewer),
        "is_followed": ref(need) in request.viewer.follows,
        "may_join": shown.is_told and may_join_need(request.viewer, need),
        "may_merge": may_merge_needs(request.viewer, need),
        "may_answer": may_answer,
        "voices": [(voice, evidence.get(voice.voice.public_id)) for voice in shown.voices],
        "answers": answers,
        "merges": merges,
        "alike": alike_to(shown, viewer=request.viewer) if may_answer and shown.is_open else [],
        "may_judge": request.viewer.actor is not None,
    }
    return render(request, "needs/need.html", context)


def need_of_link_or_404(link: str) -> Need:
    """The need on whose page the link stands."""
    row = link_by_id(link)
    if row is None or row.whole_kind != "need":
        raise Http404
    return need_or_404(row.whole_id)


@requires("needs.see_need", of=need_of_link_or_404)
@require_safe
def why(request: Request, need: Need) -> HttpResponse:
    """Why a skill stands on the need's page; the words around it only for those who may read them."""
    row = asked_link(request)
    shown = shown_need(need, viewer=request.viewer)
    spoken = next((one for one in shown.voices if one.voice.public_id == row.subject_id and one.segments), None)
    text, language = (spoken.voice.words, spoken.voice.language) if spoken else ("", "nb")
    context = {
        "need": need,
        "why": why_of(row, text=text, language=language, judge=judge_for(request.viewer, row)),
        "may_judge": may(request.viewer, "skills.judge_link", row),
    }
    return render(request, "needs/why.html", context)
