"""What the parts of a brief are called, in the reader's words."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.briefs.models import Brief, BriefAnswer, Delivery, Kind, Language, Level, Payer, Reason, Time
from kompetanseforum.core.text import capital, day, grouped, listing, uncapital
from kompetanseforum.organisations.queries import in_place

# Most begin their answer with it themselves.
_YES_BUT = re.compile(r"^(ja|yes)\b[\s,.]*(men|but)\b[\s,]*", re.IGNORECASE)


def people_words(people: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", people) % {"count": grouped(people)}


def times_words(brief: Brief) -> str:
    """`kveld eller samlinger`."""
    return listing([uncapital(str(Time(one).label)) for one in brief.times if one in Time.values])


def _at_times(brief: Brief) -> str:
    """`på kveldstid og i samlinger`: as it stands in a sentence."""
    words = {Time.DAY: _("in the daytime"), Time.EVENING: _("in the evening"), Time.GATHERINGS: _("in gatherings")}
    return listing([words[Time(one)] for one in brief.times if one in Time.values])


def summary_of(brief: Brief) -> str:
    """`11 personer, på kveldstid, i Fredrikstad`: what a thread and a list say of it."""
    parts = [people_words(brief.people)] if brief.people else []
    parts += [_at_times(brief)] if brief.times else []
    if brief.place and any(way != Delivery.ONLINE for way in brief.delivery):
        parts.append(in_place(brief.place))
    elif Delivery.ONLINE in brief.delivery:
        parts.append(uncapital(str(Delivery.ONLINE.label)))
    return ", ".join(parts) or brief.title


def start_words(brief: Brief) -> str:
    return _between(brief.starts_from, brief.starts_by)


def _between(first: date | None, last: date | None) -> str:
    if first and last:
        return _("Between %(first)s and %(last)s") % {"first": day(first), "last": day(last)}
    if last:
        return _("By %(date)s at the latest") % {"date": day(last)}
    return _("From %(date)s") % {"date": day(first)} if first else ""


def facts_of(brief: Brief) -> list[tuple[str, str]]:
    """Term and value, of what is said."""
    rows = [
        (_("How many"), people_words(brief.people) if brief.people else ""),
        (_("Level"), str(Level(brief.level).label) if brief.level else ""),
        (_("Start"), start_words(brief)),
        (_("Hours a week"), str(brief.hours_per_week or "")),
        (_("Delivery"), capital(listing(_labels(Delivery, brief.delivery)))),
        (_("Time of day"), capital(times_words(brief))),
        (_("Place"), brief.place.name if brief.place else ""),
        (_("Who pays"), str(Payer(brief.payer).label) if brief.payer else ""),
        (_("Language"), capital(listing(_labels(Language, brief.languages)))),
    ]
    return [(term, value) for term, value in rows if value]


def _labels(choices: type[Delivery] | type[Language], values: list[str]) -> list[str]:
    return [uncapital(str(choices(value).label)) for value in values if value in choices.values]


def reason_words(reason: str) -> str:
    return str(Reason(reason).label) if reason in Reason.values else ""


def answer_words(answer: BriefAnswer) -> str:
    """`ja, men på kveld i stedet for dag`; of a no only the reason, since the thread says "no, because" itself."""
    words = answer.words.rstrip(". ")
    if answer.kind == Kind.NO:
        return f"{uncapital(words)}."
    if answer.kind == Kind.DECIDING and answer.until:
        told = _("decides by %(date)s") % {"date": day(answer.until)}
        return f"{told}. {capital(words)}." if words else f"{told}."
    if answer.kind == Kind.ADAPT:
        return _("yes, but %(words)s.") % {"words": uncapital(_YES_BUT.sub("", words))}
    return _("yes. %(words)s.") % {"words": capital(words)} if words else _("yes.")
