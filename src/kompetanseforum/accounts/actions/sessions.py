"""Writes: sessions begin, are used and end; by their owner, or by a coordinator for somebody who cannot."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions.people import keep_for
from kompetanseforum.accounts.facts import (
    PasskeysTaken,
    PersonSignedIn,
    PersonSignedOut,
    SessionEnded,
    SessionsEnded,
)
from kompetanseforum.accounts.models import Passkey, Person, SignIn
from kompetanseforum.core import clock
from kompetanseforum.core.browsers import browser_and_system
from kompetanseforum.core.facts import publish
from kompetanseforum.core.held import FOLLOWED, HELD, followed_by, forget, held_by
from kompetanseforum.core.refs import ref

# A session lasts so long from when one signed in, and so long unused: many come back once a week.
LONGEST_SESSION = timedelta(days=30)
LONGEST_UNUSED = timedelta(days=7)
# When the session began and was last used, for its end (see capability.recognise); how its owner came in; and when
# it was last shown that it is still them.
SIGNED_IN_AT, SEEN_AT, WAY, PROVED_AT = "signed_in_at", "seen_at", "way", "proved_at"


def sign_in(request: HttpRequest, *, person: Person, way: str) -> None:
    """Start a session of the person's own; what the device held as a guest goes along and is kept for the person."""
    held, followed = held_by(request), followed_by(request)
    before = request.session.session_key
    with transaction.atomic():
        # A new session key: one that somebody else knew, or planted, opens nothing.
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        keep_for(person=person, which=HELD, things=held)
        keep_for(person=person, which=FOLLOWED, things=followed)
        publish(PersonSignedIn(person=ref(person), way=way), by=ref(person), about=ref(person))
        SignIn.objects.filter(session_key=before or "").delete()
        _forget_the_ended(person)
        _note(request, person=person, way=way)
    forget(request)
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(clock.now().timestamp())
    request.session[WAY] = way
    note_proof(request)


def note_proof(request: HttpRequest) -> None:
    """It was shown just now that the one in this session is its owner."""
    request.session[PROVED_AT] = int(clock.now().timestamp())


def note_use(request: HttpRequest, *, person: Person) -> None:
    """The session is in use; one from before sessions were listed is listed from now on."""
    now = clock.now()
    request.session[SEEN_AT] = int(now.timestamp())
    key = request.session.session_key
    if key and not SignIn.objects.filter(session_key=key).update(seen_at=now):
        _note(request, person=person, way=request.session.get(WAY, ""))


def _note(request: HttpRequest, *, person: Person, way: str) -> None:
    if request.session.session_key is None:
        request.session.create()
    now = clock.now()
    SignIn.objects.create(
        person=person,
        session_key=request.session.session_key or "",
        way=way,
        device=browser_and_system(request.headers.get("User-Agent", "")),
        since=now,
        seen_at=now,
    )


def _forget_the_ended(person: Person) -> None:
    now = clock.now()
    SignIn.objects.filter(person=person, since__lt=now - LONGEST_SESSION).delete()
    SignIn.objects.filter(person=person, seen_at__lt=now - LONGEST_UNUSED).delete()


def sign_out(request: HttpRequest) -> None:
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def end_session(session: SignIn) -> None:
    """Signed out there; a page that is being written in it is refused, and nothing of it is kept."""
    who = ref(session.person)
    with transaction.atomic():
        import_module(settings.SESSION_ENGINE).SessionStore(session_key=session.session_key).delete()
        session.delete()
        publish(SessionEnded(person=who), by=who, about=who)


def end_other_sessions(request: HttpRequest, *, person: Person) -> None:
    """Signed out everywhere but here: the session's hash hangs on the unusable password."""
    with transaction.atomic():
        _end_all(person, but=request.session.session_key or "")
        publish(SessionsEnded(person=ref(person)), by=ref(person), about=ref(person))
        before = request.session.session_key
        update_session_auth_hash(request, person)
        SignIn.objects.filter(session_key=before or "").update(session_key=request.session.session_key)


def put_out(*, person: Person, takes_passkeys: bool, by: Ref | None) -> None:
    """For somebody who has lost a phone, or should not be here: signed out on all devices, at once.

    With `takes_passkeys` their keys open nothing more; the next code lets them make new ones.
    """
    with transaction.atomic():
        _end_all(person)
        publish(PersonSignedOut(person=ref(person)), by=by, about=ref(person))
        if takes_passkeys and Passkey.objects.filter(person=person).delete()[0]:
            publish(PasskeysTaken(person=ref(person)), by=by, about=ref(person))


def _end_all(person: Person, *, but: str = "") -> None:
    person.set_unusable_password()
    person.save(update_fields=["password"])
    SignIn.objects.filter(person=person).exclude(session_key=but).delete()
