"""What is asked for again and again: kept until something happens in the forum, or while one page is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b
from secrets import token_hex
from threading import Lock
from typing import TypeVar, cast

from django.core.cache import cache, caches
from django.db import connection
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import newest_fact, only_added_since
from kompetanseforum.core.permissions import Viewer

# On PostgreSQL a fact with a lower number may be kept after one with a higher; so long may a count lag behind it.
SECONDS_KEPT = 60
# So long one waits for another who counts the same.
SECONDS_WAITED = 5
# While a process makes so many pages, it gives others the page that strangers saw a moment ago.
CROWD = 2
_NEWEST = "newest fact"

CountT = TypeVar("CountT")

_being_counted: dict[str, Lock] = {}
_pages_being_made: set[str] = set()
_this_page: ContextVar[dict[Hashable, object] | None] = ContextVar("this_page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Inside the block a page is made, which changes nothing: what it asks twice is asked once."""
    token = _this_page.set({})
    try:
        yield
    finally:
        _this_page.reset(token)


def once_a_page(question: str, ask: Callable[[], CountT]) -> CountT:
    """What `ask` gives; while a page is made, what it gave the first time."""
    known = _this_page.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return cast(CountT, known[question])


def read_once(
    kind: Hashable, ids: Iterable[str], read: Callable[[list[str]], Mapping[str, CountT]]
) -> dict[str, CountT]:
    """The things of a kind with these ids that `read` finds; while a page is made, what one part of it has read is
    not read again for another. `kind` names all that the reading depends on besides the ids.
    """
    wanted, known = list(dict.fromkeys(ids)), _read_already(kind)
    if missing := [one for one in wanted if one not in known]:
        # What is not found is not looked for again.
        known |= dict.fromkeys(missing) | dict(read(missing))
    return {one: cast(CountT, known[one]) for one in wanted if known[one] is not None}


def note_newest_fact(number: int) -> None:
    """Read with something else that the page asks for anyway, so that `until_next_fact` need not ask."""
    known = _this_page.get()
    if known is not None:
        known.setdefault(_NEWEST, number)


def keep_read(kind: Hashable, things: Mapping[str, object]) -> None:
    """Read already, for `read_once`: until the page is made."""
    _read_already(kind).update(things)


def _read_already(kind: Hashable) -> dict[str, object]:
    """Outside a page nothing is kept."""
    known = _this_page.get()
    return {} if known is None else cast(dict[str, object], known.setdefault(("read", kind), {}))


def until_next_fact(question: str, count: Callable[[], CountT]) -> CountT:
    """What `count` gives, from memory when the same was asked a moment ago and nothing has happened since.

    `question` names all that the count depends on besides the tables and the day: filters, language, who asks.
    Inside a transaction it is counted anew: what is not yet kept for good must not stay in memory.
    """
    if connection.in_atomic_block:
        return count()
    key = _key(f"{_newest()}:{question}")
    known: CountT | None = caches["counted"].get(key)
    return _count_alone(key, count) if known is None else known


def as_strangers_see_it(question: str, make: Callable[[], CountT]) -> CountT:
    """As `until_next_fact`. But when something has just happened and many pages are made anew, others who come are
    given what was made a moment ago, at most `SECONDS_KEPT` old, unless something was taken back since: a thousand
    readers are not kept waiting because a firm has said something.
    """
    if connection.in_atomic_block:
        return make()
    newest = _newest()
    key, earlier = _key(f"{newest}:{question}"), _key(f"earlier:{question}")
    kept = caches["counted"]
    known: CountT | None = kept.get(key)
    if known is not None:
        return known
    if len(_pages_being_made) >= CROWD:
        number, its_key = kept.get(earlier) or (newest, "")
        page: CountT | None = kept.get(its_key)
        if page is not None and only_added_since(number):
            return page
    _pages_being_made.add(key)
    try:
        known = _count_alone(key, make)
    finally:
        _pages_being_made.discard(key)
    kept.set(earlier, (newest, key), timeout=SECONDS_KEPT)
    return known


def _newest() -> int:
    return once_a_page(_NEWEST, newest_fact)


def _key(moment: str) -> str:
    return "counted:" + blake2b(f"{clock.today()}:{moment}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def _count_alone(key: str, count: Callable[[], CountT]) -> CountT:
    """When something has happened, all who read ask anew in the same moment: the first one counts, the others wait for it."""
    kept = caches["counted"]
    with _alone_with(key):
        known: CountT | None = kept.get(key)
        if known is None:
            known = count()
            # A form's token is one reader's own.
            if not (isinstance(known, str) and "csrfmiddlewaretoken" in known):
                kept.set(key, known, timeout=SECONDS_KEPT)
    return known


@contextmanager
def _alone_with(key: str) -> Iterator[None]:
    """One thread at a time counts what `key` names. Whoever has waited long counts it too: a slow one holds up nobody."""
    turn = _being_counted.setdefault(key, Lock())
    is_mine = turn.acquire(timeout=SECONDS_WAITED)
    try:
        yield
    finally:
        if is_mine:
            # Whoever waits has the lock already; who comes later finds what was kept.
            _being_counted.pop(key, None)
            turn.release()


def same_for_alike(viewer: Viewer, question: str, render: Callable[[], SafeString]) -> SafeString:
    """A part of a page. All who come without a name, a role, a link or something they follow see the same; whoever
    has signed in sees what they saw a moment ago, until something happens or they do something themselves.
    """
    who = _alike(viewer)
    if who is None:
        return render()
    return mark_safe(until_next_fact(f"{question}:{get_language()}{who}", render))  # noqa: S308 it was rendered


def _alike(viewer: Viewer) -> str | None:
    if viewer.is_stranger:
        return None if viewer.follows else ""
    if viewer.person is None:
        return None
    known = sorted([*viewer.roles, *map(str, viewer.holds), "follows", *map(str, viewer.follows)])
    return f":{viewer.person}:{known}:{cache.get(_written_by(viewer.person), 0)}"


def has_written(person: Ref) -> None:
    """What this person saw is not what they see now; not everything one does is a fact."""
    # Longer than any part is kept, so that none from before comes back.
    cache.set(_written_by(person), token_hex(8), timeout=2 * SECONDS_KEPT)


def _written_by(person: Ref) -> str:
    return f"written:{person}"
