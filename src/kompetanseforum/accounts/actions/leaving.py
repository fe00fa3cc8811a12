"""Writes: a person leaves, and nothing that says who it was is left behind."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError

from kompetanse.refs import Ref
from kompetanseforum.accounts.facts import PersonErased
from kompetanseforum.accounts.models import Person, SignInCode
from kompetanseforum.accounts.queries import kept_by
from kompetanseforum.core.capability import Erasure, capabilities
from kompetanseforum.core.erasing import overwrite_erased
from kompetanseforum.core.facts import forget, publish
from kompetanseforum.core.letters import forget_letters
from kompetanseforum.core.refs import new_public_id, ref

# Stands in the log where a person stood.
NOBODY_NOW = Ref("person", "erased")


def erase_person(*, person: Person, withdraws_voices: bool) -> None:
    """Every capability takes the person out; then letters and what the database keeps of deleted rows go too.

    Raises core.capability.CannotBeErased for one whom the forum cannot do without yet; then nothing is changed.
    """
    email = person.email
    with transaction.atomic():
        gone = ref(person)
        erasure = Erasure(person=gone, holds=kept_by(gone).held, email=email, withdraws_voices=withdraws_voices)
        for capability in reversed(list(capabilities())):
            if capability.erase:
                capability.erase(erasure)
        _end_sessions(person)
        SignInCode.objects.filter(email__iexact=email).delete()
        _take_away(person)
        forget(gone, NOBODY_NOW)
        publish(PersonErased(), by=None, about=NOBODY_NOW)
    forget_letters(to=email)
    overwrite_erased()


def _end_sessions(person: Person) -> None:
    """Those of the person, and those in which the address was being shown to be theirs."""
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(person.pk) or (person.email and person.email in str(kept)):
            session.delete()


def _take_away(person: Person) -> None:
    """The row goes; where answers hang on it, it stays without a name, and they are the forum's."""
    for kind in (person.passkeys, person.identities, person.held):
        kind.all().delete()
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        person.name, person.email, person.phone = "Kompetanseforum", "", ""
        person.public_id, person.last_login, person.is_active = new_public_id(), None, False
        person.set_unusable_password()
        person.save()
