"""A real forum and a real browser for all these tests. They have a process of their own (see the Makefile)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.people import People
from tests.browser.served import AXE, Served, serve
from tests.browser.watched import Watched
from tests.browser.ways import Ways
from tests.chromium import find_chromium
from tests.faults.server import in_the_forum
from tests.ready import ready

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Those that take longest, in that order: begun last, a walk of minutes would leave every other process waiting at the end.
_LONGEST = (
    "the loop from a voice",
    "test_pages",
    "the loop from an idea",
    "test_after_a_touch",
    "test_boards",
    "test_heard_anew",
    "test_canvas",
)


# What is done in a file belongs together, but for tests that say which group of their own they are: the way to every
# page is found by a process that looks at them, and that takes a minute. The Makefile keeps xdist from its own order, which
# begins with what has most tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("xdist_group") is None:
                item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    name = group.args[0] if group else ""
    return _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium here")
    assert AXE.exists(), "make setup brings axe-core"
    # A loaded machine is slow, and not wrong.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo forum."""
    running = serve(ready("demo", tmp_path_factory.mktemp("demo")), "--demo")
    yield running
    running.stop()


# What stands in letters only: those to one who voiced a need, and to one who is asked what came of it.
_IN_LETTERS = """
import json
from django.urls import reverse
from kompetanseforum.needs.models import Voice
from kompetanseforum.needs.queries.shown import letter_secret
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.results.actions import ask_to_confirm
from kompetanseforum.results.models import Result
from kompetanseforum.results.queries.confirming import link_secret
voice = letter_secret(Voice.objects.filter(withdrawn_at=None, need__state="in_pilot")[0])
result = Result.objects.exclude(published_at=None)[0]
by = Viewer(person=ref(result.recorded_by))
asked = link_secret(ask_to_confirm(result=result, email="liv@skole.example", role="en lærer", language="nb", by=by))
print(json.dumps({
    "helped": reverse("needs:helped", kwargs={"secret": voice}),
    "stop_letters": reverse("needs:stop_letters", kwargs={"secret": voice}),
    "confirm": reverse("results:confirm", kwargs={"secret": asked}),
}))
"""


@pytest.fixture(scope="session")
def people(browser: Browser, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    all_of_them = People(browser, served.address, tmp_path_factory.mktemp("files"), served.start_link)
    all_of_them.known |= json.loads(in_the_forum(_IN_LETTERS, data=served.folder))
    yield all_of_them
    all_of_them.leave()


@pytest.fixture(scope="session")
def ways(people: People) -> Ways:
    return Ways(people)


@pytest.fixture(scope="session")
def watched_by(people: People) -> Callable[[str], Watched]:
    """`watched_by("coordinator")`: that visitor's page, the same one each time, on a phone."""
    made: dict[str, Watched] = {}

    def one(who: str) -> Watched:
        if who not in made:
            made[who] = people.watched(people.context_of(who))
        return made[who]

    return one


@pytest.fixture
def visitor(people: People) -> Iterator[Callable[..., Watched]]:
    """`visitor()`: somebody new, with a browser of their own, on a phone; `visitor(width=1280, language="nn")`."""
    opened: list[BrowserContext] = []

    def come(**options: Any) -> Watched:
        opened.append(people.new(**options))
        return people.watched(opened[-1])

    yield come
    for context in opened:
        context.close()
