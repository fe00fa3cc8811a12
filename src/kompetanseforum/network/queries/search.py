"""Finding those who are with us: words, filters, and how many each filter would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core.filters import Choice, Facet
from kompetanseforum.core.text import capital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.network.models import Side
from kompetanseforum.network.queries.directory import ORGANISATION, PERSON, Entry
from kompetanseforum.organisations.models import Sector, SizeClass

# The fields that hold choices, and what each is called in the address.
NAMES = {
    "kinds": "hvem",
    "sides": "som",
    "skills": "kompetanse",
    "sectors": "sektor",
    "municipalities": "kommune",
    "sizes": "storrelse",
}
_MOST_OF_ONE = 50
_MOST_SKILLS = 10


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; every field stands in the address."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> Search:
        chosen = {own: tuple(value[:60] for value in query.getlist(name))[:_MOST_OF_ONE] for own, name in NAMES.items()}
        return cls(words=query.get("q", "").strip()[:200], **chosen)

    def pairs(self) -> list[tuple[str, str]]:
        found = [(name, value) for own, name in NAMES.items() for value in self.chosen(own)]
        return found + ([("q", self.words)] if self.words else [])

    def chosen(self, own: str) -> tuple[str, ...]:
        values: tuple[str, ...] = getattr(self, own)
        return values

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    @property
    def filter_count(self) -> int:
        return len(replace(self, words="").pairs())

    def finds(self, entry: Entry, *, but: str = "") -> bool:
        """Whether the filters (but for one group) leave the entry."""
        return entry.is_about(self.words) and all(
            not self.chosen(own) or own == but or set(self.chosen(own)) & set(_values(entry, own, self))
            for own in NAMES
        )

    def found(self, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if self.finds(entry)]


def _values(entry: Entry, own: str, search: Search) -> list[str]:
    """What the entry has under a group of filters. A skill counts on the sides that are chosen."""
    if own == "skills":
        return [one.slug for one in entry.said if not search.sides or one.side in search.sides]
    read: dict[str, Callable[[], list[str]]] = {
        "kinds": lambda: [entry.kind],
        "sides": lambda: [one.side for one in entry.said],
        "sectors": lambda: [entry.sector],
        "municipalities": lambda: [entry.municipality],
        "sizes": lambda: [entry.size],
    }
    return read[own]()


def facets(search: Search, entries: Sequence[Entry]) -> list[Facet]:
    """Each group's choices with counts, given the filters of the other groups."""
    kinds = [(ORGANISATION, _("Organisations")), (PERSON, _("People"))]
    here = [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    groups: list[tuple[str, str, Sequence[tuple[str, object]]]] = [
        ("kinds", _("Who"), kinds),
        ("sides", _("Needs, offers or knows"), [(side.value, side.label) for side in Side]),
        ("skills", _("Skill"), _most_named(search, entries)),
        ("sectors", _("Sector"), Sector.choices),
        ("municipalities", _("Municipality"), here),
        ("sizes", _("Size"), SizeClass.choices),
    ]
    return [_facet(search, entries, own, label, choices) for own, label, choices in groups]


def _most_named(search: Search, entries: Sequence[Entry]) -> list[tuple[str, str]]:
    labels = {one.slug: one.label for entry in entries for one in entry.said}
    left = [entry for entry in entries if search.finds(entry, but="skills")]
    counts = Counter(slug for entry in left for slug in set(_values(entry, "skills", search)))
    most = sorted(counts, key=lambda slug: (-counts[slug], labels[slug]))[:_MOST_SKILLS]
    slugs = dict.fromkeys([*most, *(slug for slug in search.skills if slug in labels)])
    return [(slug, capital(labels[slug])) for slug in slugs]


def _facet(
    search: Search, entries: Sequence[Entry], own: str, label: str, choices: Sequence[tuple[str, object]]
) -> Facet:
    left = [entry for entry in entries if search.finds(entry, but=own)]
    counts = Counter(value for entry in left for value in set(_values(entry, own, search)))
    chosen = search.chosen(own)
    return Facet(
        name=NAMES[own],
        label=label,
        choices=[
            Choice(
                value=value,
                label=str(text),
                count=counts[value],
                is_checked=value in chosen,
                query_without=_without(search, own, value).query,
            )
            for value, text in choices
            if counts[value] or value in chosen
        ],
    )


def _without(search: Search, own: str, value: str) -> Search:
    left = tuple(other for other in search.chosen(own) if other != value)
    return replace(search, **{own: left})  # type: ignore[arg-type]  # every field named in NAMES is a tuple of texts
