"""From needs that are chosen in the list to a brief that is sent: ten clicks, on a phone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People
from tests.browser.served import Served
from tests.browser.watched import PHONE
from tests.faults.server import in_the_forum

MOST_CLICKS = 10
# Counted by the page itself, so that none is forgotten.
_COUNTING = """addEventListener("pointerup", (one) => {
  if (one.isTrusted) localStorage.clicks = 1 + Number(localStorage.clicks ?? 0);
}, true);"""


def _tap(what: Locator) -> None:
    what.scroll_into_view_if_needed()
    what.click()


def _choose(page: Page, name: str, value: str) -> None:
    """Unless the needs have said it already."""
    if not page.locator(f"[name={name}]:checked").count():
        _tap(page.locator(f"label:has([name={name}][value='{value}'])"))


# Of one trade and place: the brief is as whole as they are, and what other tests voice is not in the way.
_VOICED = """
from kompetanseforum.codes.models import Municipality
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.organisations.actions import find_or_add_organisation
place = Municipality.objects.get(code="3107")
for name in ("Hjulet AS", "Nav og eike", "Felg og sønn"):
    said = Said(words=f"Hos {name} må fire lære å sveise rokkehjul", words_are_public=True, people=4, place=place)
    voice_need(said=said, by=None, organisation=find_or_add_organisation(name=name, municipality=place), horizon="now")
"""


def test_ten_clicks_from_three_needs_to_a_sent_brief(people: People, served: Served):
    in_the_forum(_VOICED, data=served.folder)
    context = people.context_of("coordinator")
    page = context.new_page()
    assert page.viewport_size and page.viewport_size["width"] == PHONE
    page.add_init_script(_COUNTING)
    page.goto(f"{people.address}/behov/?tilstand=heard&q=rokkehjul")
    ticks = page.locator("label.row-tick")
    expect(ticks).to_have_count(3)
    for number in range(3):
        _tap(ticks.nth(number))
    _tap(page.locator("button", has_text="Lag en forespørsel"))
    page.wait_for_url("**/foresporsler/ny*")
    # Going to a field to write in it is counted; what is written is not.
    _tap(page.locator("[name=hours_per_week]"))
    page.keyboard.type("6")
    _choose(page, "level", "4")
    _choose(page, "delivery", "place")
    _choose(page, "payer", "employers")
    _tap(page.locator("label:has([name=to])").first)
    _tap(page.locator("button", has_text="Send forespørselen"))
    page.wait_for_url(lambda url: "/foresporsler/" in url and "/ny" not in url)
    clicks = int(page.evaluate("localStorage.clicks"))
    expect(page.locator("[data-toasts]")).to_contain_text("Sendt til ett lærested")
    assert len(ticks.all()) == 0
    assert 7 <= clicks <= MOST_CLICKS
    page.close()
