"""How often one network may do a thing: for open forms and for guessing at secrets."""

from __future__ import annotations

import hashlib
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from kompetanseforum.core import clock


class TooMany(Exception):
    """Asked too often; carries the seconds until it may be tried again."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(wait_seconds)
        self.wait_seconds = wait_seconds


def network_of(request: HttpRequest) -> str:
    """The caller's IPv4 address or IPv6 /64, hashed with the forum's secret.

    A household or a phone owns a whole /64, so counting single IPv6 addresses counts nothing.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        address = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else address
    return hidden(_network(address))


def hidden(text: str) -> str:
    """An address as a key to count by: the same each time, and it tells nobody who it was."""
    return hashlib.blake2b(text.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def count(network: str, action: str, *, per_seconds: int, once: str = "") -> int:
    """Note one more `action` from the network; returns how many there are in this window.

    What comes again with the same `once` (a form sent twice) is the same action and is not noted again.
    """
    window = int(clock.now().timestamp()) // per_seconds
    key = f"limit:{action}:{network}:{window}"
    # What a form says of itself may be anything, and a cache takes only plain keys.
    if once and not cache.add(f"limit:{action}:{network}:once:{hidden(once)}", 1, timeout=per_seconds):
        return int(cache.get(key, 1))
    if cache.add(key, 1, timeout=per_seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the window closed between the two lines
        return 1


def refuse_after(key: str, action: str, *, most: int, per_seconds: int) -> None:
    """Raise TooMany when `action` has been noted (by `count`) `most` times in this window; notes nothing itself."""
    if not settings.LIMITS_ARE_ON:
        return
    now = int(clock.now().timestamp())
    if int(cache.get(f"limit:{action}:{key}:{now // per_seconds}", 0)) >= most:
        raise TooMany(per_seconds - now % per_seconds)


def limit(network: str, action: str, *, most: int, per_seconds: int) -> None:
    """Raise TooMany when the network has done `action` more than `most` times in this window."""
    if not settings.LIMITS_ARE_ON:
        return
    if count(network, action, per_seconds=per_seconds) > most:
        now = int(clock.now().timestamp())
        raise TooMany(per_seconds - now % per_seconds)
