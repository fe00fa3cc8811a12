"""Finding offers: words, filters with counts, and orders.

One query fetches what all filters ask of every offer that the words find; filters, counts and order are then
reckoned here, so that ten filters cost no more than one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanseforum.core import clock
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.filters import Choice, Facet
from kompetanseforum.core.text import capital
from kompetanseforum.core.text_index import has_words, having_words
from kompetanseforum.offers.models import Delivery, Level, Offer, OfferKind, Start
from kompetanseforum.offers.queries.teaching import most_taught, offer_ids_teaching
from kompetanseforum.skills.queries import labels_of

# The first is the usual one: what one can begin on soonest; what says no date, such as Udir's programmes, comes last.
ORDERS = ("start", "newest", "title")
MOST_SKILLS = 10
_NO_DATE = date.max
# Where æ, ø and å stand in our alphabet, whichever order the computer has them in.
_ALPHABET = str.maketrans("æøåäö", "\ue000\ue001\ue002\ue000\ue001")

# Filter → its name in the address.
NAMES = {
    "skills": "kompetanse",
    "levels": "niva",
    "deliveries": "form",
    "starts": "start",
    "municipalities": "kommune",
    "providers": "tilbyder",
    "kinds": "type",
    "languages": "sprak",
}
# Days until it starts.
_STARTS = {"3": 92, "6": 183}
_LATER = "senere"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; every field stands in the address, so a search can be kept and sent."""

    words: str = ""
    skills: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    # Programmes of expired curricula are kept; they are shown to those who ask.
    with_expired: bool = False
    order: str = "start"

    @classmethod
    def from_query(cls, query: QueryDict) -> Search:
        """Unknown values are left out, so an old or mistyped address still finds something."""
        words = query.get("q", "").strip()[:200]
        order = query.get("sorter", "start")
        return cls(
            words=words if has_words(words) else "",
            skills=_few(slug for slug in query.getlist("kompetanse") if slug),
            levels=_known(query.getlist("niva"), Level.values),
            deliveries=_known(query.getlist("form"), Delivery.values),
            starts=_known(query.getlist("start"), [*_STARTS, _LATER]),
            municipalities=_few(code for code in query.getlist("kommune") if code.isdigit()),
            providers=_few(code for code in query.getlist("tilbyder") if code.isalnum()),
            kinds=_known(query.getlist("type"), OfferKind.values),
            languages=_known(query.getlist("sprak"), [code for code, _name in settings.LANGUAGES]),
            with_expired=query.get("utgatt") == "1",
            order=order if order in ORDERS else "start",
        )

    def pairs(self) -> list[tuple[str, str]]:
        found = [(name, value) for own, name in NAMES.items() for value in getattr(self, own)]
        found += [("q", self.words)] if self.words else []
        found += [("utgatt", "1")] if self.with_expired else []
        return found + ([("sorter", self.order)] if self.order != "start" else [])

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    @property
    def filter_count(self) -> int:
        return sum(len(getattr(self, own)) for own in NAMES)

    def without(self, own: str, value: str) -> Search:
        changed = {f.name: getattr(self, f.name) for f in fields(self)}
        return Search(**changed | {own: tuple(other for other in getattr(self, own) if other != value)})

    def orders(self) -> list[tuple[str, str, bool]]:
        """Label, query and whether it is the present one."""
        labels = {"newest": _("last changed"), "start": _("first to start"), "title": _("title")}
        return [(labels[order], replace(self, order=order).query, order == self.order) for order in ORDERS]


def _known(values: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(values) if value in allowed)


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:60] for value in values))[:20]


@dataclass(frozen=True, slots=True)
class Found:
    """The rows found, in order, the filters beside them, and how many expired programmes were left out."""

    ids: list[int]
    facets: list[Facet]
    expired_count: int


class _Row(NamedTuple):
    """What the filters ask of one offer: filter → its values. Made thousands of times for one page."""

    pk: int
    public_id: str
    title: str
    next_start: date
    values: Mapping[str, frozenset[str]]


def find_offers(search: Search) -> Found:
    """The same for all who ask, so it is kept until something happens."""
    return until_next_fact(f"offers.found:{get_language()}:{search.query}", lambda: _find(search))


def _find(search: Search) -> Found:
    rows, names, expired_count = _rows(search)
    chosen = {own: frozenset(getattr(search, own)) for own in NAMES if getattr(search, own)}
    # Which filters each row does not pass: none is found; one alone is what that filter's own counts need.
    failed = [(row, [own for own, wanted in chosen.items() if not wanted & row.values[own]]) for row in rows]
    found = [row for row, fails in failed if not fails]
    facets = []
    for own in NAMES:
        within = [row for row, fails in failed if not fails or fails == [own]] if chosen else rows
        facets.append(
            _skill_facet(search, within, is_all=not search.pairs())
            if own == "skills"
            else _facet(search, own, within, names)
        )
    return Found(ids=[row.pk for row in _ordered(found, search.order)], facets=facets, expired_count=expired_count)


def _matching(search: Search) -> QuerySet[Offer]:
    return having_words(Offer.objects.filter(held_reason="", ended_at=None), search.words)


