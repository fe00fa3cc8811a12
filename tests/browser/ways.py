"""The way to every page: found by following links and forms as each visitor, so that a new page is found too."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import BrowserContext

from tests.architecture.doors import FOREIGN, routes
from tests.browser.people import People

VISITORS = ("stranger", "voicer", "coordinator")
# What only programs ask is no page.
ROUTES = sorted({route.name for route in routes() if not route.is_operation} - set(FOREIGN))

# Addresses followed per route and visitor: enough to meet a need that is open and one that is not.
_FOLLOWED = 2
_LINK = re.compile(r"""\b(?:href|action|hx-get|hx-post|data-hear)="([^"]+)\"""")


@dataclass(frozen=True, slots=True)
class Way:
    """How a page is come to, and what it answers."""

    who: str
    address: str
    status: int
    content_type: str

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html")

    @property
    def is_only_posted_to(self) -> bool:
        return self.status == 405


@dataclass(slots=True)
class Ways:
    """By route; the one with the least rights that opens it stands first."""

    people: People
    # Asked for once: an address is the same in every language.
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _by_route: dict[str, list[Way]] = field(default_factory=dict)
    _arguments: dict[str, dict[str, list[dict[str, object]]]] = field(default_factory=dict)

    def to(self, route: str) -> Way | None:
        if not self._by_route:
            self._follow_all()
        found = self._by_route.get(route, [])
        if not found:
            self._by_route[route] = found = [way for way in [next(self._guessed(route), None)] if way]
        return found[0] if found else None

    def _follow_all(self) -> None:
        # The coordinator last: all that others have left behind is on the desk then.
        self._contexts = {who: self.people.context_of(who) for who in VISITORS}
        for who in VISITORS:
            self._follow(who, [*_without_arguments(), *self.people.known.values()])

    def _follow(self, who: str, starts: list[str]) -> None:
        waiting, seen, counts = list(starts), set(starts), dict.fromkeys(ROUTES, 0)
        while waiting:
            address = waiting.pop(0)
            route = _route_of(address)
            if route not in counts or counts[route] >= _FOLLOWED or self._leads_nowhere(route):
                continue
            counts[route] += 1
            way, text = self._ask(who, address)
            if way.status in (200, 405):
                self._by_route.setdefault(route, []).append(way)
                self._remember(route, address)
            for link in _LINK.findall(text):
                target = urlsplit(html.unescape(link)).path
                if target.startswith("/") and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def _leads_nowhere(self, route: str) -> bool:
        """A file, or an address that is only posted to: it was asked once, and has no links."""
        return any(not way.is_page or way.is_only_posted_to for way in self._by_route.get(route, []))

    def _ask(self, who: str, address: str) -> tuple[Way, str]:
        answer = self._contexts[who].request.get(self.people.address + address, max_redirects=0)
        way = Way(who, address, answer.status, answer.headers.get("content-type", ""))
        return way, answer.text() if way.is_page and way.status == 200 else ""

    def _remember(self, route: str, address: str) -> None:
        given = resolve(address.partition("?")[0]).captured_kwargs
        if given:
            self._arguments.setdefault(route.partition(":")[0], {}).setdefault(route, []).append(given)

    def _guessed(self, route: str) -> Iterator[Way]:
        """No link leads there now (a button that stands only after another): try what its neighbours are about."""
        for known in self._arguments.get(route.partition(":")[0], {}).values():
            for given in known:
                try:
                    address = reverse(route, kwargs=given)
                except NoReverseMatch:
                    break
                for who in VISITORS:
                    way, _text = self._ask(who, address)
                    if way.status in (200, 405):
                        yield way


def _without_arguments() -> list[str]:
    found = []
    for name in ROUTES:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


def _route_of(path: str) -> str | None:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return None
