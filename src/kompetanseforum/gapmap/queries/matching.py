"""Reads: which offers come near to a need, what of it they fit and what they lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import listing, uncapital
from kompetanseforum.needs.models import Form, Need
from kompetanseforum.offers.models import Delivery
from kompetanseforum.offers.queries.shown import ShownOffer, shown_offers
from kompetanseforum.offers.queries.teaching import offers_teaching
from kompetanseforum.skills.queries import LinkedSkill, links_for

MOST_SHOWN = 3
# More skills than this are a number: the row is to be read at a glance.
MOST_NAMED = 3

# How a need's wish is met by an offer's method. Daytime is what is taught in a room and not in the evening.
_MET_BY = {
    Form.EVENING: Delivery.EVENING,
    Form.AT_WORK: Delivery.AT_WORK,
    Form.ONLINE: Delivery.ONLINE,
    Form.GATHERINGS: Delivery.GATHERINGS,
    Form.DAY: Delivery.CLASSROOM,
}


@dataclass(frozen=True, slots=True)
class Match:
    """An offer beside a need, in words: `kveld, sted, sveise aluminium` and `sertifikat`."""

    offer: ShownOffer
    fits: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The nearest offers, and the skill to offer where there is none."""

    offers: list[Match]
    slug: str


def offers_matching(need: Need) -> Matches:
    """The nearest offers to a need with its voices: those that teach most of its skills first."""
    asked = {link.concept_id: link for link in _asked_skills(links_for(ref(need)))}
    found = offers_teaching(asked, most=MOST_SHOWN)
    near = shown_offers([teaching.offer_id for teaching in found], has_skills=False)
    shown = {offer.public_id: offer for offer in near}
    matches = []
    for teaching in found:
        offer = shown.get(teaching.offer_id)
        if offer is None:
            continue
        taught = [link.label for concept_id, link in asked.items() if concept_id in teaching.concept_ids]
        missing = [link.label for concept_id, link in asked.items() if concept_id not in teaching.concept_ids]
        fitting, lacking = _circumstances(need, offer)
        matches.append(
            Match(
                offer=offer,
                fits=listing([*fitting, *map(uncapital, taught[:MOST_NAMED])]),
                lacks=listing([*lacking, *map(uncapital, missing[:MOST_NAMED])]),
            )
        )
    return Matches(offers=matches, slug=next((link.slug for link in asked.values()), ""))


def _asked_skills(links: Iterable[LinkedSkill]) -> list[LinkedSkill]:
    """The surest link of each skill that is asked for, those confirmed first."""
    wanted = [link for link in links if link.is_asked and not link.is_rejected and link.kind == "skill"]
    first: dict[int, LinkedSkill] = {}
    for link in sorted(wanted, key=lambda link: (not link.is_confirmed, -link.score)):
        first.setdefault(link.concept_id, link)
    return list(first.values())


def _circumstances(need: Need, offer: ShownOffer) -> tuple[list[str], list[str]]:
    """Of when, how and where the need wishes it: what the offer fits and what it lacks."""
    voices = list(need.voices.all())
    fits: list[str] = []
    lacks: list[str] = []
    for form in dict.fromkeys(form for voice in voices for form in voice.forms if form in Form.values):
        is_met = _MET_BY[Form(form)] in offer.offer.delivery
        (fits if is_met else lacks).append(uncapital(str(Form(form).label)))
    places = {voice.place_id or (voice.organisation and voice.organisation.municipality_id) for voice in voices} - {
        None
    }
    if places and offer.offer.municipality_id and Delivery.ONLINE not in offer.offer.delivery:
        (fits if offer.offer.municipality_id in places else lacks).append(_("place"))
    return fits, lacks
