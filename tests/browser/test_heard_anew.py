"""A coordinator has all words heard anew, with the keyboard alone, and reads what became otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.watched import PHONE, SLIM, WIDE

pytestmark = pytest.mark.browser


def test_what_became_otherwise_is_told_and_nothing_is_wrong_with_the_page(people: People) -> None:
    coordinator = people.watched(people.context_of("coordinator"))
    page = coordinator.page
    coordinator.open("/kompetanse/kobling", language="nb")
    page.locator("form[action$='/hor-pa-nytt'] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kompetanse/kobling")
    told = page.locator("a[href*='/kobling/endret/']").first
    expect(page.locator("#under-way [role=progressbar], #under-way progress, #under-way [role=status]")).to_have_count(
        0, timeout=120_000
    )
    coordinator.open("/kompetanse/kobling")
    told.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kobling/endret/*")
    address = page.url.removeprefix(people.address)
    for language in ("nb", "nn", "en"):
        coordinator.width(PHONE)
        coordinator.open(address, language=language)
        assert (language, coordinator.look(language=language), coordinator.too_wide(SLIM, PHONE, WIDE)) == (
            language,
            [],
            [],
        )
    page.close()
