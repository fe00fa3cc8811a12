"""Reads: what has happened in the forum, newest first, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.facts import kinds, told
from kompetanseforum.core.models import FactRow

# So many people may share a name.
_MOST_NAMESAKES = 100


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What of the log is asked for; what is left out is not asked about."""

    # A Ref, or a part of a name.
    who: str = ""
    kind: str = ""
    thing: Ref | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened, in plain words."""

    at: datetime
    who: str
    actor: str
    what: str
    kind: str
    about: Ref
    # A person's name, else the id: what things hold of people's own words stays with them.
    thing: str


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of fact and what it says, in order of the words."""
    return sorted(((name, str(kind.says)) for name, kind in kinds().items()), key=lambda choice: choice[1])


def happened(search: LogSearch) -> QuerySet[FactRow]:
    rows = FactRow.objects.order_by("-at", "-pk")
    if search.who:
        rows = rows.filter(actor__in=_actors(search.who))
    if search.kind:
        rows = rows.filter(name=search.kind)
    if search.thing:
        rows = rows.filter(about_kind=search.thing.kind, about_id=search.thing.id)
    if search.since:
        rows = rows.filter(at__gte=_midnight(search.since))
    if search.until:
        rows = rows.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _actors(who: str) -> list[str]:
    if actor := ref_or_none(who):
        return [str(actor)]
    found = Person.objects.filter(name__icontains=who).values_list("public_id", flat=True)
    return [str(Ref("person", public_id)) for public_id in found[:_MOST_NAMESAKES]]


def ref_or_none(text: str) -> Ref | None:
    try:
        return Ref.parse(text)
    except ValueError:
        return None


def log_lines(rows: Sequence[FactRow]) -> list[LogLine]:
    """The rows in words; all their people are asked for at once."""
    abouts = [Ref(row.about_kind, row.about_id) for row in rows]
    names = _names([row.actor for row in rows] + [str(about) for about in abouts])
    return [
        LogLine(
            at=row.at,
            who=who(row.actor, names),
            actor=row.actor,
            what=told(row),
            kind=row.name,
            about=about,
            thing=who(str(about), names) if about.kind == "person" else about.id,
        )
        for row, about in zip(rows, abouts, strict=True)
    ]


def name_of(actor: str) -> str:
    return who(actor, _names([actor]))


def _names(refs: Iterable[str]) -> dict[str, str]:
    ids = {text.removeprefix("person:") for text in refs if text.startswith("person:")}
    people = Person.objects.filter(public_id__in=ids).values_list("public_id", "name")
    return {str(Ref("person", public_id)): name for public_id, name in people}


def who(actor: str, names: dict[str, str]) -> str:
    """Who did it, in words."""
    if not actor:
        return _("Nobody signed in")
    if actor.startswith("person:"):
        return names.get(actor) or _("Erased person")
    return _("The holder of a personal link")
