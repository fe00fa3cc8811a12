"""Reads: who speaks for whom, and who of the house has talked with a firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from kompetanse.refs import Ref
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.organisations.models import (
    Contact,
    CycleMember,
    Department,
    Organisation,
    RegisterUnit,
    Representation,
)
from kompetanseforum.organisations.queries.register import places_of
from kompetanseforum.organisations.queries.shown import describe, name_of
from kompetanseforum.organisations.rules import may_change_organisation, may_see_contacts


def representations() -> QuerySet[Representation]:
    """Those that have not ended."""
    return Representation.objects.filter(ended_at=None).select_related(
        "person", "organisation__municipality", "department", "confirmed_by"
    )


def representation_by_id(public_id: str) -> Representation | None:
    return representations().filter(public_id=public_id).first()


def representations_of(person: Ref | None) -> list[Representation]:
    """For whom the person speaks or has asked to."""
    return list(representations().filter(person__public_id=person.id)) if person else []


def waiting_representations() -> list[Representation]:
    return list(representations().filter(confirmed_at=None))


def is_of_a_host(person: Ref) -> bool:
    """The person speaks, confirmed, for one of those that run the forum."""
    confirmed = representations().filter(confirmed_at__isnull=False, person__public_id=person.id)
    return confirmed.filter(organisation__runs_forum=True).exists()


def organisations_of(person: Ref | None) -> list[Organisation]:
    """For whom the person speaks, confirmed."""
    return [one.organisation for one in representations_of(person) if one.confirmed_at]


def departments_of(organisation: Organisation) -> list[Department]:
    return list(organisation.departments.all())


def all_organisations(words: str, *, most: int) -> list[Organisation]:
    """For the house: by name, or those talked with last."""
    rows = Organisation.objects.select_related("municipality").exclude(name="")
    if words.strip():
        typed = words.strip()
        rows = rows.filter(Q(name__icontains=typed) | Q(name__icontains=typed.title())).order_by("name")
    else:
        rows = rows.annotate(last=Max("contacts__on")).order_by(F("last").desc(nulls_last=True), "name")
    return list(rows[:most])


def last_contacts(organisations: Sequence[Organisation]) -> dict[int, Contact]:
    """Each organisation's key → the talk that somebody of the house had with it last."""
    rows = Contact.objects.filter(organisation__in=organisations).select_related("by").order_by("on", "pk")
    return {row.organisation_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Talk:
    """Who of the house talked with it, when, how and about what."""

    who: str
    department: str
    on: date
    way: str
    about: str


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody of the house, and how well they know the firm."""

    name: str
    talks: int
    last: date


@dataclass(frozen=True, slots=True)
class ShownOrganisation:
    """An organisation as this viewer may see it."""

    organisation: Organisation
    name: str
    # `Et verksted i Fredrikstad, 5–19 ansatte`
    what: str
    knows: str
    departments: list[Department]
    # Those who want to be found.
    speakers: list[Representation]
    # The viewer speaks for it, or has asked to.
    is_mine: bool
    # All who speak or have asked to; for those who may change it.
    representations: list[Representation]
    places: list[RegisterUnit]
    # None for those who may not know.
    talks: list[Talk] | None
    knowers: list[Knower]


MOST_TALKS = 50


def shown_organisation(organisation: Organisation, *, viewer: Viewer) -> ShownOrganisation:
    all_of_them = list(representations().filter(organisation=organisation))
    talks = _talks(organisation) if may_see_contacts(viewer, organisation) else None
    return ShownOrganisation(
        organisation=organisation,
        name=name_of(organisation),
        what=describe(organisation),
        knows=organisation.knows,
        departments=departments_of(organisation),
        speakers=[one for one in all_of_them if one.confirmed_at and one.shown_since],
        is_mine=any(viewer.person is not None and one.person.public_id == viewer.person.id for one in all_of_them),
        representations=all_of_them if may_change_organisation(viewer, organisation) else [],
        places=places_of(organisation.organisation_number),
        talks=talks,
        knowers=_knowers(talks or []),
    )


def _talks(organisation: Organisation) -> list[Talk]:
    rows = organisation.contacts.select_related("by", "department")[:MOST_TALKS]
    return [
        Talk(
            who=row.by.name if row.by else "",
            department=row.department.name if row.department else "",
            on=row.on,
            way=row.get_way_display(),
            about=row.about,
        )
        for row in rows
    ]


def _knowers(talks: Sequence[Talk]) -> list[Knower]:
    """The one who talked with it last stands first: that is whom to ask before one calls."""
    by_name: dict[str, list[Talk]] = {}
    for talk in talks:
        by_name.setdefault(talk.who, []).append(talk)
    found = [Knower(name=name, talks=len(own), last=own[0].on) for name, own in by_name.items() if name]
    return sorted(found, key=lambda one: one.last, reverse=True)


def own_department(person: Ref) -> Department | None:
    """The department by which the person is of the house: so that the log shows which part of it has talked."""
    hosted = representations().filter(
        person__public_id=person.id, confirmed_at__isnull=False, organisation__runs_forum=True
    )
    first = hosted.exclude(department=None).first()
    return first.department if first else None


def copy_about(person: Ref) -> Mapping[str, object]:
    """A person's own copy: for whom they speak, and which talks they have noted."""
    spoken = Representation.objects.filter(person__public_id=person.id).select_related("organisation", "department")
    noted = Contact.objects.filter(by__public_id=person.id).select_related("organisation")
    taking_part = CycleMember.objects.filter(person__public_id=person.id).select_related("cycle")
    return {
        "takes_part_in_periods": [one.cycle.title for one in taking_part],
        "speaks_for": [
            {
                "organisation": one.organisation.name,
                "department": one.department.name if one.department else "",
                "consent_from": one.consent_from,
                "asked_at": one.asked_at.isoformat(),
                "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else None,
                "shown_since": one.shown_since.isoformat() if one.shown_since else None,
                "ended_at": one.ended_at.isoformat() if one.ended_at else None,
            }
            for one in spoken
        ],
        "talks_noted": [
            {"organisation": one.organisation.name, "on": one.on.isoformat(), "way": one.way, "about": one.about}
            for one in noted
        ],
    }
