"""Reads: what has happened in the forum, newest first, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncMinute
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.facts import kinds, told
from kompetanseforum.core.models import FactRow

_A_MINUTE = timedelta(minutes=1)
# As it stands in an address.
_MINUTE = "%Y-%m-%dT%H:%MZ"

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
    # What happened in the minute that begins then.
    minute: datetime | None = None

    @property
    def is_gathered(self) -> bool:
        """Who asks for one thing, or for one minute, gets every line."""
        return not (self.thing or self.minute)


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
    # So many like it happened in that minute, this one among them; the minute opens them.
    times: int = 1
    minute: str = ""


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
    if search.minute:
        rows = rows.filter(at__gte=search.minute, at__lt=search.minute + _A_MINUTE)
    return rows


def lines_of(search: LogSearch) -> QuerySet[FactRow]:
    """As `happened`; of what the forum does to many things at once, the newest of each minute stands for all of it."""
    if not search.is_gathered:
        return happened(search)
    ends = ExpressionWrapper(TruncMinute("at", tzinfo=UTC) + Value(_A_MINUTE), DateTimeField())
    same = FactRow.objects.filter(name=OuterRef("name"), actor="", at__gte=OuterRef("at"), at__lt=OuterRef("ends"))
    newer = same.filter(Q(at__gt=OuterRef("at")) | Q(pk__gt=OuterRef("pk")))
    # In this order: what is no such fact is not looked for.
    return happened(search).alias(ends=ends).exclude(Q(name__in=_gathered_kinds()) & Q(actor="") & Q(Exists(newer)))


def _gathered_kinds() -> list[str]:
    return [name for name, kind in kinds().items() if kind.is_gathered]


def gathered_lines(rows: Sequence[FactRow]) -> list[LogLine]:
    """The rows of `lines_of` in words, each with how many it stands for."""
    names = set(_gathered_kinds())
    times = _times([row for row in rows if row.name in names and not row.actor])
    lines = []
    for row, line in zip(rows, log_lines(rows), strict=True):
        minute = row.at.replace(second=0, microsecond=0)
        number = times.get((row.name, minute), 1) if not row.actor else 1
        lines.append(replace(line, times=number, minute=minute.astimezone(UTC).strftime(_MINUTE)))
    return lines


def _times(rows: Sequence[FactRow]) -> dict[tuple[str, datetime], int]:
    if not rows:
        return {}
    first, last = min(row.at for row in rows), max(row.at for row in rows)
    among = FactRow.objects.filter(
        name__in={row.name for row in rows}, actor="", at__gte=first - _A_MINUTE, at__lte=last
    )
    minutes = among.annotate(minute=TruncMinute("at", tzinfo=UTC)).order_by().values_list("name", "minute")
    return {(name, minute): number for name, minute, number in minutes.annotate(Count("pk"))}


def minute_or_none(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MINUTE).replace(tzinfo=UTC)
    except ValueError:
        return None


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
