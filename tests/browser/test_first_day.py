"""A forum without a demo: the link that starts it, and pages that have nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import People
from tests.browser.served import serve
from tests.browser.watched import PHONE, SLIM, WIDE, Watched
from tests.ready import ready

LANGUAGES = ("nb", "nn", "en")


@pytest.fixture(scope="module")
def empty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    running = serve(ready("prepared", tmp_path_factory.mktemp("empty")))
    people = People(browser, running.address, tmp_path_factory.mktemp("none"), running.start_link)
    watched = people.watched(people.context_of("stranger"))
    watched.start_link = running.start_link
    watched.served = running
    yield watched
    people.leave()
    running.stop()


def _faults(watched: Watched, *, language: str) -> list[str]:
    watched.width(PHONE)
    return [*watched.look(language=language), *watched.too_wide(SLIM, PHONE, WIDE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_the_start_page(empty: Watched, language: str):
    assert empty.open(empty.start_link, language=language).status == 200
    assert _faults(empty, language=language) == []
    # And when it is sent without a name.
    empty.page.locator("main button[type=submit]").click()
    empty.page.wait_for_selector("[data-error-summary]")
    assert _faults(empty, language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/behov/", "/behov/venter", "/tilbud/", "/udekket/"])
def test_nothing_is_wrong_with_an_empty(empty: Watched, address: str, language: str):
    if empty.open(address, language=language).status == 404 and address == "/udekket/":
        pytest.skip("the gap map is not here yet")
    assert _faults(empty, language=language) == []


def test_the_first_coordinator_comes_in_by_keyboard_and_finds_an_empty_desk(empty: Watched):
    empty.open(empty.start_link, language="nb")
    empty.page.locator("[name=name]").focus()
    empty.page.keyboard.type("Kari Lunde")
    empty.page.locator("[name=email]").focus()
    empty.page.keyboard.type("kari@fylket.example")
    empty.page.keyboard.press("Enter")
    # The code shows that the address is hers, so that she can come back.
    empty.page.wait_for_url("**/min-side/e-post/kode")
    for language in LANGUAGES:
        empty.open("/min-side/e-post/kode", language=language)
        assert _faults(empty, language=language) == []
    empty.page.fill("[name=code]", empty.served.code_sent_to("kari@fylket.example"))
    empty.page.keyboard.press("Enter")
    empty.page.wait_for_url("**/skrivebord")
    for language in LANGUAGES:
        empty.open("/skrivebord", language=language)
        assert _faults(empty, language=language) == []
    assert empty.open(empty.start_link, language="nb").status == 404
