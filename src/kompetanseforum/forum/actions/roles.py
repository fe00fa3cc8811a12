"""Writes: who is what in the forum, and who is on duty. There is always a coordinator."""

from __future__ import annotations

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.facts import DutyChanged, RoleGiven, RoleTaken
from kompetanseforum.forum.models import Forum, Invitation, Member, Role


class LastCoordinator(Exception):
    """Nobody would be left to answer."""


class StillOnDuty(Exception):
    """Somebody else must be on duty first."""


@transaction.atomic
def give_role(*, person: Person, role: Role, by: Ref | None = None) -> None:
    _member, is_new = Member.objects.get_or_create(person=person, role=role, defaults={"since": clock.now()})
    if is_new:
        publish(RoleGiven(person=ref(person), role=role.value), by=by, about=ref(person))


@transaction.atomic
def take_role(*, person: Person, role: Role, by: Ref | None) -> None:
    """Raises LastCoordinator, and StillOnDuty for a coordinator who is the one who answers."""
    # One after the other: two coordinators who take each other's role at once leave one.
    forum = Forum.objects.select_for_update().get(pk=1)
    mine = Member.objects.filter(person=person, role=role)
    if not mine.exists():
        return
    if role == Role.COORDINATOR:
        others = Member.objects.filter(role=role, person__is_active=True).exclude(person=person)
        if not others.exists():
            raise LastCoordinator
        if forum.duty_person_id == person.pk:
            raise StillOnDuty
    mine.delete()
    publish(RoleTaken(person=ref(person), role=role.value), by=by, about=ref(person))


@transaction.atomic
def set_roles(*, person: Person, roles: frozenset[Role], by: Ref | None) -> None:
    """Exactly these from now on; all or none of the changes are made."""
    for role in Role:
        if role in roles:
            give_role(person=person, role=role, by=by)
        else:
            take_role(person=person, role=role, by=by)


@transaction.atomic
def put_on_duty(*, person: Person, by: Ref | None) -> None:
    """The coordinator who answers when nobody else has taken it on. Raises ValueError for one who is none."""
    if not Member.objects.filter(person=person, role=Role.COORDINATOR, person__is_active=True).exists():
        raise ValueError("only a coordinator can be on duty")
    Forum.objects.filter(pk=1).update(duty_person=person)
    publish(DutyChanged(person=ref(person)), by=by, about=ref(person))


@transaction.atomic
def leave(*, person: Ref, email: str) -> None:
    """The person has no role any more, and no invitation knows of them. Raises LastCoordinator, StillOnDuty."""
    leaving = person_of(person)
    if leaving is None:
        return
    if Forum.objects.select_for_update().get(pk=1).duty_person_id == leaving.pk:
        raise StillOnDuty
    for role in Role:
        take_role(person=leaving, role=role, by=None)
    Invitation.objects.filter(made_by=leaving).update(made_by=None)
    # A letter's is over with its address: without one, everybody could use it.
    Invitation.objects.filter(email__iexact=email).exclude(email="").update(email="", revoked_at=clock.now())


def take_part(*, person: Ref) -> None:
    """Whoever joins is a participant; once is enough, and a role that is there stays."""
    newcomer = Person.objects.filter(public_id=person.id).first()
    if newcomer and not Member.objects.filter(person=newcomer).exists():
        Member.objects.get_or_create(person=newcomer, role=Role.PARTICIPANT, defaults={"since": clock.now()})
