"""Writes: offers, and the catalogues they come in. Nothing about an offer is saved anywhere else."""

from kompetanseforum.offers.actions.bringing import bring_offers
from kompetanseforum.offers.actions.registering import change_offer, end_offer, register_offer, release_offer
from kompetanseforum.offers.actions.storing import forget_person, forget_provider, refresh_searchable

__all__ = [
    "bring_offers",
    "change_offer",
    "end_offer",
    "forget_person",
    "forget_provider",
    "refresh_searchable",
    "register_offer",
    "release_offer",
]
