"""What went wrong in a question, in the language it asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kompetanseforum.core import problems
from kompetanseforum.core.limits import TooMany
from kompetanseforum.core.problems import Fault, problem


class Wrong(Exception):
    """What was sent can be read, but is not as it should be."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def connect(interface: NinjaAPI) -> None:
    """Every answer that is not what was asked for is a problem."""
    interface.exception_handler(Wrong)(_wrong_here)
    interface.exception_handler(ValidationError)(_wrong_form)
    interface.exception_handler(TooMany)(_too_many)
    interface.exception_handler(AuthenticationError)(_unknown)
    interface.exception_handler(Http404)(lambda _request, _error: problems.not_found())
    interface.exception_handler(PermissionDenied)(lambda _request, _error: problems.forbidden())
    # Ninja's own: a body that is no JSON.
    interface.exception_handler(HttpError)(lambda _request, _error: problems.bad_request())


def _wrong_here(_request: HttpRequest, error: Wrong) -> HttpResponse:
    return _wrong(*error.faults)


def _wrong_form(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _wrong(*map(_fault, error.errors))


def _too_many(_request: HttpRequest, error: TooMany) -> HttpResponse:
    return problems.too_many(error.wait_seconds)


def _wrong(*faults: Fault) -> HttpResponse:
    return problem(422, _("Something in the question is not as it should be"), faults=faults)


def _unknown(request: HttpRequest, _error: object) -> HttpResponse:
    detail = (
        _("The token is not known, or its time is over. A coordinator of the forum can make a new one.")
        if "Authorization" in request.headers
        else _("This takes a token. A coordinator of the forum can make one.")
    )
    return problem(401, _("We do not know who asks"), detail=detail, headers={"WWW-Authenticate": "Bearer"})


# Any: pydantic's own description of an error.
def _fault(error: Mapping[str, Any]) -> Fault:
    source, *path = error["loc"]
    # The second part is the name that the operation itself has for all of it.
    named = path[1:] if len(path) > 1 and source in ("query", "body") else path
    return Fault(where=".".join(str(part) for part in (source, *named)), words=_words(error))


def _words(error: Mapping[str, Any]) -> str:
    """Of pydantic's many sorts of error, those that our questions can give."""
    known: dict[str, str] = {
        "missing": _("This must be there."),
        "enum": _("Choose one of: %(expected)s."),
        "literal_error": _("Choose one of: %(expected)s."),
        "greater_than_equal": _("Not less than %(ge)s."),
        "less_than_equal": _("Not more than %(le)s."),
        "string_too_long": _("Too long: at most %(max_length)s."),
        "too_long": _("Too long: at most %(max_length)s."),
        "string_too_short": _("Too short: at least %(min_length)s."),
        "int_parsing": _("Write a whole number."),
        "int_type": _("Write a whole number."),
        "int_from_float": _("Write a whole number."),
        "bool_parsing": _("Write true or false."),
        "bool_type": _("Write true or false."),
        "string_pattern_mismatch": _("This is not how it is written."),
    }
    words = known.get(error["type"], _("This cannot be read."))
    return str(words % error.get("ctx", {}))
