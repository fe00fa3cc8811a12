"""Writes: invitations, by letter to one or by QR and link to a room; made, used, taken back."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.letters import LetterNotSent, send_letter
from kompetanseforum.core.limits import hidden, limit
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions.roles import give_role
from kompetanseforum.forum.facts import InvitationMade, InvitationRevoked, InvitationUsed
from kompetanseforum.forum.models import Invitation, Role
from kompetanseforum.forum.queries import invitation_secret, this_forum

INVITATION_DAYS = 10
# To one address, with the codes that are sent there.
MOST_LETTERS, LETTER_SECONDS = 2, 60 * 60


class InvitationUsedUp(Exception):
    """Too old, taken back, or a letter's that somebody has used."""


def hash_invitation(secret: str) -> str:
    return hashlib.sha256(secret.strip().lower().encode()).hexdigest()


@transaction.atomic
def invite(*, role: Role, by: Ref, email: str = "", occasion: str = "") -> Invitation:
    """Raises ValueError for a room where everybody would become coordinator."""
    if role == Role.COORDINATOR and not email:
        raise ValueError("a coordinator is invited by letter")
    now = clock.now()
    invitation = Invitation(
        role=role,
        email=email,
        occasion=occasion,
        made_by=person_of(by),
        made_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    invitation.secret_hash = hash_invitation(invitation_secret(invitation))
    invitation.save()
    publish(InvitationMade(invitation=ref(invitation), role=role.value), by=by, about=ref(invitation))
    return invitation


def invite_by_letter(*, email: str, role: Role, language: str, by: Person, address: str) -> Invitation:
    """Raises TooMany, and LetterNotSent (then nothing is left to use)."""
    limit(hidden(email), "accounts.letter", most=MOST_LETTERS, per_seconds=LETTER_SECONDS)
    invitation = invite(role=role, by=ref(by), email=email)
    path = reverse("forum:invitation", kwargs={"secret": invitation_secret(invitation)})
    try:
        send_letter(
            to=email,
            subject=_("You are invited to %(forum)s") % {"forum": str(this_forum())},
            template="forum/invitation_letter.txt",
            context={
                "forum": this_forum(),
                "by": by,
                "role": role,
                "link": f"{settings.ADDRESS or address}{path}",
                "expires_at": invitation.expires_at,
            },
            language=language,
        )
    except LetterNotSent:
        revoke(invitation=invitation, by=ref(by))
        raise
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: Ref | None) -> None:
    """It opens nothing from now on; those who have come in by it stay. The address is forgotten."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=clock.now(), email=""):
        publish(InvitationRevoked(invitation=ref(invitation)), by=by, about=ref(invitation))


@transaction.atomic
def accept(*, invitation: Invitation, person: Person) -> None:
    """The person gets the role. The same person twice counts once. Raises InvitationUsedUp."""
    if person.memberships.filter(role=invitation.role).exists():
        return
    open_still = Invitation.objects.filter(pk=invitation.pk, revoked_at=None, expires_at__gt=clock.now())
    if invitation.email:
        open_still = open_still.filter(used_count=0)
    if not open_still.update(used_count=F("used_count") + 1):
        raise InvitationUsedUp
    give_role(person=person, role=Role(invitation.role), by=ref(person))
    publish(InvitationUsed(invitation=ref(invitation), person=ref(person)), by=ref(person), about=ref(invitation))


@transaction.atomic
def accept_as_newcomer(*, invitation: Invitation, name: str, language: str) -> Person:
    """A new person; a letter has shown its address to be theirs. Raises InvitationUsedUp."""
    person = add_person(name=name, email=invitation.email, language=language)
    accept(invitation=invitation, person=person)
    return person
