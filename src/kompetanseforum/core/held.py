"""What a device holds and what it follows: Refs kept in its session.

To hold a thing is to have come by its personal link, and opens it; to follow one only keeps it on one's own page.
Once somebody is signed in there, it is kept for the person instead (a manifest's `keep`), and found on other devices.
"""

from __future__ import annotations

from django.http import HttpRequest

from kompetanse.refs import Ref
from kompetanseforum.core.capability import capabilities

HELD, FOLLOWED = "held", "followed"
# A device that has more has its oldest ones by link only.
_MOST = 100


def hold(request: HttpRequest, thing: Ref) -> None:
    """From now on this device holds it, or the person who is signed in on it."""
    _add(request, HELD, thing)


def held_by(request: HttpRequest) -> frozenset[Ref]:
    return _read(request, HELD)


def follow(request: HttpRequest, thing: Ref) -> None:
    _add(request, FOLLOWED, thing)


def unfollow(request: HttpRequest, thing: Ref) -> None:
    """Neither the device nor the person follows it any more."""
    for capability in capabilities():
        if capability.let_go:
            capability.let_go(request, FOLLOWED, thing)
    request.session[FOLLOWED] = [text for text in request.session.get(FOLLOWED, []) if text != str(thing)]


def followed_by(request: HttpRequest) -> frozenset[Ref]:
    return _read(request, FOLLOWED)


def forget(request: HttpRequest) -> None:
    """The device holds and follows nothing any more."""
    request.session.pop(HELD, None)
    request.session.pop(FOLLOWED, None)


def _add(request: HttpRequest, which: str, thing: Ref) -> None:
    if any(capability.keep(request, which, thing) for capability in capabilities() if capability.keep):
        return
    others = [text for text in request.session.get(which, []) if text != str(thing)]
    request.session[which] = [*others, str(thing)][-_MOST:]


def _read(request: HttpRequest, which: str) -> frozenset[Ref]:
    return frozenset(Ref.parse(text) for text in request.session.get(which, []))
