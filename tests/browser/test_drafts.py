"""Nothing typed is lost, and nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People, needs_saying, path_of
from tests.browser.watched import Watched

# As long as the draft waits before it is kept, and a little more.
KEPT_MILLISECONDS = 500


def _times_said(people: People, words: str) -> int:
    found = needs_saying(people.context_of("coordinator"), people.address, words)
    return [need["words"] for need in found].count(words)


def _write(page: Page, field: str, words: str) -> None:
    page.locator(field).press_sequentially(words)
    page.wait_for_timeout(KEPT_MILLISECONDS)


def _to_the_last_step(watched: Watched, words: str) -> Page:
    watched.open("/behov/meld")
    watched.page.fill("[name=words]", words)
    watched.page.locator("button[value=details]").click()
    watched.page.wait_for_selector("button[value=send]")
    watched.page.press("[name=words_are_public]", "Space")
    return watched.page


def test_words_survive_a_reload_and_a_closed_tab_from_the_front_page_on(visitor: Callable[..., Watched]):
    watched = visitor()
    words = "Vi trenger noen som kan stemme orgel."
    watched.open("/")
    _write(watched.page, "#door-words", words)
    watched.page.reload()
    expect(watched.page.locator("#door-words")).to_have_value(words)
    watched.page.close()
    watched.page = watched.context.new_page()
    watched.open("/behov/meld")
    expect(watched.page.locator("[name=words]")).to_have_value(words)
    # And they are heard, as if they had just been written.
    expect(watched.page.locator("[data-draft-text]").first).not_to_be_empty()


def test_what_was_chosen_on_the_second_step_survives_a_closed_tab_and_so_do_the_words(
    visitor: Callable[..., Watched],
):
    watched = visitor()
    words = "Vi trenger tre som kan sette trykk på rør."
    watched.open("/behov/meld")
    _write(watched.page, "[name=words]", words)
    watched.page.locator("button[value=details]").click()
    watched.page.wait_for_selector("button[value=send]")
    watched.page.locator("[name=people][value='5']").check()
    _write(watched.page, "[name=organisation]", "Rør i Råde")
    watched.page.close()
    watched.page = watched.context.new_page()
    watched.open("/behov/meld")
    expect(watched.page.locator("[name=words]")).to_have_value(words)
    watched.page.locator("button[value=details]").click()
    watched.page.wait_for_selector("button[value=send]")
    expect(watched.page.locator("[name=organisation]")).to_have_value("Rør i Råde")
    expect(watched.page.locator("[name=people][value='5']")).to_be_checked()


def test_the_draft_is_forgotten_when_the_forum_has_it(visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open("/behov/meld")
    _write(watched.page, "[name=words]", "Vi trenger en som kan spleise fiber.")
    watched.page.locator("button[value=details]").click()
    _write(watched.page, "[name=organisation]", "Fiber i Rakkestad")
    watched.page.locator("button[value=send]").click()
    watched.page.wait_for_url("**/behov/takk/*")
    assert watched.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    watched.open("/behov/meld")
    expect(watched.page.locator("[name=words]")).to_have_value("")


def test_sent_without_net_it_waits_and_goes_once_when_the_net_is_back(people: People, visitor: Callable[..., Watched]):
    watched = visitor()
    words = "Vi trenger en som kan kalibrere vekter i Halden."
    page = _to_the_last_step(watched, words)
    watched.context.set_offline(True)
    page.locator("button[value=send]").click()
    expect(page.locator("[data-only-waiting]")).to_be_visible()
    expect(page.locator("[data-only-waiting]")).to_contain_text("Venter (1)")
    assert _times_said(people, words) == 0
    watched.context.set_offline(False)
    page.wait_for_url("**/behov/takk/*")
    assert _times_said(people, words) == 1


def test_a_double_press_sends_once(people: People, visitor: Callable[..., Watched]):
    watched = visitor()
    words = "Vi trenger en som kan restaurere trebåter på Hvaler."
    page = _to_the_last_step(watched, words)
    page.locator("button[value=send]").dblclick()
    page.wait_for_url("**/behov/takk/*")
    assert _times_said(people, words) == 1


def test_back_from_the_thanks_and_sent_again_it_is_still_one_need(people: People, visitor: Callable[..., Watched]):
    watched = visitor()
    words = "Vi trenger en som kan mure ovner på gamlemåten."
    page = _to_the_last_step(watched, words)
    # "Back" shows the form as it was kept in memory. Playwright switches that memory off, so here the thanks come in a
    # tab of their own, and the form is told that it is shown again.
    page.evaluate("document.querySelector('form.form').target = '_blank'")
    thanks = []
    for _ in range(2):
        with watched.context.expect_page() as opened:
            page.locator("button[value=send]").click()
        opened.value.wait_for_url("**/behov/takk/*")
        thanks.append(path_of(opened.value))
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert thanks[0] == thanks[1]
    assert _times_said(people, words) == 1


def test_one_who_joined_took_it_back_and_joins_again_is_counted(people: People, visitor: Callable[..., Watched]):
    """A draft kept from the first time must not bring its spent key along."""
    watched = visitor()
    need = str(needs_saying(watched.context, people.address, "varmepumper")[0]["id"])
    for _ in range(2):
        watched.open(f"/behov/{need}/bli-med")
        watched.page.fill("[name=organisation]", "")
        _write(watched.page, "[name=organisation]", "Kuldeteknikk i Aremark")
        watched.page.locator("form.form button[type=submit]").click()
        watched.page.wait_for_url(f"**/behov/{need}")
        undo = watched.page.locator("[data-toast] form button")
        expect(undo).to_be_visible()
        undo.click()
        watched.page.wait_for_url("**/behov/")


@pytest.mark.parametrize("address", ["/tilbud/nytt"])
def test_other_long_forms_keep_what_is_typed_too(address: str, visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open(address)
    _write(watched.page, "[name=outcomes]", "legge torvtak")
    watched.page.reload()
    expect(watched.page.locator("[name=outcomes]")).to_have_value("legge torvtak")
