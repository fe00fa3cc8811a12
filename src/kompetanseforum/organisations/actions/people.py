"""Writes: who speaks for an organisation, what it says of itself, and who of the house has talked with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.facts import (
    ContactNoted,
    OrganisationPresented,
    RepresentationAsked,
    RepresentationConfirmed,
    RepresentationEnded,
)
from kompetanseforum.organisations.models import Contact, CycleMember, Department, Organisation, Representation
from kompetanseforum.organisations.queries.people import own_department, representations


@dataclass(frozen=True, slots=True)
class Presented:
    """What an organisation says of itself."""

    knows: str = ""
    wants_to_be_found: bool = False
    shares_name: bool = False
    departments: Sequence[str] = ()
    # None leaves it as it is: only a coordinator says who runs the forum.
    runs_forum: bool | None = None


def present_organisation(organisation: Organisation, *, said: Presented, by: Ref | None) -> None:
    """Consents keep the moment they were first given; taken back, they are gone."""
    now = clock.now()
    with transaction.atomic():
        organisation.knows = said.knows.strip()
        organisation.found_since = (organisation.found_since or now) if said.wants_to_be_found else None
        organisation.name_shared_at = (organisation.name_shared_at or now) if said.shares_name else None
        if said.runs_forum is not None:
            organisation.runs_forum = said.runs_forum
        organisation.save(update_fields=["knows", "found_since", "name_shared_at", "runs_forum"])
        _keep_departments(organisation, said.departments)
        publish(OrganisationPresented(organisation=ref(organisation)), by=by, about=ref(organisation))


def _keep_departments(organisation: Organisation, names: Sequence[str]) -> None:
    """Exactly these; one that keeps its name keeps those who belong to it."""
    wanted = list(dict.fromkeys(name.strip()[:120] for name in names if name.strip()))
    organisation.departments.exclude(name__in=wanted).delete()
    known = set(organisation.departments.values_list("name", flat=True))
    Department.objects.bulk_create(
        Department(organisation=organisation, name=name) for name in wanted if name not in known
    )


def ask_to_represent(
    *,
    person: Person,
    organisation: Organisation,
    department: Department | None = None,
    is_spokesperson: bool = False,
    consent_from: str = "",
    wants_to_be_shown: bool = False,
) -> Representation:
    """The person's one representation there; asked again it is brought up to date, and a confirmed one stays confirmed."""
    with transaction.atomic():
        known = representations().filter(person=person, organisation=organisation).first()
        row = known or Representation(person=person, organisation=organisation, asked_at=clock.now())
        row.department = department
        row.shown_since = (row.shown_since or clock.now()) if wants_to_be_shown else None
        if known is None:
            row.is_spokesperson, row.consent_from = is_spokesperson, consent_from.strip()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # the same form twice at once
            return representations().get(person=person, organisation=organisation)
        if known is None:
            publish(
                RepresentationAsked(organisation=ref(organisation), representation=ref(row)),
                by=ref(person),
                about=ref(organisation),
            )
    return row


def confirm_representation(representation: Representation, *, by: Person) -> None:
    """Somebody who knows says that the person speaks for them. Confirmed again, nothing happens."""
    with transaction.atomic():
        still = Representation.objects.filter(pk=representation.pk, confirmed_at=None, ended_at=None)
        if still.update(confirmed_at=clock.now(), confirmed_by=by):
            _tell(RepresentationConfirmed, representation, by=ref(by))


def end_representation(representation: Representation, *, by: Ref | None) -> None:
    """The person no longer speaks for them, or never did."""
    with transaction.atomic():
        if Representation.objects.filter(pk=representation.pk, ended_at=None).update(ended_at=clock.now()):
            _tell(RepresentationEnded, representation, by=by)


def _tell(
    kind: type[RepresentationConfirmed] | type[RepresentationEnded], representation: Representation, *, by: Ref | None
) -> None:
    organisation = ref(representation.organisation)
    publish(kind(organisation=organisation, representation=ref(representation)), by=by, about=organisation)


def forget_person(erasure: Erasure) -> None:
    """What the person spoke for goes; what the house knows of a firm stands, by nobody."""
    Representation.objects.filter(person__public_id=erasure.person.id).delete()
    CycleMember.objects.filter(person__public_id=erasure.person.id).delete()
    Contact.objects.filter(by__public_id=erasure.person.id).update(by=None)


def note_contact(*, organisation: Organisation, by: Person, way: str, on: date, about: str) -> Contact:
    """Somebody of the house talked with it. The same again is the same talk."""
    with transaction.atomic():
        contact, is_new = Contact.objects.get_or_create(
            organisation=organisation,
            by=by,
            way=way,
            on=on,
            about=about.strip(),
            defaults={"department": own_department(ref(by)), "noted_at": clock.now()},
        )
        if is_new:
            publish(
                ContactNoted(organisation=ref(organisation), contact=ref(contact)),
                by=ref(by),
                about=ref(organisation),
            )
    return contact
