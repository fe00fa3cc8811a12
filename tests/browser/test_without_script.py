"""A page works before its script does: all of it by links and forms alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import People, need_behind, needs_saying
from tests.browser.watched import Watched


def test_a_need_is_voiced_changed_and_withdrawn(people: People, visitor: Callable[..., Watched]):
    watched = visitor(java_script_enabled=False)
    page = watched.page
    watched.open("/")
    page.fill("#door-words", "Vi trenger to som kan sveise aluminium i dokka.")
    page.get_by_role("button", name="Fortsett").click()
    # What is heard stands there, and "find it" brings what was not heard.
    chips = page.locator("input[name=skill]")
    expect(chips.first).to_be_visible()
    before = chips.count()
    page.locator("details.more summary").click()
    page.fill("[name=look_for]", "varmepumpe")
    page.get_by_role("button", name="Finn").click()
    expect(chips).not_to_have_count(before)
    expect(page.locator("[name=words]")).to_have_value("Vi trenger to som kan sveise aluminium i dokka.")
    page.locator("button[value=details]").click()
    page.locator("[name=people][value='2']").check()
    page.fill("[name=organisation]", "Dokka verft")
    page.locator("button[value=send]").click()
    expect(page.locator("h1")).to_have_text("Takk. Vi har hørt dere.")
    # There is no button to copy with, so none is drawn.
    expect(page.locator("[data-copy]")).to_be_hidden()
    need = need_behind(page, people.address)
    page.get_by_role("link", name="Endre").first.click()
    page.fill("[name=words]", "Vi trenger tre som kan sveise aluminium i dokka.")
    page.locator("form.form button[type=submit]").first.click()
    expect(page.locator("h1")).to_contain_text("Vi trenger tre")
    page.locator("a[href$='/trekk']").click()
    page.locator("main form button[type='submit']").click()
    expect(page.locator("[data-toast]")).to_be_visible()
    assert visitor().open(f"/behov/{need}").status in (403, 404)


def test_a_need_is_joined(people: People, visitor: Callable[..., Watched]):
    watched = visitor(java_script_enabled=False)
    need = needs_saying(watched.context, people.address, "sveise")[0]["id"]
    watched.open(f"/behov/{need}")
    watched.page.get_by_role("link", name="Vi trenger også dette").click()
    watched.page.locator("form.form button[type=submit]").click()
    expect(watched.page.locator("[data-error-summary]")).to_be_visible()
    watched.page.fill("[name=organisation]", "Slippen i Moss")
    watched.page.locator("form.form button[type=submit]").click()
    expect(watched.page.locator("[data-toast]")).to_contain_text("som trenger dette")


def test_lists_are_filtered_and_searched(visitor: Callable[..., Watched]):
    watched = visitor(java_script_enabled=False)
    page = watched.page
    for address in ("/behov/", "/tilbud/"):
        watched.open(address)
        count = page.locator("#filtered-count h2, .filtered-count h2").first
        everything = count.inner_text()
        page.locator(".filtered-fold summary").click()
        page.locator("#filters .check label").first.click()
        page.get_by_role("button", name="Vis", exact=True).click()
        assert count.inner_text() != everything
        expect(page.locator("#filters input[type=checkbox]:checked")).to_have_count(1)
    watched.open("/behov/")
    page.fill("[name=q]", "sveise")
    page.locator("[name=q]").press("Enter")
    expect(page).to_have_url(re.compile(r"q=sveise"))
    expect(page.locator(".filtered-list .row").first).to_be_visible()


def test_the_language_is_changed_and_stays(visitor: Callable[..., Watched]):
    watched = visitor(java_script_enabled=False)
    page = watched.page
    watched.open("/behov/?kommune=3107")
    page.locator(".menu summary").click()
    page.locator(".site-doors").get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page).to_have_url(re.compile(r"/behov/\?kommune=3107$"))
    page.locator("footer").get_by_role("button", name="English").click()
    watched.open("/tilbud/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_menu_opens(visitor: Callable[..., Watched]):
    watched = visitor(java_script_enabled=False)
    watched.open("/")
    doors = watched.page.locator(".site-doors a").first
    expect(doors).to_be_hidden()
    watched.page.locator(".menu summary").click()
    expect(doors).to_be_visible()
