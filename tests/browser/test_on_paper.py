"""Printed: the words, without what can only be pressed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.watched import WIDE, Watched


def test_a_need_is_printed_without_doors_and_buttons(people: People, visitor: Callable[..., Watched]):
    people.context_of("voicer")
    watched = visitor(width=WIDE)
    watched.open(f"/behov/{people.known['need']}")
    page = watched.page
    page.emulate_media(media="print")
    for gone in ("header", "footer", ".ds-button", ".as-link", ".crumbs"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".thread").first).to_be_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_a_dark_screen_prints_dark_on_white(people: People, visitor: Callable[..., Watched]):
    people.context_of("voicer")
    watched = visitor(width=WIDE, color_scheme="dark")
    watched.open(f"/behov/{people.known['need']}")
    watched.page.emulate_media(media="print", color_scheme="dark")
    ground, ink = watched.page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
    )
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert max(map(int, ink.removeprefix("rgb(").rstrip(")").split(",")[:3])) < 100
