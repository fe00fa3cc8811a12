"""Writes: people come in and say who they are; what they hold goes with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanseforum.accounts.facts import (
    EmailConfirmed,
    PersonJoined,
    ProfileChanged,
)
from kompetanseforum.accounts.models import Held, Notices, Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref


class EmailTaken(Exception):
    """Another person has the address."""


def add_person(
    *, name: str, email: str = "", phone: str = "", language: str = "nb", is_invented: bool = False
) -> Person:
    person = Person(
        name=name, email=email, phone=phone, language=language, is_invented=is_invented, joined_at=clock.now()
    )
    person.set_unusable_password()
    person.save()
    return person


def join(*, name: str, email: str = "", language: str = "nb") -> Person:
    """Somebody comes in openly; the address is one they have shown to be theirs. Twice at once is one person."""
    try:
        with transaction.atomic():
            person = add_person(name=name, email=email, language=language)
            publish(PersonJoined(person=ref(person)), by=ref(person), about=ref(person))
    except IntegrityError:
        return Person.objects.get(email__iexact=email)
    return person


def keep_for(*, person: Person, which: str, things: Iterable[Ref]) -> None:
    """The person holds (or follows) these from now on, on every device."""
    now = clock.now()
    Held.objects.bulk_create(
        [Held(person=person, which=which, kind=thing.kind, ref_id=thing.id, since=now) for thing in sorted(things)],
        ignore_conflicts=True,
    )


def stop_keeping(*, person: Person, which: str, thing: Ref) -> None:
    Held.objects.filter(person=person, which=which, kind=thing.kind, ref_id=thing.id).delete()


def change_profile(*, person: Person, name: str, phone: str, language: str, notices: Notices) -> None:
    with transaction.atomic():
        person.name, person.phone, person.language, person.notices = name, phone, language, notices
        person.save(update_fields=["name", "phone", "language", "notices"])
        publish(ProfileChanged(person=ref(person)), by=ref(person), about=ref(person))


def confirm_email(*, person: Person, email: str) -> None:
    """The address is the person's: a code sent there came back. Raises EmailTaken."""
    try:
        with transaction.atomic():
            person.email = email
            person.save(update_fields=["email"])
            publish(EmailConfirmed(person=ref(person)), by=ref(person), about=ref(person))
    except IntegrityError as error:
        person.refresh_from_db()
        raise EmailTaken from error
