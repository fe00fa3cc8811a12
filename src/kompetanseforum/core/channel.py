"""What processes tell each other through Redis. Loaded where there are several: one alone tells nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import redis
import redis.asyncio

CHANNEL = "forum-live"

_connections: dict[str, redis.Redis] = {}


class NoWord(Exception):
    """Redis does not answer."""


def tell_others(address: str, told: Sequence[tuple[str, int]]) -> None:
    """Each topic with its number, in one message to Redis. Raises NoWord."""
    if address not in _connections:
        _connections[address] = redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=2)
    try:
        with _connections[address].pipeline(transaction=False) as together:
            for topic, number in told:
                together.publish(CHANNEL, f"{topic} {number}")
            together.execute()
    except redis.RedisError as error:
        raise NoWord from error


async def hear_others(address: str, *, begun: Callable[[], Awaitable[None]], tell: Callable[[str, int], None]) -> None:
    """Tell of each topic and its number, once `begun` was waited for, until Redis is away. Raises NoWord."""
    try:
        client = redis.asyncio.Redis.from_url(address, socket_timeout=None)
        async with client.pubsub(ignore_subscribe_messages=True) as heard:
            await heard.subscribe(CHANNEL)
            await begun()
            async for message in heard.listen():
                topic, _, number = message["data"].decode().rpartition(" ")
                tell(topic, int(number))
    except (redis.RedisError, OSError, ValueError) as error:
        raise NoWord from error
