"""Reads: offers as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.offers.models import Delivery, Offer


def with_parts() -> QuerySet[Offer]:
    """Offers with all they say."""
    return with_row_parts().prefetch_related("outcomes")


def with_row_parts() -> QuerySet[Offer]:
    """Offers with what a row in a list says; a programme's outcomes may be hundreds."""
    return Offer.objects.select_related("provider", "municipality").prefetch_related("starts")


def visible_offers(viewer: Viewer) -> QuerySet[Offer]:
    """What this viewer finds in lists: not what is ended, and not what is held (coordinators have a list of that)."""
    return Offer.objects.filter(held_reason="", ended_at=None)


def offer_by_id(public_id: str) -> Offer | None:
    return with_parts().filter(public_id=public_id).first()


def offer_by_source(source: str, source_id: str) -> Offer | None:
    return Offer.objects.filter(source=source, source_id=source_id).first()


def offer_by_sending_key(key: str) -> Offer | None:
    return Offer.objects.filter(sending_key=key).first()


def held_offers() -> list[Offer]:
    return list(with_row_parts().filter(ended_at=None).exclude(held_reason="").order_by("registered_at"))
