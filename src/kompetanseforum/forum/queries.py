"""Reads: this forum and the roles in it."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.forum.models import Forum, Member, Role


def this_forum() -> Forum:
    """The forum. Raises Forum.DoesNotExist before `kompetanseforum prepare` has run."""
    return Forum.objects.select_related("duty_person").get(pk=1)


def roles_of(person: Ref) -> frozenset[str]:
    return frozenset(Member.objects.filter(person__public_id=person.id).values_list("role", flat=True))


def duty_person() -> Person:
    """Who answers when nobody else has taken it on. Raises ValueError in a forum with nobody on duty."""
    person = this_forum().duty_person
    if person is None:
        raise ValueError("nobody is on duty in this forum")
    return person


def coordinators() -> list[Person]:
    return list(Person.objects.filter(memberships__role=Role.COORDINATOR, is_active=True).order_by("name"))
