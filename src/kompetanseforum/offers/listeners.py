"""Hears verdicts on links, so that a search finds an offer by the skills it is now said to teach."""

from __future__ import annotations

from kompetanseforum.core.facts import listen
from kompetanseforum.offers.actions import refresh_searchable
from kompetanseforum.offers.queries.shown import offer_by_id
from kompetanseforum.skills.facts import LinkJudged


def refresh_judged_offer(fact_id: int, fact: LinkJudged) -> None:
    if fact.whole.kind == "offer" and (offer := offer_by_id(fact.whole.id)):
        refresh_searchable([offer.pk])


def connect() -> None:
    listen(LinkJudged, refresh_judged_offer)
