"""Reads: what differs between two forms of an offer, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.text import day
from kompetanseforum.offers.models import Offer, OfferVersion
from kompetanseforum.offers.queries.content import Content, content_of, from_plain
from kompetanseforum.offers.queries.words import (
    credits_words,
    delivery_words,
    hours_words,
    kind_words,
    language_words,
    level_and_nkr_words,
    places_words,
    price_words,
    weeks_words,
)

CONTENT, STRUCTURE, METHOD, OTHER = "content", "structure", "method", "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was said otherwise before."""

    part: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """What was changed at one time: from the version's content to what came after it."""

    number: int
    at: datetime
    since: datetime
    changes: tuple[Change, ...]

    @property
    def summary(self) -> str:
        """`30 → 12 timer i uka`, or what the first change is about."""
        if not self.changes:
            return ""
        first = next((one for one in self.changes if one.part == STRUCTURE), self.changes[0])
        return _short(first)


def shown_versions(offer: Offer) -> list[ShownVersion]:
    """Every change of the offer, newest first; two queries."""
    after = content_of(offer)
    rows = list(OfferVersion.objects.filter(offer=offer).order_by("-number"))
    contents = [from_plain(row.content) for row in rows]
    places = _place_names([after, *contents])
    found = []
    for row, before in zip(rows, contents, strict=True):
        found.append(
            ShownVersion(
                number=row.number, at=row.until, since=row.since, changes=tuple(_changes(before, after, places=places))
            )
        )
        after = before
    return found


def version_of(public_id: str, *, number: int) -> OfferVersion | None:
    return OfferVersion.objects.select_related("offer").filter(offer__public_id=public_id, number=number).first()


def _place_names(contents: list[Content]) -> dict[str, str]:
    codes = {content.municipality for content in contents if content.municipality}
    return dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _changes(before: Content, after: Content, *, places: dict[str, str]) -> list[Change]:
    pairs = [
        (CONTENT, _("Title"), before.title, after.title),
        (CONTENT, _("Learning outcomes"), *_outcomes(before, after)),
        (CONTENT, _("Description"), before.description, after.description),
        (CONTENT, _("Level"), level_and_nkr_words(before), level_and_nkr_words(after)),
        (STRUCTURE, _("Hours a week"), _hours(before), _hours(after)),
        (STRUCTURE, _("Length"), _weeks(before), _weeks(after)),
        (STRUCTURE, _("Part time"), _yes_or_no(before.is_part_time), _yes_or_no(after.is_part_time)),
        (STRUCTURE, _("Credits"), credits_words(before), credits_words(after)),
        (STRUCTURE, _("Starts"), _days(before.starts), _days(after.starts)),
        (STRUCTURE, _("Places"), places_words(before.places_per_year), places_words(after.places_per_year)),
        (METHOD, _("How it is taught"), delivery_words(before.delivery), delivery_words(after.delivery)),
        (OTHER, _("Given by"), before.provider, after.provider),
        (OTHER, _("Place"), places.get(before.municipality, ""), places.get(after.municipality, "")),
        (OTHER, _("Price"), price_words(before.price_nok), price_words(after.price_nok)),
        (OTHER, _("Kind"), kind_words(before.kind), kind_words(after.kind)),
        (OTHER, _("Language"), language_words(before.language), language_words(after.language)),
        (OTHER, _("Web page"), before.url, after.url),
        (OTHER, _("Field of study (ISCED)"), before.isced, after.isced),
    ]
    return [Change(part, label, old, new) for part, label, old, new in pairs if old != new]


def _outcomes(before: Content, after: Content) -> tuple[str, str]:
    """Only those that are not in both."""
    kept = {one.text for one in before.outcomes} & {one.text for one in after.outcomes}
    gone = [one.text for one in before.outcomes if one.text not in kept]
    new = [one.text for one in after.outcomes if one.text not in kept]
    return "\n".join(gone), "\n".join(new)


def _hours(content: Content) -> str:
    return hours_words(content.hours_per_week) if content.hours_per_week else ""


def _weeks(content: Content) -> str:
    return weeks_words(content.weeks) if content.weeks else ""


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _days(starts: tuple[date, ...]) -> str:
    return ", ".join(day(start) for start in starts)


def _short(change: Change) -> str:
    """`30 → 12 timer i uka` where only the number differs, else `Metode: Klasserom → Kveld`."""
    old, new = change.before.split(" ", 1), change.after.split(" ", 1)
    if len(old) == len(new) == 2 and old[0].isdigit() and new[0].isdigit():
        return f"{old[0]} → {change.after}"
    if (
        "\n" in change.before + change.after
        or not change.before
        or not change.after
        or len(change.before + change.after) > 60
    ):
        return change.label
    return f"{change.label}: {change.before} → {change.after}"
