"""Reads: people, how they sign in, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.backends import ModelBackend
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Held, Identity, Notices, Passkey, Person, SignIn
from kompetanseforum.core.held import FOLLOWED, HELD
from kompetanseforum.core.joined import Joined
from kompetanseforum.core.refs import ref


def person_of(ref: Ref | None) -> Person | None:
    """The person a Ref names; None for nobody and for other kinds."""
    if ref is None or ref.kind != "person":
        return None
    return Person.objects.filter(public_id=ref.id).first()


def the_person(ref: Ref | None) -> Person:
    """The person who is signed in. Raises Person.DoesNotExist for anybody else."""
    person = person_of(ref)
    if person is None:
        raise Person.DoesNotExist
    return person


def person_with_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email, is_active=True).first() if email else None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person holds and follows, as a device would."""

    held: frozenset[Ref]
    followed: frozenset[Ref]


def with_kept(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with all of it as one text, for `kept_with`."""
    theirs = Held.objects.filter(person=OuterRef("pk")).order_by().values("person")
    each = Concat("which", Value(":"), "kind", Value(":"), "ref_id")
    return people.annotate(kept=Subquery(theirs.annotate(kept=Joined(each)).values("kept")))


def kept_with(person: Person) -> Kept:
    """Of one read by `with_kept` no question is asked."""
    return _kept(person.kept) if hasattr(person, "kept") else kept_by(ref(person))


def kept_by(person: Ref) -> Kept:
    known = with_kept(Person.objects.filter(public_id=person.id)).first()
    return kept_with(known) if known else _kept(None)


def _kept(joined: str | None) -> Kept:
    found: dict[str, set[Ref]] = {HELD: set(), FOLLOWED: set()}
    for row in joined.split(",") if joined else ():
        which, kind, ref_id = row.split(":", 2)
        found[which].add(Ref(kind, ref_id))
    return Kept(held=frozenset(found[HELD]), followed=frozenset(found[FOLLOWED]))


class Sessions(ModelBackend):
    """Whose a session is, as Django asks for it: with what they hold and follow, which every page asks for too."""

    def get_user(self, user_id: int) -> Person | None:
        person = with_kept(Person.objects.filter(pk=user_id)).first()
        return person if self.user_can_authenticate(person) else None


def notices_wanted_by(email: str) -> Notices:
    """How often the one with this address wants news. Who has no account left the address to be told at once."""
    choice = Person.objects.filter(email__iexact=email).values_list("notices", flat=True).first()
    return Notices(choice) if choice else Notices.AT_ONCE


def passkeys_of(person: Person) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=person)


def sessions_of(person: Person) -> QuerySet[SignIn]:
    """The last used one first."""
    return SignIn.objects.filter(person=person)


def session_by_id(public_id: str) -> SignIn | None:
    return SignIn.objects.select_related("person").filter(public_id=public_id).first()


def passkey_by_id(public_id: str) -> Passkey | None:
    return Passkey.objects.select_related("person").filter(public_id=public_id).first()


def passkey_called(credential_id: str) -> Passkey | None:
    return Passkey.objects.select_related("person").filter(credential_id=credential_id, person__is_active=True).first()


def identity_called(provider: str, subject: str) -> Identity | None:
    return Identity.objects.select_related("person").filter(provider=provider, subject=subject).first()


def identities_of(person: Person) -> QuerySet[Identity]:
    return Identity.objects.filter(person=person).order_by("linked_at")


def organisation_numbers_of(person: Ref) -> frozenset[str]:
    """The organisations that Ansattporten has said the person acts for."""
    numbers = Identity.objects.filter(person__public_id=person.id).exclude(represents="")
    return frozenset(numbers.values_list("represents", flat=True))


def people_named(refs: Iterable[str]) -> dict[str, str]:
    """Ref, as it stands in a row, → the person's name; one query."""
    ids = [text.removeprefix("person:") for text in refs if text.startswith("person:")]
    if not ids:
        return {}
    names = Person.objects.filter(public_id__in=ids).values_list("public_id", "name")
    return {f"person:{public_id}": name for public_id, name in names}


# Two things at once: what one has, and what one knows or is. The services ask for it themselves.
STRONG_WAYS = frozenset({"passkey", "idporten", "ansattporten"})


def came_in_strongly(request: HttpRequest) -> bool:
    return request.session.get("way") in STRONG_WAYS
