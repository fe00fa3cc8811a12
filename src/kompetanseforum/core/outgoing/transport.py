"""The door itself: only to the hosts it was given, to public addresses, within bounds."""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from kompetanseforum.core import clock
from kompetanseforum.core.outgoing.errors import Busy, Gone, Missing, NotAllowed, Refused, Unreachable, Unreadable
from kompetanseforum.core.outgoing.sources import Answer, Bounds, Source, Stamp, host_of

log = logging.getLogger(__name__)

_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_TRY_AGAIN = (429, 500, 502, 503, 504)
_PIECE_BYTES = 64 * 1024
_DEFAULT_PORTS = {"https": 443, "http": 80}
# Their last 32 bits are an IPv4 address that a gateway goes on to.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class _Place:
    """Scheme, host and port: what is allowed or not."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> _Place:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise NotAllowed("", str(error)) from error
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.username or parts.password:
            raise NotAllowed(parts.hostname or "", "not a plain web address")
        return cls(parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme])

    @property
    def header(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _DEFAULT_PORTS[self.scheme] else f"{shown}:{self.port}"


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None


class Transport:
    """Asks the hosts it was given, and no other; keeps its connections open for as long as it lives.

    `hosts` None is for addresses that people give (webhooks): any public one over https. `inside` opens for
    private addresses, and for http: only for what the operator has set.
    """

    def __init__(
        self,
        *,
        hosts: tuple[str, ...] | None,
        inside: bool = False,
        bounds: Bounds | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allowed = None if hosts is None else frozenset(_Place.of(host) for host in hosts)
        self._inside = inside
        self._bounds = bounds or Bounds()
        self._sleep = sleep
        self._pools: dict[_Place, list[urllib3.HTTPConnectionPool]] = {}

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        known: Stamp | None = None,
    ) -> Answer:
        """The answer, in memory. Raises an OutgoingError."""
        sink = BytesIO()
        return replace(self._try(_question(url, params, headers, known), sink, self._bounds), body=sink.getvalue())

    def download(
        self,
        url: str,
        *,
        to: BinaryIO,
        most_bytes: int,
        deadline_seconds: float = 3600,
        headers: Mapping[str, str] | None = None,
        known: Stamp | None = None,
    ) -> Answer:
        """The answer's body goes to the file as it comes. Raises an OutgoingError, and then the file is in pieces."""
        bounds = replace(self._bounds, most_bytes=most_bytes, deadline_seconds=deadline_seconds)
        return self._try(_question(url, None, headers, known), to, bounds)

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Sent once: tried again only when no connection came about. Raises an OutgoingError."""
        sink = BytesIO()
        return replace(self._try(_Question("POST", url, headers, body), sink, self._bounds), body=sink.getvalue())

    def _try(self, question: _Question, sink: BinaryIO, bounds: Bounds) -> Answer:
        start = sink.tell()
        for attempt in range(bounds.attempts):
            try:
                return self._follow(question, sink, bounds, attempt)
            except (Unreachable, Busy) as error:
                wait = _rest(error, question, bounds, attempt)
                log.warning("%s: %r", question.url.partition("?")[0], error)
                if wait is None:
                    raise
                self._sleep(wait)
                sink.seek(start)
                sink.truncate()
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, question: _Question, sink: BinaryIO, bounds: Bounds, attempt: int) -> Answer:
        for _redirect in range(_MOST_REDIRECTS + 1):
            answer = self._ask(question, sink, bounds, attempt)
            if answer.status not in _REDIRECTS:
                return answer
            target = urljoin(question.url, answer.headers.get("Location", ""))
            if question.method != "GET":
                raise NotAllowed(host_of(target), "led elsewhere")
            question = replace(question, url=target)
        raise NotAllowed(host_of(question.url), "led on and on")

    def _ask(self, question: _Question, sink: BinaryIO, bounds: Bounds, attempt: int) -> Answer:
        place = _Place.of(question.url)
        pools = self._pools_at(place)
        # Each try goes to the next of its addresses: one of them may be down, or IPv6 blind.
        pool = pools[attempt % len(pools)]
        try:
            response = pool.urlopen(
                question.method,
                _target(question.url),
                body=question.body,
                headers={"Host": place.header, "User-Agent": _user_agent(), **question.headers},
                timeout=urllib3.Timeout(connect=bounds.timeout_seconds, read=bounds.timeout_seconds),
                redirect=False,
                retries=False,
                assert_same_host=False,
                preload_content=False,
            )
            try:
                return _read(question.url, response, sink, bounds)
            finally:
                response.close()
        except HTTPError as error:
            was_sent = not isinstance(error, (NewConnectionError, ConnectTimeoutError))
            raise Unreachable(place.host, repr(error), was_sent=was_sent) from error

    def _pools_at(self, place: _Place) -> list[urllib3.HTTPConnectionPool]:
        """Connections to the addresses as they were when they were checked; a name that changes later changes nothing."""
        if self._allowed is not None and place not in self._allowed:
            raise NotAllowed(place.host, "not declared")
        if place.scheme != "https" and not self._inside:
            raise NotAllowed(place.host, "not over https")
        if place not in self._pools:
            addresses = list(_addresses(place))
            if not self._inside and not all(_is_public(address) for address in addresses):
                raise NotAllowed(place.host, "inside the house")
            self._pools[place] = [_pool(place, address) for address in addresses]
        return self._pools[place]


def transport_to(source: Source, *, bounds: Bounds | None = None) -> Transport:
    """The way to a declared source. One that the operator has moved may lie inside the house."""
    hosts = (source.moved_to,) if source.moved_to else (source.base_url, *source.also)
    return Transport(hosts=hosts, inside=bool(source.moved_to), bounds=bounds)


def _question(
    url: str, params: Mapping[str, str | int] | None, headers: Mapping[str, str] | None, known: Stamp | None
) -> _Question:
    asked = f"{url}?{urlencode(params)}" if params else url
    return _Question("GET", asked, {**(headers or {}), **(known.headers if known else {})})


def _read(url: str, response: urllib3.BaseHTTPResponse, sink: BinaryIO, bounds: Bounds) -> Answer:
    """The answer, its body in the sink. Raises what its status says."""
    host, until = host_of(url), time.monotonic() + bounds.deadline_seconds
    if response.status in _TRY_AGAIN:
        raise Busy(host, str(response.status), wait_seconds=_retry_after(response.headers.get("Retry-After", "")))
    if response.status >= 400:
        kind = {404: Missing, 410: Gone}.get(response.status, Refused)
        raise kind(host, str(response.status), status=response.status)
    read = 0
    while response.status not in _REDIRECTS and (piece := response.read1(_PIECE_BYTES, decode_content=True)):
        read += len(piece)
        if read > bounds.most_bytes:
            raise Unreadable(host, f"more than {bounds.most_bytes} bytes")
        if time.monotonic() > until:
            raise Unreachable(host, f"not done in {bounds.deadline_seconds} s")
        sink.write(piece)
    return Answer(url=url, status=response.status, headers=response.headers, body=b"", at=clock.now())


def _rest(error: Unreachable | Busy, question: _Question, bounds: Bounds, attempt: int) -> float | None:
    """Seconds until the next try; None when there is none."""
    if attempt + 1 == bounds.attempts:
        return None
    if question.method != "GET" and (isinstance(error, Busy) or error.was_sent):
        return None
    asked_for = error.wait_seconds if isinstance(error, Busy) else None
    wait = bounds.back_off_seconds * 2**attempt if asked_for is None else asked_for
    return wait if wait <= bounds.longest_wait_seconds else None


def _retry_after(value: str) -> float | None:
    """Seconds, however it is written."""
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return None


def _addresses(place: _Place) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(place.host, repr(error), was_sent=False) from error
    yield from dict.fromkeys(str(address[0]) for *_rest_of_it, address in found)


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in _NAT64:
            parsed = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        else:
            parsed = parsed.ipv4_mapped or parsed.sixtofour or parsed
    return parsed.is_global and not parsed.is_multicast


def _pool(place: _Place, address: str) -> urllib3.HTTPConnectionPool:
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(address, place.port)
    return urllib3.HTTPSConnectionPool(address, place.port, server_hostname=place.host, assert_hostname=place.host)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _user_agent() -> str:
    """Who asks, so that whoever minds can find us."""
    return f"Kompetanseforum (+{settings.ADDRESS})" if settings.ADDRESS else "Kompetanseforum"
