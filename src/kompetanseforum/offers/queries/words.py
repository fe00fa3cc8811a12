"""What an offer's parts are called in the reader's words: method, structure, price, level, start."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kompetanseforum.core.text import capital, day, grouped
from kompetanseforum.offers.models import Delivery, Level, OfferKind
from kompetanseforum.offers.queries.content import Content

_LANGUAGES = dict(settings.LANGUAGES)


def kind_words(kind: str) -> str:
    return str(OfferKind(kind).label) if kind in OfferKind.values else ""


def level_words(level: str) -> str:
    return str(Level(level).label) if level in Level.values else ""


def language_words(language: str) -> str:
    """Languages are named in themselves."""
    return _LANGUAGES.get(language, language)


def delivery_words(delivery: tuple[str, ...] | list[str]) -> str:
    """`I klasserom, kveld`."""
    words = [str(Delivery(value).label) for value in delivery if value in Delivery.values]
    return capital(", ".join(word[:1].lower() + word[1:] for word in words))


def weeks_words(weeks: int) -> str:
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": grouped(weeks)}


def hours_words(hours_per_week: int) -> str:
    return ngettext("%(count)s hour a week", "%(count)s hours a week", hours_per_week) % {"count": hours_per_week}


def time_words(content: Content) -> str:
    """`5 uker, 12 timer i uka, deltid`."""
    parts = [weeks_words(content.weeks)] if content.weeks else []
    parts += [hours_words(content.hours_per_week)] if content.hours_per_week else []
    parts += [_("part time")] if content.is_part_time else []
    return ", ".join(parts)


def credits_words(content: Content) -> str:
    if not content.credits:
        return ""
    count = content.credits
    shown = number_format(count.normalize() if count != count.to_integral() else count.to_integral())
    return _("%(count)s credits") % {"count": shown}


def places_words(places_per_year: int | None) -> str:
    if places_per_year is None:
        return ""
    return ngettext("%(count)s place a year", "%(count)s places a year", places_per_year) % {
        "count": grouped(places_per_year)
    }


def price_words(price_nok: int | None) -> str:
    if price_nok is None:
        return _("Price not said")
    return _("Free of charge") if price_nok == 0 else _("%(amount)s kroner") % {"amount": grouped(price_nok)}


def start_words(on: date | None) -> str:
    return pgettext("offer", "Starts %(date)s") % {"date": day(on)} if on else ""


def level_and_nkr_words(content: Content) -> str:
    """`Fagbrevnivå (NKR 4)`."""
    level = level_words(content.level)
    if content.nkr_level is None:
        return level
    return f"{level} (NKR {content.nkr_level})" if level else f"NKR {content.nkr_level}"
