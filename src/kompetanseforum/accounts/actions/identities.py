"""Writes: who comes by another service is somebody we know, or joins."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kompetanseforum.accounts.facts import IdentityLinked
from kompetanseforum.accounts.models import Identity, Person
from kompetanseforum.accounts.queries import identity_called
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref


class IdentityTaken(Exception):
    """The other service's key is another account's."""


@transaction.atomic
def link_identity(*, person: Person, provider: str, subject: str, represents: str = "") -> Identity:
    """From now on this key is the person's. Again is the same; raises IdentityTaken when it is somebody else's."""
    known = identity_called(provider, subject)
    if known is None:
        try:
            with transaction.atomic():
                known = Identity.objects.create(
                    person=person, provider=provider, subject=subject, represents=represents, linked_at=clock.now()
                )
        except IntegrityError as error:
            raise IdentityTaken from error
        publish(IdentityLinked(person=ref(person), provider=provider), by=ref(person), about=ref(person))
    if known.person_id != person.pk:
        raise IdentityTaken
    if known.represents != represents:
        known.represents = represents
        known.save(update_fields=["represents"])
    return known
