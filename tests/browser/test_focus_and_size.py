"""Focus is seen wherever it goes, everything to press is large enough, and a toast or an error can be left again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.watched import PHONE, WIDE, Watched

PLACES = (
    ("stranger", "/"),
    ("stranger", "/behov/"),
    ("stranger", "/behov/{need}"),
    ("stranger", "/behov/meld?words=Vi trenger to som kan sveise aluminium."),
    ("stranger", "/behov/{need}/bli-med"),
    ("stranger", "/tilbud/"),
    ("stranger", "{an_offer}"),
    ("stranger", "/udekket/"),
    ("coordinator", "/skrivebord"),
    ("coordinator", "/behov/{need}/svar"),
)

# After one key, so that the browser shows focus as it does to those who use keys. Each must look otherwise than without.
_UNRINGED = """() => {
  const rings = (e) => [e, e.closest("label"), e.closest("li"), ...e.querySelectorAll("*")].filter(Boolean).map((one) => {
    const style = getComputedStyle(one);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 ? `${style.outlineColor} ${style.outlineWidth}` : "";
    return `${outline}|${style.boxShadow === "none" ? "" : style.boxShadow}`;
  });
  const found = [];
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest(".trap") || e.disabled) continue;
    document.activeElement?.blur();
    const before = rings(e);
    e.focus();
    const after = rings(e);
    if (!after.some((ring, index) => ring !== "|" && ring !== before[index])) found.push(e.outerHTML.slice(0, 120));
  }
  return found;
}"""


@pytest.fixture
def at(people: People, visitor: Callable[..., Watched]) -> Callable[[str, str], Watched | None]:
    def go(who: str, place: str) -> Watched | None:
        people.context_of("voicer")
        if "an_offer" in place and "an_offer" not in people.known:
            listed = people.context_of("stranger").request.get(f"{people.address}/tilbud/alle.json").json()
            people.known["an_offer"] = f"/tilbud/{listed['offers'][0]['id']}"
        watched = visitor() if who == "stranger" else people.watched(people.context_of(who))
        is_here = watched.open(place.format(**people.known), language="nb").status == 200
        return watched if is_here else None

    return go


@pytest.mark.parametrize(("who", "place"), PLACES)
def test_focus_is_seen_and_targets_are_large_enough(who: str, place: str, at: Callable[[str, str], Watched | None]):
    watched = at(who, place)
    if watched is None:
        pytest.skip("the gap map is not here yet")
    found: dict[str, Any] = {}
    for width in (PHONE, WIDE):
        watched.width(width)
        watched.page.keyboard.press("Tab")
        found[f"without a ring at {width}"] = watched.page.evaluate(_UNRINGED)
        found[f"too small at {width}"] = watched.too_small()
    watched.page.close()
    assert {what: which for what, which in found.items() if which} == {}


def test_the_error_summary_leads_into_the_field(visitor: Callable[..., Watched]):
    watched = visitor()
    page = watched.page
    watched.open("/behov/meld")
    page.locator("button[value=details]").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_words")).to_be_focused()
    expect(page.locator("#id_words")).to_have_attribute("aria-invalid", "true")


def test_the_first_tab_leads_past_the_header(visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open("/")
    watched.page.keyboard.press("Tab")
    expect(watched.page.locator(".ds-skip-link")).to_be_focused()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("main")).to_be_focused()
