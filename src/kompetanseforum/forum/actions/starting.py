"""Writes: the forum starts, its first coordinator comes in, and the demo forum gets its people."""

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
from kompetanseforum.forum.actions.roles import give_role
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
def take_the_desk(*, secret: str, name: str, phone: str) -> Person | None:
    """The holder of the first-start link becomes coordinator and is on duty. None when the link is used up.

    The e-mail address is the person's when a code has come back from it, so it is not taken here.
    """
    used = (
        Forum.objects.filter(pk=1, start_secret_hash=_hash(secret))
        .exclude(start_secret_hash="")
        .update(start_secret_hash="")
    )
    if not used:
        return None
    # Somebody who is coordinator already comes back as the same person, by name.
    person = Person.objects.filter(name=name, memberships__role=Role.COORDINATOR).first()
    if person is None:
        person = add_person(name=name, phone=phone)
    elif phone:
        person.phone = phone
        person.save(update_fields=["phone"])
    give_role(person=person, role=Role.COORDINATOR)
    Forum.objects.filter(pk=1).update(duty_person=person)
    publish(CoordinatorCameIn(person=ref(person)), by=ref(person), about=ref(person))
    return person


# Name, phone, role. Anybody may try the demo forum as one of them.
_INVENTED = (
    ("Ingrid Aasgaard", "400 00 127", Role.COORDINATOR),
    ("Farid Nordby", "400 00 128", Role.COORDINATOR),
    ("Marte Solli", "400 00 129", Role.FACILITATOR),
    ("Jonas Berg", "400 00 130", Role.PARTICIPANT),
)


@transaction.atomic
def set_up_demo() -> None:
    """A forum that says it is a trial, with invented people who answer and take part."""
    forum = start_forum()
    for name, phone, role in _INVENTED:
        email = f"{name.split()[0].lower()}@forum.example"
        person = add_person(name=name, email=email, phone=phone, is_invented=True)
        give_role(person=person, role=role)
    forum.is_demo = True
    forum.duty_person = Person.objects.get(name=_INVENTED[0][0], is_invented=True)
    forum.save()
