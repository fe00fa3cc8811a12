"""Reads: "Who is with us": organisations and people who want to be found, by what they need, offer and know.

Those who want to be found are some hundreds, so each is put together whole (in a fixed number of queries) and
looked through here; what is not theirs to show is never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from kompetanseforum.core.text import capital
from kompetanseforum.needs.models import State, Voice
from kompetanseforum.network.models import Card, CardLine, Side
from kompetanseforum.offers.queries.teaching import given_offers, skills_of
from kompetanseforum.organisations.models import Organisation, Representation
from kompetanseforum.organisations.queries import describe, name_of, representations
from kompetanseforum.skills.queries import LinkedSkill, links_of_many

ORGANISATION, PERSON = "organisation", "person"
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One skill on one side of somebody."""

    side: str
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation or a person who wants to be found."""

    kind: str
    public_id: str
    name: str
    # `Et verksted i Fredrikstad, 5–19 ansatte`; of a person where they work.
    what: str
    words: str
    sector: str
    municipality: str
    size: str
    said: tuple[Said, ...] = ()
    # The card of one who may be asked for a talk.
    askable_card: str = ""

    def labels(self, side: str) -> list[str]:
        """What stands on the page, each once."""
        return list(dict.fromkeys(capital(one.label) for one in self.said if one.side == side))[:_MOST_NAMED]

    def is_about(self, words: str) -> bool:
        searched = [self.name, self.what, self.words, *(one.label for one in self.said)]
        return all(any(word in text.casefold() for text in searched) for word in words.casefold().split())


def directory() -> list[Entry]:
    """Everybody who wants to be found, those who came last first."""
    return [*_organisations(), *_people()]


def _organisations() -> list[Entry]:
    rows = list(
        Organisation.objects.select_related("municipality").exclude(found_since=None).order_by("-found_since", "name")
    )
    said = _said_by_organisations(rows)
    return [
        Entry(
            kind=ORGANISATION,
            public_id=row.public_id,
            name=name_of(row),
            what=describe(row),
            words=row.knows,
            sector=row.sector,
            municipality=row.municipality.code if row.municipality else "",
            size=row.size,
            said=tuple(said.get(row.pk, ())),
        )
        for row in rows
    ]


def _said_by_organisations(rows: Sequence[Organisation]) -> Mapping[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    _add_needs(found, rows)
    _add_offers(found, rows)
    by_id = {row.public_id: row.pk for row in rows}
    for public_id, links in links_of_many("organisation", list(by_id)).items():
        found.setdefault(by_id[public_id], []).extend(_skills(links, Side.KNOWS))
    return found


def _add_needs(found: dict[int, list[Said]], rows: Sequence[Organisation]) -> None:
    """Only voices under the organisation's own name, on needs that all may see."""
    voices = (
        Voice.objects.filter(organisation__in=rows, name_is_public=True, withdrawn_at=None, need__held_reason="")
        .exclude(need__state=State.WITHDRAWN)
        .values_list("public_id", "organisation", "need__public_id")
    )
    owners = {voice_id: organisation for voice_id, organisation, _need in voices if organisation is not None}
    for links in links_of_many("need", list({need for _voice, _organisation, need in voices})).values():
        for link in links:
            if link.is_asked and link.subject_id in owners:
                found.setdefault(owners[link.subject_id], []).extend(_skills([link], Side.NEEDS))


def _add_offers(found: dict[int, list[Said]], rows: Sequence[Organisation]) -> None:
    offers: Iterable[tuple[str, int]] = [
        (public_id, provider)
        for public_id, provider in given_offers().filter(provider__in=rows).values_list("public_id", "provider")
        if provider is not None
    ]
    providers = dict(offers)
    for public_id, skills in skills_of(list(providers)).items():
        said = [Said(side=Side.OFFERS, slug=skill.slug, label=skill.label) for skill in skills if skill.kind == "skill"]
        found.setdefault(providers[public_id], []).extend(said)


def _skills(links: Iterable[LinkedSkill], side: Side) -> list[Said]:
    return [
        Said(side=side, slug=link.slug, label=link.label)
        for link in links
        if link.kind == "skill" and not link.is_rejected and link.polarity != "not_needed"
    ]


def _people() -> list[Entry]:
    cards = list(
        Card.objects.exclude(found_since=None)
        .filter(person__is_active=True)
        .select_related("person")
        .prefetch_related(
            "lines",
            Prefetch(
                "person__representations",
                representations().filter(confirmed_at__isnull=False),
                to_attr="speaks_for",
            ),
        )
        .order_by("-found_since", "pk")
    )
    links = links_of_many("card", [card.public_id for card in cards])
    return [_person(card, links.get(card.public_id, [])) for card in cards]


def _person(card: Card, links: Sequence[LinkedSkill]) -> Entry:
    lines: dict[str, CardLine] = {line.public_id: line for line in card.lines.all()}
    work: list[Representation] = card.person.speaks_for  # type: ignore[attr-defined]  # prefetched above
    # Where one works is told where one has said that it may be; an organisation that hides stays hidden.
    shown = next((one for one in work if one.shown_since and one.organisation.found_since), None)
    place = shown.organisation if shown else None
    said = [
        one for link in links if link.subject_id in lines for one in _skills([link], Side(lines[link.subject_id].side))
    ]
    return Entry(
        kind=PERSON,
        public_id=card.public_id,
        name=card.person.name,
        what=name_of(place) if place else "",
        words=" · ".join(line.words for line in lines.values()),
        sector=place.sector if place else "",
        municipality=place.municipality.code if place and place.municipality else "",
        size=place.size if place else "",
        said=tuple(said),
        askable_card=card.public_id if card.askable_since else "",
    )


def card_by_id(public_id: str) -> Card | None:
    return Card.objects.select_related("person").prefetch_related("lines").filter(public_id=public_id).first()


def card_of(person_id: str) -> Card | None:
    return Card.objects.select_related("person").prefetch_related("lines").filter(person__public_id=person_id).first()


def askable_speakers(organisation: Organisation) -> list[Card]:
    """Cards of those who speak for it, stand on its page, and may be asked for a talk."""
    speakers = representations().filter(
        organisation=organisation, confirmed_at__isnull=False, shown_since__isnull=False
    )
    cards = Card.objects.select_related("person").filter(person__in=speakers.values("person"))
    return list(cards.exclude(found_since=None).exclude(askable_since=None).order_by("person__name"))
