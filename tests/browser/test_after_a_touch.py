"""axe and the rest once more when something has been done on the page, and in other clothes: dark, forced colours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.browser.watched import PHONE, SLIM, WIDE, Watched

LANGUAGES = ("nb", "nn", "en")
WORDS = "Vi trenger to som kan sveise aluminium, og montere varmepumper."


def _menu_open(page: Page) -> None:
    page.locator(".menu summary").click()
    expect(page.locator(".site-doors a").first).to_be_visible()


def _filters_open(page: Page) -> None:
    page.locator(".filtered-fold summary").click()
    expect(page.locator("#filters")).to_be_visible()


def _filtered_by_htmx(page: Page) -> None:
    """A ticked box changes list, count and address without a new page, and leaves focus where it was."""
    _filters_open(page)
    box = page.locator("#filters input[type=checkbox]").first
    before = page.locator("#filtered-count h2").inner_text()
    box.press("Space")
    expect(page.locator("#filtered-count h2")).not_to_have_text(before)
    expect(box).to_be_focused()
    page.wait_for_url("**/behov/?*")


def _chips_heard(page: Page) -> None:
    with page.expect_response("**/behov/meld/hort"):
        page.locator("[name=words]").press_sequentially(WORDS)
    expect(page.locator("#heard input[name=skill]").first).to_be_visible()
    page.locator("#heard label").first.click()
    page.locator("#heard details summary").click()


def _second_step(page: Page) -> None:
    page.fill("[name=words]", WORDS)
    page.locator("button[value=details]").click()
    page.wait_for_selector("button[value=send]")
    page.locator("details.more summary").click()
    page.locator("[name=people][value='2']").check()


def _second_step_with_errors(page: Page) -> None:
    _second_step(page)
    page.fill("[name=spokesperson]", "Regnskap i Moss")
    page.fill("[name=email]", "tiril.skrog.example")
    page.locator("button[value=send]").click()
    _summary_has_focus(page)


def _nothing_written(page: Page) -> None:
    page.locator("button[value=details]").click()
    _summary_has_focus(page)


def _sent_empty(page: Page) -> None:
    page.locator("form.form button[type=submit]").last.click()
    _summary_has_focus(page)


def _summary_has_focus(page: Page) -> None:
    expect(page.locator("[data-error-summary]")).to_be_focused()


def _details_open(page: Page) -> None:
    for one in page.locator("main details:not([open]) > summary").all():
        one.click()


def _toast_shown(page: Page) -> None:
    page.fill("[name=organisation]", "Ny bedrift i Våler")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("[data-toast]")).to_be_visible()


# What is done: who does it, where, and how.
TOUCHES: dict[str, tuple[str, str, Callable[[Page], None]]] = {
    "menu open": ("stranger", "/", _menu_open),
    "filters open": ("stranger", "/behov/?kommune=3107", _filters_open),
    "offers' filters open": ("stranger", "/tilbud/", _filters_open),
    "filtered by htmx": ("stranger", "/behov/", _filtered_by_htmx),
    "chips heard": ("stranger", "/behov/meld", _chips_heard),
    "nothing written": ("stranger", "/behov/meld", _nothing_written),
    "second step": ("stranger", "/behov/meld", _second_step),
    "second step, two errors": ("stranger", "/behov/meld", _second_step_with_errors),
    "joining without a name": ("stranger", "/behov/{need}/bli-med", _sent_empty),
    "joining, all unfolded": ("stranger", "/behov/{need}/bli-med", _details_open),
    "joined": ("stranger", "/behov/{need}/bli-med", _toast_shown),
    "offer without a title": ("stranger", "/tilbud/nytt", _sent_empty),
    "answer without words": ("coordinator", "/behov/{need}/svar", _sent_empty),
    "catalogue without a file": ("coordinator", "/innhenting/ny/tilbud", _sent_empty),
    "ESCO without a file": ("coordinator", "/kompetanse/esco", _sent_empty),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("touch", TOUCHES)
def test_nothing_is_wrong_after(touch: str, language: str, people: People, visitor: Callable[..., Watched]):
    who, address, do = TOUCHES[touch]
    people.context_of("voicer")
    is_new = who == "stranger"
    watched = visitor(language=language) if is_new else people.watched(people.context_of(who))
    watched.open(address.format(**people.known), language=language)
    do(watched.page)
    faults = [*watched.look(language=language), *watched.too_wide(SLIM, PHONE)]
    if touch == "joined":
        # Taken back at once, so that the next language may join too.
        watched.page.locator("[data-toast] form button").click()
    if not is_new:
        watched.page.close()
    assert faults == []


CLOTHES = {"dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active", "reduced_motion": "reduce"}}
PLACES = (
    "/",
    "/behov/",
    "/behov/meld?words=Vi trenger to som kan sveise aluminium.",
    "/behov/{need}",
    "/tilbud/",
    "/udekket/",
)


@pytest.mark.parametrize("clothes", CLOTHES)
def test_nothing_is_wrong_in(clothes: str, people: People, visitor: Callable[..., Watched]):
    people.context_of("voicer")
    watched = visitor(width=WIDE, **CLOTHES[clothes])
    faults = {}
    for place in PLACES:
        for width in (WIDE, PHONE):
            watched.width(width)
            if watched.open(place.format(**people.known)).status == 200:
                faults[f"{place} {width}"] = watched.look(language="nb")
    assert {place: found for place, found in faults.items() if found} == {}


def test_the_desk_holds_in_the_dark_too(people: People):
    watched = people.watched(people.context_of("coordinator"))
    watched.page.emulate_media(color_scheme="dark")
    faults = []
    for place in ("/skrivebord", "/behov/holdt"):
        watched.open(place, language="nb")
        faults += watched.look(language="nb")
    watched.page.close()
    assert faults == []


def test_text_at_twice_the_size_makes_nothing_too_wide(people: People, visitor: Callable[..., Watched]):
    people.context_of("voicer")
    watched = visitor(width=WIDE)
    watched.page.set_viewport_size({"width": 640, "height": 900})
    faults = {}
    for place in PLACES:
        if watched.open(place.format(**people.known)).status == 200:
            watched.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
            faults[place] = watched.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
    assert {place: over for place, over in faults.items() if over > 0} == {}
