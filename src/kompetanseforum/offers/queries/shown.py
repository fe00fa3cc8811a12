"""Reads: offers as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kompetanseforum.core import clock
from kompetanseforum.offers.models import LearningOutcome, Offer, Start
from kompetanseforum.offers.queries.teaching import TaughtSkill, skills_of
from kompetanseforum.offers.queries.words import delivery_words
from kompetanseforum.organisations.models import Organisation


def with_parts() -> QuerySet[Offer]:
    """Offers with all they say."""
    return with_row_parts().prefetch_related("starts", Prefetch("outcomes", LearningOutcome.objects.all()))


def with_row_parts() -> QuerySet[Offer]:
    """Offers with what a row in a list says; a programme's outcomes may be hundreds."""
    coming = Start.objects.filter(offer=OuterRef("pk"), on__gte=clock.today()).order_by("on").values("on")[:1]
    return Offer.objects.select_related("provider", "municipality").annotate(next_start=Subquery(coming))


def offer_by_id(public_id: str) -> Offer | None:
    return with_parts().filter(public_id=public_id).first()


def offers_by_public_id(public_ids: Sequence[str]) -> dict[str, Offer]:
    """Held and ended ones too."""
    rows = Offer.objects.select_related("provider", "municipality").filter(public_id__in=public_ids)
    return {offer.public_id: offer for offer in rows}


def offer_by_source(source: str, source_id: str) -> Offer | None:
    return Offer.objects.filter(source=source, source_id=source_id).first()


def offer_by_sending_key(key: str) -> Offer | None:
    return Offer.objects.filter(sending_key=key).first()


def offer_of_outcome(public_id: str) -> tuple[str, str] | None:
    """The outcome's words and the id of its offer."""
    return LearningOutcome.objects.filter(public_id=public_id).values_list("text", "offer__public_id").first()


def held_offers() -> list[Offer]:
    return list(with_row_parts().filter(ended_at=None).exclude(held_reason="").order_by("registered_at"))


def held_offer_count() -> int:
    return Offer.objects.filter(ended_at=None).exclude(held_reason="").count()


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer as a row shows it, here and in the panels of others."""

    offer: Offer
    public_id: str
    title: str
    provider: str
    place: str
    # `Kveld, nettbasert`; empty where it is not said.
    delivery: str
    next_start: date | None
    skills: tuple[TaughtSkill, ...]

    @property
    def is_expired(self) -> bool:
        return not self.offer.is_counted


def show_offers(offers: Sequence[Offer], *, has_skills: bool = True) -> list[ShownOffer]:
    """Of offers of `with_row_parts`; one query for all their skills."""
    skills = skills_of([offer.public_id for offer in offers]) if has_skills else {}
    return [
        ShownOffer(
            offer=offer,
            public_id=offer.public_id,
            title=offer.title,
            provider=offer.provider.name if offer.provider else "",
            place=offer.municipality.name if offer.municipality else "",
            delivery=delivery_words(offer.delivery),
            next_start=offer.next_start,  # type: ignore[attr-defined]  # counted
            skills=tuple(skills.get(offer.public_id, ())),
        )
        for offer in offers
    ]


def shown_offers(ids: Sequence[str], *, has_skills: bool = True) -> list[ShownOffer]:
    """Those offers in that order, by public id; what is held or ended is left out."""
    rows = with_row_parts().filter(public_id__in=ids, held_reason="", ended_at=None)
    found = {offer.public_id: offer for offer in rows}
    return show_offers([found[public_id] for public_id in ids if public_id in found], has_skills=has_skills)


def offers_of(provider: Organisation, *, most: int) -> list[ShownOffer]:
    """What it offers now, the latest changed first."""
    rows = with_row_parts().filter(provider=provider, held_reason="", ended_at=None).order_by("-changed_at", "pk")
    return show_offers(list(rows[:most]))


def offers_by_pk(ids: Sequence[int]) -> list[Offer]:
    """Those rows, in that order."""
    found = with_row_parts().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
