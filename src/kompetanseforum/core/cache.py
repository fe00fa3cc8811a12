"""Redis as the forum's memory; while it is away the forum forgets, and goes on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar  # Any: what is remembered is whatever was given

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

log = logging.getLogger(__name__)

# So long nobody waits for it again after it did not answer.
SECONDS_LEFT_ALONE = 2.0

AnswerT = TypeVar("AnswerT")


class ForgivingRedisCache(RedisCache):
    """Nothing that must not be lost is kept here, so a Redis that falls stops nobody.

    Meanwhile counts are made anew and limits are not held across requests; what guards a secret besides (a code's own
    wrong tries, a link's length) stands in the database.
    """

    _silent_until = 0.0
    _clients: ClassVar[dict[str, RedisCacheClient]] = {}
    # Django's own, that its types do not tell of.
    _servers: list[str]
    _options: dict[str, Any]
    _class: type[RedisCacheClient]

    @cached_property
    def _cache(self) -> RedisCacheClient:
        """Django makes a cache for each request, and each would have connections of its own; these are the process'."""
        asked = repr((self._servers, sorted(self._options.items())))
        # Two threads at once may each make one; both get the one that was first.
        return self._clients.setdefault(asked, self._class(self._servers, **self._options))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), True)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version=version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version=version), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Raises ValueError where there is nothing to count on, as for a key that is gone."""
        found = self._ask(lambda: super(ForgivingRedisCache, self).incr(key, delta, version=version), None)
        if found is None:
            raise ValueError(f"nothing is remembered of {key!r}")
        return found

    def clear(self) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).clear(), None)

    def _ask(self, question: Callable[[], AnswerT], forgotten: AnswerT) -> AnswerT:
        cls = type(self)
        if time.monotonic() < cls._silent_until:
            return forgotten
        try:
            return question()
        except (NoConnection, NoAnswer) as error:
            cls._silent_until = time.monotonic() + SECONDS_LEFT_ALONE
            log.warning("Redis does not answer, and nothing is remembered meanwhile: %s", error)
            return forgotten
