"""Who asks the API, how often, and whether they may: before an operation runs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from kompetanseforum.api.actions import note_use
from kompetanseforum.api.queries.tokens import token_by_secret
from kompetanseforum.api.rules import (
    MOST_BY_NETWORK,
    MOST_BY_TOKEN,
    MOST_WRONG_TOKENS,
    SECONDS,
    WRONG_TOKENS_SECONDS,
)
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import Viewer, require
from kompetanseforum.core.refs import ref

# Any: an operation takes what its own signature says and gives one of the shapes it declares.
Operation = Callable[..., Any]


class BearerToken(HttpBearer):
    """With a token one asks as the system it was made for, and as nobody else: what a cookie says is left aside.

    Without one, one asks as on the pages. With `permission` that is asked for too, before anything sent is read.
    """

    def __init__(self, *, permission: str = "") -> None:
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> bool:
        asking: Request = request  # type: ignore[assignment] # core.middleware.viewer has been here
        if self.header in request.headers:
            if not super().__call__(request):
                return False
        else:
            limit(asking.viewer.network, "api", most=MOST_BY_NETWORK, per_seconds=SECONDS)
        if self.permission and asking.viewer.token is None:
            return False
        if self.permission:
            require(asking.viewer, self.permission)
        return True

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        asking: Request = request  # type: ignore[assignment]
        network = asking.viewer.network
        known = token_by_secret(token)
        if known is None:
            limit(network, "api.wrong_token", most=MOST_WRONG_TOKENS, per_seconds=WRONG_TOKENS_SECONDS)
            return False
        limit(str(ref(known)), "api", most=MOST_BY_TOKEN, per_seconds=SECONDS)
        asking.viewer = Viewer(network=network, token=ref(known), scopes=frozenset(known.scopes))
        note_use(known)
        return True


def asks(name: str, *, of: Callable[..., object] | None = None) -> Callable[[Operation], Operation]:
    """Declare an operation's permission, as `core.permissions.requires` does for a page.

    `of` turns those of the operation's values that it names into the object it is about (raising Http404); the
    operation gets that as `about`.
    """

    def declare(operation: Operation) -> Operation:
        naming = inspect.signature(of, eval_str=True).parameters if of else {}

        @wraps(operation)
        def asking(request: Request, **values: Any) -> Any:
            found = {"about": of(**{each: values.pop(each) for each in naming})} if of else {}
            require(request.viewer, name, found.get("about"))
            return operation(request, **found, **values)

        asking.permission = name  # type: ignore[attr-defined]
        asking.__signature__ = _as_asked(operation, naming)  # type: ignore[attr-defined]
        return asking

    return declare


def _as_asked(operation: Operation, naming: Any) -> inspect.Signature:  # Any: the parameters' own mapping type
    """What a caller gives: the values that name the object instead of the object."""
    own = inspect.signature(operation, eval_str=True)
    request, *rest = (each for each in own.parameters.values() if each.name != "about")
    named = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in naming.values()]
    others = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in rest]
    return own.replace(parameters=[request, *named, *others])