def _rows(search: Search) -> tuple[list[_Row], dict[str, dict[str, str]], int]:
    """All rows that the words find, newest first; what providers and municipalities are called; how many are expired."""
    starts = _starts(clock.today())
    teaching = set(offer_ids_teaching(search.skills)) if search.skills else set()
    names: dict[str, dict[str, str]] = {"providers": {}, "municipalities": {}}
    rows: list[_Row] = []
    expired_count = 0
    found = _matching(search).annotate(ways=Cast("delivery", TextField())).order_by("-changed_at", "-pk")
    for pk, public_id, title, kind, level, language, ways, code, place, provider, name, is_counted in found.values_list(
        "pk", "public_id", "title", "kind", "level", "language", "ways", "municipality__code", "municipality__name",
        "provider__public_id", "provider__name", "is_counted",
    ):  # fmt: skip
        if not is_counted:
            expired_count += 1
            if not search.with_expired:
                continue
        if code:
            names["municipalities"][code] = place
        if provider:
            names["providers"][provider] = name
        next_start, buckets = starts.get(pk, (_NO_DATE, frozenset()))
        values = {
            "skills": frozenset(search.skills) if public_id in teaching else frozenset(),
            "levels": _one(level),
            "deliveries": _deliveries(ways),
            "starts": buckets,
            "municipalities": _one(code),
            "providers": _one(provider),
            "kinds": _one(kind),
            "languages": _one(language),
        }
        rows.append(_Row(pk=pk, public_id=public_id, title=title, next_start=next_start, values=values))
    return rows, names, expired_count


@cache
def _deliveries(ways: str) -> frozenset[str]:
    """The values in a JSON list that is still text: there are few lists, and many offers."""
    return frozenset(value for value in Delivery.values if f'"{value}"' in ways)


@lru_cache(maxsize=4096)
def _one(value: str | None) -> frozenset[str]:
    return frozenset((value,)) if value else frozenset()


def _starts(today: date) -> dict[int, tuple[date, frozenset[str]]]:
    """Offer → its next start and the choices that any of its starts falls under."""
    found: dict[int, tuple[date, set[str]]] = {}
    for offer_id, on in Start.objects.filter(on__gte=today).order_by("on").values_list("offer_id", "on"):
        _first, buckets = found.setdefault(offer_id, (on, set()))
        within = [value for value, days in _STARTS.items() if on <= today + timedelta(days=days)]
        buckets.update(within or [_LATER])
    return {offer_id: (first, frozenset(buckets)) for offer_id, (first, buckets) in found.items()}


def _ordered(rows: list[_Row], order: str) -> list[_Row]:
    if order == "title":
        return sorted(rows, key=lambda row: row.title.casefold().translate(_ALPHABET))
    if order == "start":
        return sorted(rows, key=lambda row: row.next_start)
    return rows


def _facet(search: Search, own: str, rows: Sequence[_Row], names: Mapping[str, Mapping[str, str]]) -> Facet:
    counts = Counter(chain.from_iterable(row.values[own] for row in rows))
    label, choices = _choices(own, names)
    chosen = getattr(search, own)
    return Facet(
        name=NAMES[own],
        label=label,
        choices=[
            _choice(search, own, value=value, label=text, count=counts[value])
            for value, text in choices
            if counts[value] or value in chosen
        ],
    )


def _choice(search: Search, own: str, *, value: str, label: str, count: int) -> Choice:
    return Choice(
        value=value,
        label=label,
        count=count,
        is_checked=value in getattr(search, own),
        query_without=search.without(own, value).query,
    )


def _choices(own: str, names: Mapping[str, Mapping[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """A filter's legend and its choices, in the order they stand."""
    if own in names:
        by_name = sorted(names[own].items(), key=lambda one: one[1].casefold().translate(_ALPHABET))
        return (_("Municipality") if own == "municipalities" else _("Given by")), by_name
    plain: dict[str, tuple[str, Iterable[tuple[str, object]]]] = {
        "levels": (_("Level"), Level.choices),
        "deliveries": (_("Method"), Delivery.choices),
        "starts": (
            _("Starts"),
            [("3", _("Within three months")), ("6", _("Within half a year")), (_LATER, _("Later"))],
        ),
        "kinds": (_("Kind"), OfferKind.choices),
        "languages": (_("Language"), settings.LANGUAGES),
    }
    legend, choices = plain[own]
    return legend, [(value, str(text)) for value, text in choices]


def _skill_facet(search: Search, rows: Sequence[_Row], *, is_all: bool) -> Facet:
    """The skills that most of the offers teach, and those chosen."""
    ids = None if is_all else [row.public_id for row in rows]
    counted = {slug: (pk, n) for pk, slug, n in most_taught(ids, most=MOST_SKILLS)}
    if missing := [slug for slug in search.skills if slug not in counted]:
        counted |= {slug: (pk, n) for pk, slug, n in most_taught(ids, most=len(missing), slugs=missing)}
    labels = labels_of([pk for pk, _n in counted.values()], language=get_language() or "nb")
    texts = {slug: (labels[pk].text if pk in labels else slug, n) for slug, (pk, n) in counted.items()}
    return Facet(
        name=NAMES["skills"],
        label=_("Skill"),
        choices=[
            _choice(search, "skills", value=slug, label=capital(text), count=n) for slug, (text, n) in texts.items()
        ],
    )
