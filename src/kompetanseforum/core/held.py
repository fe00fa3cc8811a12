"""What a device holds: the Refs whose personal links it has come by, and those it follows, kept in its session."""

from __future__ import annotations

from django.http import HttpRequest

from kompetanse.refs import Ref

_HELD = "held"
# A device that has more has its oldest ones by link only.
_MOST_HELD = 100


def hold(request: HttpRequest, thing: Ref) -> None:
    """From now on this device holds it."""
    others = [text for text in request.session.get(_HELD, []) if text != str(thing)]
    request.session[_HELD] = [*others, str(thing)][-_MOST_HELD:]


def held_by(request: HttpRequest) -> frozenset[Ref]:
    return frozenset(Ref.parse(text) for text in request.session.get(_HELD, []))


def let_go(request: HttpRequest, thing: Ref) -> None:
    """The device holds it no more."""
    request.session[_HELD] = [text for text in request.session.get(_HELD, []) if text != str(thing)]


def forget(request: HttpRequest) -> None:
    """The device holds nothing any more."""
    request.session.pop(_HELD, None)
