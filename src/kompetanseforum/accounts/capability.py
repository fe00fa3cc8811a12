"""What accounts bring: the signed-in person behind a request, and what that person holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import keep_for, stop_keeping
from kompetanseforum.accounts.actions.sessions import (
    LONGEST_SESSION,
    LONGEST_UNUSED,
    SEEN_AT,
    SIGNED_IN_AT,
    note_use,
)
from kompetanseforum.accounts.clients import SHAPES
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import (
    identities_of,
    kept_by,
    kept_with,
    passkeys_of,
    person_of,
    sessions_of,
    the_person,
)
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Named, PersonalData
from kompetanseforum.core.facts import told_of
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref

# How exactly the last use is written down; each page would else write.
_SEEN_TO = timedelta(hours=1)


def signed_in(request: HttpRequest) -> Person | None:
    """The person of this session; None for nobody, and when the session is too old."""
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return None
    now = int(clock.now().timestamp())
    # A session from before this was written down has no date; it ends with its cookie.
    since = request.session.get(SIGNED_IN_AT) or now
    seen = request.session.get(SEEN_AT) or since
    if now - since > LONGEST_SESSION.total_seconds() or now - seen > LONGEST_UNUSED.total_seconds():
        return None
    if now - seen >= _SEEN_TO.total_seconds():
        note_use(request, person=user)
    return user


def recognise(request: HttpRequest, viewer: Viewer) -> Viewer:
    person = signed_in(request)
    if person is None:
        return viewer
    kept = kept_with(person)
    return replace(viewer, person=ref(person), holds=viewer.holds | kept.held, follows=viewer.follows | kept.followed)


def keep(request: HttpRequest, which: str, thing: Ref) -> bool:
    person = signed_in(request)
    if person is None:
        return False
    keep_for(person=person, which=which, things=[thing])
    return True


def let_go(request: HttpRequest, which: str, thing: Ref) -> bool:
    person = signed_in(request)
    if person is None:
        return False
    stop_keeping(person=person, which=which, thing=thing)
    return True


def named(public_id: str) -> Named | None:
    person = person_of(Ref("person", public_id))
    return Named(label=person.name, url="") if person else None


def personal_copy(who: Ref) -> dict[str, object]:
    person = the_person(who)
    kept = kept_by(who)
    return {
        "person": {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "language": person.language,
            "notices": person.notices,
            "joined_at": person.joined_at.isoformat(),
        },
        "passkeys": [{"name": key.name, "made_at": key.made_at.isoformat()} for key in passkeys_of(person)],
        "identities": [
            {"provider": one.provider, "subject": one.subject, "represents": one.represents}
            for one in identities_of(person)
        ],
        "signed_in": [
            {"device": one.device, "since": one.since.isoformat(), "last_used": one.seen_at.isoformat()}
            for one in sessions_of(person)
        ],
        "held": sorted(str(thing) for thing in kept.held),
        "followed": sorted(str(thing) for thing in kept.followed),
        "did": [
            {"what": fact.name, "about": f"{fact.about_kind}:{fact.about_id}", "at": fact.at.isoformat()}
            for fact in told_of(who)
        ],
    }


CAPABILITY = Capability(
    app="accounts",
    title=_("People"),
    refs={"person": named},
    panels_offered=("person.page", "sign_in.other_ways"),
    recognise=recognise,
    sources=tuple(shape.source for shape in SHAPES),
    keep=keep,
    let_go=let_go,
    personal_copy=personal_copy,
    personal_data=(
        PersonalData(
            what=_("Name, e-mail, phone and language of those who sign in or answer"),
            why=_("So that you get in again, and those who ask know who answers, and can call"),
            kept_for=_("Until you erase yourself on My page"),
        ),
        PersonalData(
            what=_("How you sign in: the public half of passkeys, and your key at Feide, ID-porten or Ansattporten"),
            why=_("So that you get in without a password. We never keep a birth number"),
            kept_for=_("Until you take it away or erase yourself"),
        ),
        PersonalData(
            what=_("Where you are signed in: the name of the browser and the system, since when, and when last used"),
            why=_("So that you see a stranger among them, and can end it"),
            kept_for=_("Until you sign out there, thirty days at most"),
        ),
        PersonalData(
            what=_("What you have said and follow, while you are signed in"),
            why=_("So that you find it again on other devices"),
            kept_for=_("Until you let it go or erase yourself"),
        ),
        PersonalData(
            what=_("A code sent to an e-mail address, with the address"),
            why=_("To know that the address is yours"),
            kept_for=_("Ten minutes, or until it is used"),
        ),
    ),
)
