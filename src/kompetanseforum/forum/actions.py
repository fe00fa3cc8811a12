"""Writes: the forum starts, its first coordinator comes in, people get roles."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db import transaction

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.facts import CoordinatorCameIn
from kompetanseforum.forum.models import Forum, Member, Role


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def start_forum() -> Forum:
    """The one forum row, made if it is missing, with somebody on duty from the first second."""
    forum, _is_new = Forum.objects.get_or_create(pk=1, defaults={"started_at": clock.now()})
    if forum.duty_person is None:
        # A name that the first coordinator's own replaces.
        forum.duty_person = add_person(name="Kompetanseforum")
        forum.save(update_fields=["duty_person"])
    return forum


def make_start_secret(*, again: bool = False) -> str | None:
    """A new secret for the start link, or None once a coordinator has signed in.

    With `again` one is made all the same: for the operator who lets a coordinator back in.
    """
    if not again and Member.objects.filter(role=Role.COORDINATOR, person__last_login__isnull=False).exists():
        return None
    secret = secrets.token_urlsafe(24)
    Forum.objects.filter(pk=1).update(start_secret_hash=_hash(secret))
    return secret


def is_start_secret(secret: str) -> bool:
    expected = Forum.objects.filter(pk=1).values_list("start_secret_hash", flat=True).first() or ""
    return bool(expected) and hmac.compare_digest(expected, _hash(secret))


@transaction.atomic
def take_the_desk(*, secret: str, name: str, email: str, phone: str) -> Person | None:
    """The holder of the first-start link becomes coordinator and is on duty. None when the link is used up."""
    used = (
        Forum.objects.filter(pk=1, start_secret_hash=_hash(secret))
        .exclude(start_secret_hash="")
        .update(start_secret_hash="")
    )
    if not used:
        return None
    # Somebody who is coordinator already comes back as the same person, by name.
    person = Person.objects.filter(name=name, memberships__role=Role.COORDINATOR).first()
    person = person or add_person(name=name, email=email, phone=phone)
    give_role(person=person, role=Role.COORDINATOR)
    Forum.objects.filter(pk=1).update(duty_person=person)
    publish(CoordinatorCameIn(person=ref(person)), by=ref(person), about=ref(person))
    return person


def give_role(*, person: Person, role: Role) -> None:
    Member.objects.get_or_create(person=person, role=role, defaults={"since": clock.now()})


@transaction.atomic
def set_up_demo() -> None:
    """A forum that says it is a trial, with two invented people who answer."""
    forum = start_forum()
    ingrid = add_person(name="Ingrid Aasgaard", email="ingrid@forum.example", phone="400 00 127")
    farid = add_person(name="Farid Nordby", email="farid@forum.example", phone="400 00 128")
    for person in (ingrid, farid):
        give_role(person=person, role=Role.COORDINATOR)
    forum.is_demo = True
    forum.duty_person = ingrid
    forum.save()
