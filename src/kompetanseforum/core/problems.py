"""What a program is told when something is wrong: problem+json (RFC 9457), in the language it asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

# Under this address programs ask; everywhere else people do.
PROGRAMS = "/api/"
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in what was sent that is not as it should be, and where it stands: `query.state`, `body.words`."""

    where: str
    words: str


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(PROGRAMS)


def problem(
    status: int, title: str, *, detail: str = "", faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    content: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    content |= {"detail": detail} if detail else {}
    content |= {"errors": [asdict(fault) for fault in faults]} if faults else {}
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def bad_request() -> HttpResponse:
    return problem(400, _("We did not understand that"), detail=_("Something in what was sent cannot be read."))


def forbidden() -> HttpResponse:
    return problem(403, _("This is not open to you"))


def not_found() -> HttpResponse:
    return problem(404, _("There is nothing here"), detail=_("It may be gone, or the address may be mistyped."))


def too_many(wait_seconds: int) -> HttpResponse:
    detail = _("Try again in %(seconds)s seconds.") % {"seconds": wait_seconds}
    return problem(429, _("Too many requests"), detail=detail, headers={"Retry-After": str(wait_seconds)})


def server_error() -> HttpResponse:
    return problem(500, _("Something went wrong here"), detail=_("It is not your fault. Try again in a while."))
