"""The door for sockets in front of Django: who comes, whether they may, and to which capability."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host

from kompetanseforum.core.bodies import App, Receive, Scope, Send
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.held import followed_by, held_by
from kompetanseforum.core.limits import network_of
from kompetanseforum.core.live import Caller, SocketDoor
from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.core.wire import EXTENSION, Wire

log = logging.getLogger(__name__)

# Why a socket is closed.
NOT_ALLOWED = 4403


def with_sockets(app: App) -> App:
    """The application, with the sockets of all manifests in front of it."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await _answer(scope, receive, send)
        else:
            await app(scope, receive, send)

    return door


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    found = _find(scope["path"])
    wire = scope.get("extensions", {}).get(EXTENSION)
    if wire is None:
        # Another web server than `kompetanseforum serve` starts: pages ask every three seconds instead.
        log.warning("sockets are refused: this web server has no wire to them")
    if found is None or wire is None or not _is_from_here(scope):
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
        return
    door, arguments = found
    about, caller = await asyncio.to_thread(_recognise, scope, door, arguments, wire)
    if about is None:
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
        return
    await door.serve(about, caller, receive, send)


def _find(path: str) -> tuple[SocketDoor, dict[str, str]] | None:
    for capability in capabilities():
        for door in capability.sockets:
            pattern = re.sub(r"<(\w+)>", r"(?P<\1>[0-9a-z]+)", door.path)
            if match := re.fullmatch(f"/{pattern}", path):
                return door, match.groupdict()
    return None


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _is_from_here(scope: Scope) -> bool:
    """A browser says which page opens the socket; another site's would come with our visitor's cookies."""
    headers = _headers(scope)
    host = headers.get("host", "")
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _recognise(
    scope: Scope, door: SocketDoor, arguments: Mapping[str, str], wire: Wire
) -> tuple[object | None, Caller]:
    """The object and the one who asks for it; no object when it is not there or not for them."""
    try:
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        caller = Caller(viewer=viewer_of(scope), arguments=arguments, query=query, wire=wire)
        about = door.of(**arguments)
        if about is not None and door.permission and not may(caller.viewer, door.permission, about):
            about = None
        return about, caller
    finally:
        close_old_connections()


def viewer_of(scope: Scope) -> Viewer:
    """The same Viewer as a page would see, from the socket's cookies."""
    headers = _headers(scope)
    request: Any = HttpRequest()  # Any: the middleware's attributes are put on it here
    request.COOKIES = parse_cookie(headers.get("cookie", ""))
    client = scope.get("client")
    request.META = {"REMOTE_ADDR": client[0] if client else ""}
    if forwarded := headers.get("x-forwarded-for"):
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    who = Viewer(network=network_of(request), holds=held_by(request), follows=followed_by(request))
    for capability in capabilities():
        if capability.recognise:
            who = capability.recognise(request, who)
    return who
