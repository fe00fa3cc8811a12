"""What every test may ask for: a forum, those who ask in it, a clock that stands still.

Runs on SQLite in memory, or on what KF_DATABASE_URL and KF_REDIS_URL name, with or without xdist.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.http import HttpRequest
from django.template.base import Template
from django.template.context import Context
from django.test import Client, SimpleTestCase
from django.utils import translation
from django.utils.safestring import SafeString
from pytest_django import DjangoDbBlocker

from kompetanse.refs import Ref
from kompetanse.vocabulary import Vocabulary, read_vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.held import hold
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.texts import compile_texts
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.skills.actions import load_vocabulary
from tests.chromium import find_chromium
from tests.ready import SOME_WORDS

# A Monday before noon, in ordinary time.
NOON = datetime(2026, 11, 23, 11, 30, tzinfo=ZoneInfo("Europe/Oslo"))


# How long an example takes depends on what else the machine does; the bench measures time, tests do not.
hypothesis.settings.register_profile("forum", deadline=None)
# `make check` tries fewer of them; it is run before every commit.
hypothesis.settings.register_profile("fast", deadline=None, max_examples=20)
hypothesis.settings.load_profile("forum")


# The run itself


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--tell-left-out", action="store_true", help="list at the end what could not run here, and how to get it"
    )
    parser.addoption(
        "--on-services", action="store_true", help="only what asks the database or Redis; once where cases are alike"
    )


def pytest_configure(config: pytest.Config) -> None:
    # WhiteNoise looks for it at every start, and through every asset where finders are on: each test client is a start.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    django_settings.WHITENOISE_USE_FINDERS = False
    _own_redis_database(os.environ.get("PYTEST_XDIST_WORKER", ""))
    if connection.vendor == "postgresql":
        type(connection.ops).sql_flush = _emptied
    if not hasattr(config, "workerinput"):
        compile_texts()


def _emptied(ops: BaseDatabaseOperations, _style: object, tables: Iterable[str], **_how: object) -> list[str]:
    """Few rows are deleted in a third of the time that PostgreSQL takes to make so many tables anew."""
    return [f"DELETE FROM {ops.quote_name(table)}" for table in tables]


def _own_redis_database(worker: str) -> None:
    """Processes that clear one Redis database between tests would clear each other's."""
    for memory in django_settings.CACHES.values():
        if worker and memory["BACKEND"].endswith("RedisCache"):
            address, _, number = str(memory["LOCATION"]).rpartition("/")
            memory["LOCATION"] = f"{address}/{int(number or 0) + 1 + int(worker.removeprefix('gw'))}"


def test_data() -> Path | None:
    """The folder of real data, when it is here."""
    given = os.environ.get("KF_TEST_DATA")
    return Path(given) if given and Path(given).is_dir() else None


_LONGEST_NAME = 200

# Where Redis is asked by tests without a database: connections, limits, caches, and who is at a board.
_ASK_REDIS = (Path(__file__).parent / "core", Path(__file__).parent / "boards")


def _asks_a_service(item: pytest.Item) -> bool:
    """A function that is given neither answers alike beside any of them."""
    if item.get_closest_marker("once"):
        return False
    asks_database = (
        "django_db_setup" in getattr(item, "fixturenames", ())
        or item.get_closest_marker("django_db") is not None
        or issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    )
    return asks_database or item.path.parent in _ASK_REDIS


