"""What offers bring: a door, names of offers and outcomes, "taught here" on a skill's page, open data, demo offers."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, DataFile, Door, Named, OpenData, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.offers.actions import change_offer, forget_person, register_offer
from kompetanseforum.offers.imports import INTAKES, demo_offers
from kompetanseforum.offers.queries.shown import offer_by_id, offer_of_outcome, offers_of, shown_offers
from kompetanseforum.offers.queries.spoken import spoken
from kompetanseforum.offers.queries.teaching import offers_teaching
from kompetanseforum.offers.views.thread import thread_steps
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import Concept

MOST_ON_A_SKILL = 8


def named(public_id: str) -> Named | None:
    offer = offer_by_id(public_id)
    return Named(label=offer.title, url=reverse("offers:offer", kwargs={"public_id": public_id})) if offer else None


def outcome_named(public_id: str) -> Named | None:
    found = offer_of_outcome(public_id)
    if found is None:
        return None
    text, offer_id = found
    return Named(label=text, url=reverse("offers:offer", kwargs={"public_id": offer_id}))


def taught_here(viewer: Viewer, concept: object) -> tuple[str, dict[str, object]] | None:
    """Offers that teach the skill, on the skill's own page."""
    if not isinstance(concept, Concept):
        return None
    ids = [one.offer_id for one in offers_teaching([concept.pk])]
    context: dict[str, object] = {
        "concept": concept,
        "offers": shown_offers(ids[:MOST_ON_A_SKILL]),
        "hidden": max(0, len(ids) - MOST_ON_A_SKILL),
    }
    return "offers/_taught_here.html", context


def offered_here(viewer: Viewer, organisation: object) -> tuple[str, dict[str, object]] | None:
    """What an organisation offers, on its own page."""
    if not isinstance(organisation, Organisation):
        return None
    offers = offers_of(organisation, most=MOST_ON_A_SKILL)
    return ("offers/_offered_by.html", {"offers": offers}) if offers else None


@transaction.atomic
def demo() -> None:
    """Each offer as it was first, then as it has become, so that what changed can be seen."""
    now = clock.now()
    for row in demo_offers(clock.today()):
        then = now - timedelta(days=row.earlier_days_ago if row.earlier else row.days_ago)
        with clock.at(then):
            offer = register_offer(content=row.earlier or row.content, source="demo", source_id=row.key, by=None)
        if row.earlier:
            with clock.at(now - timedelta(days=row.days_ago)):
                change_offer(offer=offer, content=row.content, by=None)


CAPABILITY = Capability(
    app="offers",
    title=_("Offers"),
    doors=(Door(label=_("Offers"), url_name="offers:offers", order=20),),
    refs={"offer": named, "learningoutcome": outcome_named},
    thread_steps={"offer": thread_steps},
    spoken=spoken,
    panels_offered=("offer.detail",),
    panels_filled={"skill.detail": taught_here, "organisation.detail": offered_here},
    open_data=(
        OpenData(
            label=_("All offers"),
            url_name="offers:offers",
            description=_(
                "What education in and for the region offers: content, learning outcomes, structure and the skills they teach."
            ),
            files=(
                DataFile("CSV", "offers:export", {"extension": "csv"}),
                DataFile("JSON", "offers:export", {"extension": "json"}),
            ),
        ),
    ),
    intakes=INTAKES,
    demo=demo,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("Which offers this device has registered, in a cookie"),
            why=_("So that you can follow and change them without an account"),
            kept_for=_("One year, or until you choose «Forget»"),
        ),
        PersonalData(
            what=_("Who changed an offer"),
            why=_("So that one can ask those who did it"),
            kept_for=_("As long as the offer"),
        ),
    ),
)
