"""The minutes are written together on phones, and become the meeting's with one press; what stood there is shown first."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People, path_of
from tests.browser.test_boards import attached, come_in, leading
from tests.browser.watched import PHONE, SLIM, WIDE, Watched

pytestmark = pytest.mark.browser


def _meeting(page: Page, address: str, title: str) -> str:
    page.goto(f"{address}/moteplasser/kall-inn")
    page.fill("[name=title]", title)
    page.fill("[name=on]", "2026-11-20")
    page.fill("[name=starts]", "10:00")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/moteplasser/\w{10}$"))
    return path_of(page)


def _write_on(page: Page, text: str) -> None:
    attached(page)
    form = page.locator("form.write-on").first
    form.locator("[name=text]").fill(text)
    form.locator("button[type=submit]").click()
    expect(page.locator(".paragraph[data-item]", has_text=text)).to_have_count(1)


def _faults(watched: Watched, language: str) -> list[str]:
    return [*watched.look(language=language), *watched.too_wide(SLIM, PHONE, WIDE)]


def test_what_was_written_together_becomes_the_minutes_with_one_press(
    visitor: Callable[..., Watched], people: People
) -> None:
    page = people.context_of("coordinator").new_page()
    meeting = _meeting(page, people.address, "Samling i Halden")
    page.get_by_role("link", name="Skriv referatet sammen").first.click()
    page.wait_for_url("**/tavler/ny?*")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tavler/\w{10}/tekst$"))
    board = path_of(page).removesuffix("/tekst")
    page.close()
    siv = visitor()
    come_in(siv, board, alias="Siv")
    _write_on(siv.page, "Vi ble enige om ti kvelder.")
    assert siv.page.get_by_role("button", name="Bruk teksten som referat").count() == 0
    leader = leading(people, f"{board}/tekst")
    for language in ("nb", "nn"):
        leader.open(f"{board}/tekst", language=language)
        attached(leader.page)
        assert _faults(leader, language) == []
    leader.width(WIDE)
    leader.page.get_by_role("button", name="Bruk teksten som referat").click()
    leader.page.wait_for_url(f"**{meeting}")
    expect(leader.page.locator("main")).to_contain_text("Vi ble enige om ti kvelder.")
    # It is written on, and the one who presses again sees what stood there.
    _write_on(siv.page, "Kari spør skolen.")
    for language in ("nb", "nn"):
        leader.open(f"{board}/tekst", language=language)
        expect(leader.page.locator(".paragraph[data-item]", has_text="Kari spør")).to_have_count(1)
        leader.page.get_by_role("button", name="Bruk teksten som referat").click()
        expect(leader.page.locator("h1")).to_have_text(re.compile("Det står (noe annet|noko anna) der"))
        assert _faults(leader, language) == []
    leader.page.get_by_role("button", name="Byt han ut").click()
    leader.page.wait_for_url(f"**{meeting}")
    expect(leader.page.locator("main")).to_contain_text("Kari spør skolen.")
    leader.open(f"{board}/tekst", language="nn")
    expect(leader.page.locator("main")).to_contain_text("Slik han er no, står han på «Samling i Halden»")
    assert _faults(leader, "nn") == []
    assert siv.taken_faults() == []
    leader.speak("nb")
    leader.page.close()
