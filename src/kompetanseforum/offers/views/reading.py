"""The list of offers, one offer, what was changed in it, and the list as files."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.filters import Active
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import may, public, requires
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.offers.exports import as_csv, as_json, course_json_ld
from kompetanseforum.offers.models import Offer, OfferVersion
from kompetanseforum.offers.queries.changes import CONTENT, METHOD, OTHER, STRUCTURE, shown_versions, version_of
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.offers.queries.outcomes import shown_content
from kompetanseforum.offers.queries.search import Found, Search, find_offers
from kompetanseforum.offers.queries.shown import offer_by_id, offers_by_pk, show_offers, with_parts
from kompetanseforum.offers.queries.teaching import skills_of
from kompetanseforum.offers.queries.words import delivery_words
from kompetanseforum.offers.rules import may_change_offer, may_release_offer
from kompetanseforum.offers.views.rows import facts_line, practical_facts, row_view, source_words, structure_facts
from kompetanseforum.skills.queries import link_by_id
from kompetanseforum.skills.queries.why import why as why_of
from kompetanseforum.skills.rules import judge_for
from kompetanseforum.skills.views.judging import asked_link

PER_PAGE = 20
# A programme of Udir's may have hundreds.
MOST_OUTCOMES = 40
MOST_SKILLS = 12
# In the course's description for other machines.
MOST_SKILLS_TOLD = 50


def offer_or_404(public_id: str) -> Offer:
    offer = offer_by_id(public_id)
    if offer is None:
        raise Http404
    return offer


@public
@require_safe
@same_page_for_strangers
def offers(request: Request) -> HttpResponse:
    search = Search.from_query(request.GET)
    found = find_offers(search)
    page = Paginator(found.ids, PER_PAGE).get_page(request.GET.get("side"))
    shown = show_offers(offers_by_pk(list(page)))
    context = {
        "search": search,
        "page": page,
        "rows": [row_view(one, viewer=request.viewer) for one in shown],
        "facets": found.facets,
        "active": _active(search, found),
        "expired_count": 0 if search.with_expired else found.expired_count,
        "expired_url": f"?{replace(search, with_expired=True).query}",
        "may_import": may(request.viewer, "intake.bring_in"),
        "more": min(PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": _page_url(search, page.next_page_number()) if page.has_next() else "",
        "previous_url": _page_url(search, page.previous_page_number()) if page.has_previous() else "",
        "csv_url": _export_url(search, "csv"),
        "json_url": _export_url(search, "json"),
    }
    return render(request, "offers/offers.html", context)


def _page_url(search: Search, number: int) -> str:
    return "?" + urlencode([*search.pairs(), ("side", number)])


def _export_url(search: Search, extension: str) -> str:
    return f"{reverse('offers:export', kwargs={'extension': extension})}?{search.query}"


def _active(search: Search, found: Found) -> list[Active]:
    on = [
        Active(label=choice.label, url=f"?{choice.query_without}") for facet in found.facets for choice in facet.chosen
    ]
    if search.words:
        on.append(Active(label=f"«{search.words}»", url=f"?{replace(search, words='').query}"))
    if search.with_expired:
        on.append(Active(label=_("With expired curricula"), url=f"?{replace(search, with_expired=False).query}"))
    return on


@public
@require_safe
def export(request: Request, extension: str) -> HttpResponse:
    """All that the search finds, in its order. Expired programmes come along when they are asked for."""
    ids = find_offers(Search.from_query(request.GET)).ids
    found = with_parts().in_bulk(ids)
    rows = [found[pk] for pk in ids if pk in found]
    skills = skills_of([offer.public_id for offer in rows])
    return as_csv(rows, skills) if extension == "csv" else as_json(rows, skills)


@requires("offers.see_offer", of=offer_or_404)
@require_safe
@same_page_for_strangers
def offer(request: Request, offer: Offer) -> HttpResponse:
    content, learned = content_of(offer), shown_content(offer)
    place = offer.municipality.name if offer.municipality else ""
    taught = [(skill.label, skill.uri) for skill in learned.skills if skill.kind == "skill"]
    shows_all = "alle" in request.GET
    address = request.build_absolute_uri(reverse("offers:offer", kwargs={"public_id": offer.public_id}))
    context = {
        "offer": offer,
        "content": content,
        "place": place,
        "facts_line": facts_line(content),
        "outcomes": learned.outcomes if shows_all else learned.outcomes[:MOST_OUTCOMES],
        "outcome_count": len(learned.outcomes),
        "hidden_outcomes": 0 if shows_all else max(0, len(learned.outcomes) - MOST_OUTCOMES),
        "skills": learned.skills if shows_all else learned.skills[:MOST_SKILLS],
        "hidden_skills": 0 if shows_all else max(0, len(learned.skills) - MOST_SKILLS),
        "structure": structure_facts(content),
        "method": delivery_words(content.delivery),
        "practical": practical_facts(content, place=place),
        "source": source_words(offer),
        "versions": shown_versions(offer),
        "may_change": may_change_offer(request.viewer, offer),
        "may_release": may_release_offer(request.viewer, offer),
        "may_judge": request.viewer.actor is not None,
        "course": course_json_ld(offer, content, skills=taught[:MOST_SKILLS_TOLD], address=address, place=place),
    }
    return render(request, "offers/offer.html", context)


def version_or_404(public_id: str, number: str) -> OfferVersion:
    version = version_of(public_id, number=int(number)) if number.isdecimal() and len(number) < 9 else None
    if version is None:
        raise Http404
    return version


@requires("offers.see_version", of=version_or_404)
@require_safe
def version(request: Request, version: OfferVersion) -> HttpResponse:
    """One change: what it said before beside what it said after."""
    offer = offer_or_404(version.offer.public_id)
    shown = next(one for one in shown_versions(offer) if one.number == version.number)
    headings = {CONTENT: _("Content"), STRUCTURE: _("Structure"), METHOD: _("Method"), OTHER: _("Other")}
    parts = [
        (heading, [change for change in shown.changes if change.part == part]) for part, heading in headings.items()
    ]
    context = {"offer": offer, "version": shown, "parts": [(heading, changes) for heading, changes in parts if changes]}
    return render(request, "offers/version.html", context)


def offer_of_link_or_404(link: str) -> Offer:
    """The offer on whose page the link stands."""
    row = link_by_id(link)
    if row is None or row.whole_kind != "offer":
        raise Http404
    return offer_or_404(row.whole_id)


@requires("offers.see_offer", of=offer_of_link_or_404)
@require_safe
def why(request: Request, offer: Offer) -> HttpResponse:
    """Why a skill stands on the offer's page."""
    row = asked_link(request)
    outcome = next((one for one in offer.outcomes.all() if one.public_id == row.subject_id), None)
    text, language = (outcome.text, outcome.language) if outcome else ("", "nb")
    context = {
        "offer": offer,
        "why": why_of(row, text=text, language=language, judge=judge_for(request.viewer, row)),
        "may_judge": may(request.viewer, "skills.judge_link", row),
    }
    return render(request, "offers/why.html", context)
