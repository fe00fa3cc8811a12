"""From the header's "Logg inn" to My page and back again from another device, with the pages only met on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.people import voice_need
from tests.browser.served import Served
from tests.browser.watched import PHONE, SLIM, WIDE, Watched

LANGUAGES = ("nb", "nn", "en")


def _faults(watched: Watched, *, language: str) -> list[str]:
    watched.width(PHONE)
    return [*watched.look(language=language), *watched.too_wide(SLIM, PHONE, WIDE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_the_way_in(visitor: Callable[..., Watched], served: Served, language: str):
    email = f"{language}@firma.example"
    watched, page = (one := visitor(language=language)), one.page
    watched.open("/logg-inn")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_selector("[data-error-summary]")
    assert _faults(watched, language=language) == []
    page.fill("[name=email]", email)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/logg-inn/kode")
    assert _faults(watched, language=language) == []
    page.fill("[name=code]", "12")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_selector("[data-error-summary]")
    assert _faults(watched, language=language) == []
    page.fill("[name=code]", served.code_sent_to(email))
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/logg-inn/navn")
    assert _faults(watched, language=language) == []
    page.fill("[name=name]", "Ola Vik")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/min-side")
    assert _faults(watched, language=language) == []
    watched.open("/min-side/e-post")
    page.fill("[name=email]", f"ny-{email}")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/min-side/e-post/kode")
    assert _faults(watched, language=language) == []


def test_what_was_said_on_the_phone_is_found_on_the_other_machine(
    visitor: Callable[..., Watched], served: Served, people: object
):
    phone, machine = visitor(), visitor(width=WIDE)
    voice_need(phone.page, served.address, "Vi trenger to som kan felle trær ved kraftlinje.")
    for watched in (phone, machine):
        watched.open("/")
        if watched is phone:
            watched.page.locator("summary", has_text="Meny").click()
        watched.page.locator("header a", has_text="Logg inn").click()
        watched.page.fill("[name=email]", "tre@firma.example")
        watched.page.locator("main form.form button[type=submit]").first.click()
        watched.page.wait_for_url("**/logg-inn/kode")
        watched.page.fill("[name=code]", served.code_sent_to("tre@firma.example"))
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_url("**/logg-inn/navn" if watched is phone else "**/min-side")
        if watched is phone:
            watched.page.fill("[name=name]", "Tre Vik")
            watched.page.keyboard.press("Enter")
            watched.page.wait_for_url("**/min-side")
    assert "felle trær" in machine.page.locator("main").inner_text()


def test_a_newcomer_tries_the_demo_as_somebody_made_up(visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open("/logg-inn")
    watched.page.locator("button", has_text="Prøv som Farid Nordby").click()
    watched.page.wait_for_url("**/min-side")
    assert watched.page.locator("h1").inner_text() == "Farid Nordby"
    assert watched.open("/skrivebord").status == 200
