"""Hears verdicts on links, so that a search finds an offer by what it is now said to teach; and names taken away."""

from __future__ import annotations

from kompetanseforum.core.facts import listen
from kompetanseforum.offers.actions import forget_provider, refresh_searchable
from kompetanseforum.offers.queries.shown import offer_by_id
from kompetanseforum.organisations.facts import OrganisationPurged
from kompetanseforum.skills.facts import LinkJudged


def refresh_judged_offer(fact_id: int, fact: LinkJudged) -> None:
    if fact.whole.kind == "offer" and (offer := offer_by_id(fact.whole.id)):
        refresh_searchable([offer.pk])


def forget_provider_name(fact_id: int, fact: OrganisationPurged) -> None:
    forget_provider(fact.organisation)


def connect() -> None:
    listen(LinkJudged, refresh_judged_offer)
    listen(OrganisationPurged, forget_provider_name)
