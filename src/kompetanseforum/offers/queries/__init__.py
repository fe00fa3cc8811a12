"""Reads: offers, what they teach, and how they have changed."""

from kompetanseforum.offers.queries.shown import ShownOffer, offer_by_id, shown_offers
from kompetanseforum.offers.queries.teaching import (
    TaughtSkill,
    Teaching,
    given_offers,
    offers_teaching,
    skills_of,
    teaching_links,
)

__all__ = [
    "ShownOffer",
    "TaughtSkill",
    "Teaching",
    "given_offers",
    "offer_by_id",
    "offers_teaching",
    "shown_offers",
    "skills_of",
    "teaching_links",
]
