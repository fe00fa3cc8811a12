"""What a list row, a page head and a source line say of an offer, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import capital, day
from kompetanseforum.offers.imports.udir import SOURCE as UDIR
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.offers.queries.shown import ShownOffer
from kompetanseforum.offers.queries.sources import SOURCE_PREFIX
from kompetanseforum.offers.queries.words import (
    credits_words,
    delivery_words,
    kind_words,
    language_words,
    level_and_nkr_words,
    level_words,
    places_words,
    price_words,
    start_words,
    time_words,
)
from kompetanseforum.offers.rules import may_change_offer

MOST_SKILLS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class RowView:
    """Arguments of `ui/row.html`."""

    words: str
    url: str
    who: str
    next: str
    is_expired: bool
    action_label: str
    action_url: str


def row_view(shown: ShownOffer, *, viewer: Viewer) -> RowView:
    offer = shown.offer
    url = reverse("offers:offer", kwargs={"public_id": offer.public_id})
    may_change = may_change_offer(viewer, offer)
    change = reverse("offers:change", kwargs={"public_id": offer.public_id})
    provider = shown.provider or (_("Curriculum from Udir") if offer.source == UDIR else "")
    who = [provider, shown.place, shown.delivery or level_words(offer.level), start_words(shown.next_start)]
    return RowView(
        words=offer.title,
        url=url,
        who=" · ".join(part for part in who if part),
        next=_("Expired curriculum. Kept, but not counted.") if shown.is_expired else _teaches(shown),
        is_expired=shown.is_expired,
        action_label=_("Change") if may_change else _("See the offer"),
        action_url=change if may_change else url,
    )


def _teaches(shown: ShownOffer) -> str:
    """`Sveise aluminium, lese tegninger, velge gass`: the surest ones."""
    labels = [skill.label for skill in shown.skills if skill.kind == "skill"][:MOST_SKILLS_IN_A_ROW]
    return capital(", ".join(labels))


def facts_line(content: Content) -> str:
    """`Kurs · Fagbrevnivå (NKR 4) · I klasserom, kveld · 5 uker, 12 timer i uka, deltid`."""
    parts = [
        kind_words(content.kind),
        level_and_nkr_words(content),
        delivery_words(content.delivery),
        time_words(content),
    ]
    return " · ".join(part for part in parts if part)


def structure_facts(content: Content) -> list[tuple[str, str]]:
    rows = [
        (_("Length"), time_words(content)),
        (_("Credits"), credits_words(content)),
        (_("Starts"), ", ".join(day(start) for start in content.starts)),
        (_("Places"), places_words(content.places_per_year)),
    ]
    return [(label, value) for label, value in rows if value]


def practical_facts(content: Content, *, place: str) -> list[tuple[str, str]]:
    rows = [
        (
            _("Price"),
            price_words(content.price_nok) if content.price_nok is not None else "",
        ),
        (_("Place"), place),
        (_("Level"), level_and_nkr_words(content)),
        (_("Language"), language_words(content.language)),
    ]
    return [(label, value) for label, value in rows if value]


def source_words(offer: Offer) -> str:
    """`Hentet fra Udir 3. mars`: where it comes from, and how fresh it is."""
    fresh = day(offer.fresh_at)
    if offer.source == UDIR:
        return _("Fetched from Udir %(date)s") % {"date": fresh}
    if offer.source.startswith(SOURCE_PREFIX):
        name = offer.source.removeprefix(SOURCE_PREFIX)
        return _("Fetched from the catalogue «%(name)s» %(date)s") % {"name": name, "date": fresh}
    if offer.version > 1:
        return _("Registered here, last changed %(date)s") % {"date": day(offer.changed_at)}
    return _("Registered here %(date)s") % {"date": day(offer.registered_at)}
