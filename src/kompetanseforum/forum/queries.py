"""Reads: this forum, the roles in it, who is here, and who is invited."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Prefetch, QuerySet, Subquery

from kompetanse.refs import ALPHABET, Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.counted import note_newest_fact, once_a_page
from kompetanseforum.core.joined import Joined
from kompetanseforum.core.models import FactRow
from kompetanseforum.forum.models import Cycle, Forum, Invitation, Member, Role


def this_forum() -> Forum:
    """The forum. Raises Forum.DoesNotExist before `kompetanseforum prepare` has run."""
    return once_a_page("forum", lambda: _read({}))


def forum_and_roles(person: Ref) -> tuple[Forum, frozenset[str]]:
    """This forum and the person's roles in it, in one question: what every page for somebody begins with."""
    theirs = Member.objects.filter(person__public_id=person.id).order_by().values("person")
    forum = _read({"roles": Subquery(theirs.annotate(roles=Joined("role")).values("roles"))})
    once_a_page("forum", lambda: forum)
    joined: str = vars(forum)["roles"] or ""
    return forum, frozenset(joined.split(",")) - {""}


def _read(more: Mapping[str, Subquery]) -> Forum:
    """With what happened last, which nearly every page asks for too."""
    newest = Subquery(FactRow.objects.order_by("-pk").values("pk")[:1])
    forum = Forum.objects.select_related("duty_person").annotate(newest_fact=newest, **more).get(pk=1)
    note_newest_fact(forum.newest_fact or 0)
    return forum


def roles_of(person: Ref) -> frozenset[str]:
    return frozenset(Member.objects.filter(person__public_id=person.id).values_list("role", flat=True))


def memberships_of(person: Ref) -> QuerySet[Member]:
    return Member.objects.filter(person__public_id=person.id).order_by("since")


def duty_person() -> Person:
    """Who answers when nobody else has taken it on. Raises ValueError in a forum with nobody on duty."""
    person = this_forum().duty_person
    if person is None:
        raise ValueError("nobody is on duty in this forum")
    return person


def coordinators() -> list[Person]:
    return list(Person.objects.filter(memberships__role=Role.COORDINATOR, is_active=True).order_by("name"))


# Who is here


def members(*, named: str = "", role: str = "") -> QuerySet[Person]:
    """Everybody who has a role, by name, with their roles at hand."""
    found = Person.objects.filter(is_active=True, memberships__isnull=False)
    if named:
        found = found.filter(name__icontains=named)
    if role:
        found = found.filter(memberships__role=role)
    ordered = Prefetch("memberships", Member.objects.order_by("since"))
    return found.distinct().order_by("name", "pk").prefetch_related(ordered)


def member_by_id(public_id: str) -> Person | None:
    return Person.objects.filter(public_id=public_id, is_active=True).prefetch_related("memberships").first()


def invented_people() -> list[Person]:
    """The demo forum's made-up people, with their roles; none in a forum that is no demo."""
    if not this_forum().is_demo:
        return []
    return list(members().filter(is_invented=True).order_by("joined_at", "pk"))


# Invitations


def invitation_secret(invitation: Invitation) -> str:
    """Derived from the forum's key, as the voices' links are (decision 0001), so that a QR can be shown again."""
    key = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(invitation.public_id.encode(), key=key, person=b"invitation").digest()
    letters = "".join(ALPHABET[byte % 32] for byte in digest[:15])
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"


def invitation_by_hash(secret_hash: str) -> Invitation | None:
    """An invitation that can still be used."""
    found = Invitation.objects.filter(secret_hash=secret_hash, revoked_at=None, expires_at__gt=clock.now())
    return found.exclude(used_count__gt=0, email__gt="").select_related("made_by").first()


def invitation_by_id(public_id: str) -> Invitation | None:
    return open_invitations().filter(public_id=public_id).first()


def open_invitations() -> QuerySet[Invitation]:
    living = Invitation.objects.filter(revoked_at=None, expires_at__gt=clock.now())
    return living.exclude(used_count__gt=0, email__gt="").select_related("made_by")


# Handing over


@dataclass(frozen=True, slots=True)
class Handover:
    """How far a coordinator has come in handing the work over to another."""

    # Those who are coordinators too already, by name.
    others: tuple[str, ...]
    is_successor_invited: bool
    is_successor_in: bool
    is_successor_on_duty: bool
    is_my_role_gone: bool


def handover(person: Ref) -> Handover:
    others = [other for other in coordinators() if other.public_id != person.id]
    # Nobody hands over to the demo forum's made-up people but they themselves.
    if not Person.objects.filter(public_id=person.id, is_invented=True).exists():
        others = [other for other in others if not other.is_invented]
    return Handover(
        others=tuple(other.name for other in others),
        is_successor_invited=open_invitations().filter(role=Role.COORDINATOR).exists(),
        is_successor_in=any(other.last_login for other in others),
        is_successor_on_duty=this_forum().duty_person in others,
        is_my_role_gone=Role.COORDINATOR not in roles_of(person),
    )


# Periods


def cycles() -> list[Cycle]:
    """The latest first."""
    return list(Cycle.objects.all())


def cycles_in(first: date, last: date) -> list[Cycle]:
    """Those that have a day in common with these, newest first."""
    return list(Cycle.objects.filter(starts_on__lte=last, ends_on__gte=first))


def open_cycle() -> Cycle | None:
    return Cycle.objects.filter(is_open=True).first()


def cycle_before(cycle: Cycle) -> Cycle | None:
    """The one that was started last before it."""
    return Cycle.objects.filter(pk__lt=cycle.pk).order_by("-pk").first()


def cycle_by_id(public_id: str) -> Cycle | None:
    return Cycle.objects.filter(public_id=public_id).first()
