"""Whom we ask, how patiently, and what they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise

from kompetanseforum.core.outgoing.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Source:
    """A service outside: its name on pages, where it is, and the setting by which an operator moves it."""

    name: str | Promise
    base_url: str
    setting: str
    # Other hosts it may send us on to, as https://host.
    also: tuple[str, ...] = ()

    @property
    def moved_to(self) -> str:
        return str(settings.SOURCE_URLS.get(self.setting, "")).rstrip("/")

    @property
    def address(self) -> str:
        return self.moved_to or self.base_url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how much we put up with."""

    # For a connection, and for the next bytes.
    timeout_seconds: float = 10
    # For the whole of one answer.
    deadline_seconds: float = 60
    most_bytes: int = 16 * 1024 * 1024
    attempts: int = 3
    # One who asks for a longer rest is asked by a later job.
    longest_wait_seconds: float = 30
    back_off_seconds: float = 0.5


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the source called this version: sent back, it answers only when there is a newer one."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx, or 304 when what we have is the newest."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304

    @property
    def stamp(self) -> Stamp:
        return Stamp(etag=self.headers.get("ETag", ""), modified=self.headers.get("Last-Modified", ""))

    def json(self) -> Any:  # Any: what another machine says is checked by the client that asked
        """Raises Unreadable when it is something else."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Unreadable(host_of(self.url), f"not JSON: {error}") from error


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""
