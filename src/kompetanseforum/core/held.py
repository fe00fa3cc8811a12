"""What a device holds and what it follows: Refs kept in its session.

To hold a thing is to have come by its personal link, and opens it; to follow one only keeps it on one's own page.
"""

from __future__ import annotations

from django.http import HttpRequest

from kompetanse.refs import Ref

_HELD, _FOLLOWED = "held", "followed"
# A device that has more has its oldest ones by link only.
_MOST = 100


def hold(request: HttpRequest, thing: Ref) -> None:
    """From now on this device holds it."""
    _add(request, _HELD, thing)


def held_by(request: HttpRequest) -> frozenset[Ref]:
    return _read(request, _HELD)


def follow(request: HttpRequest, thing: Ref) -> None:
    _add(request, _FOLLOWED, thing)


def unfollow(request: HttpRequest, thing: Ref) -> None:
    request.session[_FOLLOWED] = [text for text in request.session.get(_FOLLOWED, []) if text != str(thing)]


def followed_by(request: HttpRequest) -> frozenset[Ref]:
    return _read(request, _FOLLOWED)


def forget(request: HttpRequest) -> None:
    """The device holds and follows nothing any more."""
    request.session.pop(_HELD, None)
    request.session.pop(_FOLLOWED, None)


def _add(request: HttpRequest, which: str, thing: Ref) -> None:
    others = [text for text in request.session.get(which, []) if text != str(thing)]
    request.session[which] = [*others, str(thing)][-_MOST:]


def _read(request: HttpRequest, which: str) -> frozenset[Ref]:
    return frozenset(Ref.parse(text) for text in request.session.get(which, []))
