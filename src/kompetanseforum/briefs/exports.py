"""A brief as a file: JSON for other systems, PDF for a meeting."""

from __future__ import annotations

from django.template.loader import render_to_string

from kompetanseforum.briefs.models import Brief
from kompetanseforum.briefs.queries.shown import pledges_of, show_answers, shown_brief
from kompetanseforum.core.paper import as_pdf
from kompetanseforum.core.permissions import NOBODY


def as_plain(brief: Brief) -> dict[str, object]:
    """What is public, whoever asks: no address, no name without consent, no words that are for members only."""
    shown = shown_brief(brief, language="nb")
    return {
        "id": brief.public_id,
        "title": brief.title,
        "about": brief.about,
        "state": brief.state,
        "people": brief.people,
        "level": {"nkr": brief.level, "eqf": brief.level} if brief.level else None,
        "starts_from": brief.starts_from.isoformat() if brief.starts_from else None,
        "starts_by": brief.starts_by.isoformat() if brief.starts_by else None,
        "hours_per_week": brief.hours_per_week,
        "delivery": brief.delivery,
        "times": brief.times,
        "place": {"code": brief.place.code, "name": brief.place.name} if brief.place else None,
        "payer": brief.payer or None,
        "languages": brief.languages,
        "answer_by": brief.answer_by.isoformat() if brief.answer_by else None,
        "skills": [{"uri": skill.uri, "label": skill.label} for skill in shown.skills],
        "needs": [
            {"id": need.public_id, "title": need.title, "people": need.people, "who": need.who} for need in shown.needs
        ],
        "behind_it": shown.firms,
        "missing": shown.missing,
        "answers": [
            {
                "who": one.who,
                "answer": one.kind or None,
                "words": one.answer.words if one.answer else "",
                "reason": (one.answer.reason or None) if one.answer else None,
                "until": one.answer.until.isoformat() if one.answer and one.answer.until else None,
            }
            for one in show_answers(brief, viewer=NOBODY)
        ],
        "pledges": [
            {"who": one.who, "gift": one.pledge.gift, "words": one.pledge.words}
            for one in pledges_of(brief, viewer=NOBODY)
        ],
    }


def as_paper(context: dict[str, object]) -> bytes:
    """Raises NoPaper."""
    return as_pdf(render_to_string("briefs/paper.html", context), style="briefs/paper.css")
