"""Redis as the forum's memory: a process has its connections, not each request; while it is away nobody waits for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache.backends.redis import RedisCache

from kompetanseforum.core.cache import ForgivingRedisCache
from tests.faults.services import Service, own_redis

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is not installed here")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with own_redis(tmp_path) as one:
        yield one


def _connections(service: Service) -> int:
    """Beside the one that asks."""
    return int(redis.Redis.from_url(service.url).info("clients")["connected_clients"]) - 1  # type: ignore[index,arg-type]


def _answer_requests(service: Service, kind: type[RedisCache], *, many: int) -> list[Any]:
    """Django makes a cache anew for each request; all of them are still there."""
    made = [kind(service.url, {"OPTIONS": {"socket_timeout": 2}}) for _ in range(many)]
    for number, cache in enumerate(made):
        copy_context().run(cache.set, f"asked-{number}", number)
    return made


def test_twenty_requests_share_a_connection(service: Service):
    before = _connections(service)
    made = _answer_requests(service, ForgivingRedisCache, many=20)
    assert [cache.get("asked-7") for cache in made] == [7] * 20
    assert _connections(service) - before == 1
    # As it is without.
    others = _answer_requests(service, RedisCache, many=20)
    assert (len(others), _connections(service) - before) == (20, 21)


def test_what_was_remembered_is_forgotten_when_it_falls_and_it_is_asked_again_when_it_is_back(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kompetanseforum.core.cache.SECONDS_LEFT_ALONE", 0.0)
    [cache] = _answer_requests(service, ForgivingRedisCache, many=1)
    assert cache.get("asked-0") == 0
    service.kill()
    assert (cache.get("asked-0", "nothing"), cache.add("x", 1), cache.delete("x")) == ("nothing", True, False)
    with pytest.raises(ValueError, match="nothing is remembered"):
        cache.incr("x")
    service.start()
    cache.set("asked-0", 5)
    assert cache.get("asked-0") == 5