def _one_of_those_alike(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Of a test whose cases are `alike`, the first. All of them run on SQLite."""
    seen = set()
    for item in items:
        if item.get_closest_marker("alike"):
            name = item.nodeid.partition("[")[0]
            if name in seen:
                continue
            seen.add(name)
        yield item


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--on-services"):
        kept = list(_one_of_those_alike([item for item in items if _asks_a_service(item)]))
        here = set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item not in here])
        items[:] = kept
    if test_data() is None:
        for item in items:
            if item.get_closest_marker("real_data"):
                item.add_marker(pytest.mark.skip(reason="KF_TEST_DATA is not set"))


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: nobody need look again and again whether it may go."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes make unreadable names, and a zip's hold the time, so two processes would name one test differently; a megabyte is no name."""
    if isinstance(val, bytes):
        return f"{len(val)} bytes"
    return f"{len(val)} letters" if isinstance(val, str) and len(val) > _LONGEST_NAME else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--tell-left-out"):
        left_out = list(_left_out())
        terminalreporter.write_line("")
        terminalreporter.write_line("Left out here:" if left_out else "Nothing was left out.")
        for line in left_out:
            terminalreporter.write_line(f"  {line}")


def _left_out() -> Iterator[str]:
    if find_chromium() is None:
        yield "the browser tests: install Chromium (Debian: apt-get install chromium-headless-shell), or set KF_TEST_CHROMIUM to one"
    if not os.environ.get("KF_DATABASE_URL"):
        yield "PostgreSQL: KF_DATABASE_URL=postgresql://postgres@127.0.0.1/forum make test"
    if not os.environ.get("KF_REDIS_URL"):
        yield "Redis: KF_REDIS_URL=redis://127.0.0.1:6379/8 make test"
    if test_data() is None:
        yield "real data (ESCO, NAV, Udir): KF_TEST_DATA=folder make test"


@pytest.fixture(scope="session", autouse=True)
def _pages_are_only_drawn(django_test_environment: None) -> None:
    """Django would copy, at each template of each page, all that was at hand there. No test here looks at it."""

    def drawn(template: Template, context: Context) -> SafeString:
        return template.nodelist.render(context)

    Template._render = drawn  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Municipalities and kinds of workplace are in every forum, and take longer to write than most tests do."""
    with django_db_blocker.unblock():
        install("codes", "organisations")


# Every test


@pytest.fixture(autouse=True)
def _nothing_remembered(settings: pytest.FixtureRequest) -> Iterator[None]:
    """No limits, empty caches and bokmål at the start of each test."""
    settings.LIMITS_ARE_ON = False  # type: ignore[attr-defined]
    for memory in caches.all(initialized_only=True):
        memory.clear()
    with translation.override("nb"):
        yield


@pytest.fixture
def limits(settings: pytest.FixtureRequest) -> None:
    """Rate limits are on, as in a forum that is open to the world."""
    settings.LIMITS_ARE_ON = True  # type: ignore[attr-defined]


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands still on a Monday before noon; `clock.at(...)` inside the test moves it."""
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def real_data() -> Path:
    """The folder of real data; the test is skipped without it. Mark it `real_data`, so that fast runs leave it out."""
    folder = test_data()
    if folder is None:
        pytest.skip("KF_TEST_DATA is not set")
    return folder


# The forum


@pytest.fixture
def forum(db: None) -> Forum:
    """A forum just started: somebody is on duty, its municipalities and kinds of workplace are there; no skills."""
    install("codes", "accounts", "forum", "organisations")
    return this_forum()


@pytest.fixture
def vocabulary(forum: Forum) -> Forum:
    """A forum with the built-in skills and occupations too. Slow: only where real words must be heard."""
    install("skills")
    return forum


@pytest.fixture
def metal_trades(forum: Forum) -> Forum:
    """A forum with those of the built-in skills and occupations that welders, drivers and automation speak of."""
    load_vocabulary(words_of_metal_trades())
    return forum


@cache
def words_of_metal_trades() -> Vocabulary:
    everything = read_vocabulary()
    skills, occupations = (
        tuple(entry for entry in entries if any(word in entry.labels["nb"].lower() for word in SOME_WORDS))
        for entries in (everything.skills, everything.occupations)
    )
    here = {entry.uri for entry in (*skills, *occupations)}
    pairs = tuple(pair for pair in everything.pairs if {pair.occupation, pair.skill} <= here)
    return Vocabulary(skills=skills, occupations=occupations, pairs=pairs)


def install(*apps: str) -> None:
    """Bring the built-in rows of these capabilities in place."""
    for capability in capabilities():
        if capability.app in apps and capability.install:
            capability.install()


# Those who ask


@pytest.fixture
def person(forum: Forum) -> Person:
    """A coordinator."""
    kari = add_person(name="Kari Lunde", email="kari@forum.example", phone="400 00 111")
    give_role(person=kari, role=Role.COORDINATOR)
    return kari


@pytest.fixture
def nobody() -> Viewer:
    return NOBODY


@pytest.fixture
def coordinator(person: Person) -> Viewer:
    return Viewer(person=ref(person), roles=frozenset({"coordinator"}))


@pytest.fixture
def coordinator_client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def holder_client(db: None) -> Callable[..., Client]:
    """`holder_client(ref(voice))`: a device that came by the personal link of that voice."""
    return device_holding


def device_holding(*things: Ref) -> Client:
    client = Client()
    request = HttpRequest()
    request.session = client.session
    for thing in things:
        hold(request, thing)
    request.session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client
