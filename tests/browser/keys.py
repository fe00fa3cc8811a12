"""Hands on the keyboard: Tab until the thing has focus, and see on the way that focus can be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page

MOST_TABS = 90
# Of the longest list to choose from.
MOST_CHOICES = 60

# What has focus: its words and its address or name; and whether a ring or an outline shows where one is.
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const holders = [e, e.closest("label"), e.closest("li, .check"), ...e.querySelectorAll("*")].filter(Boolean);
  const hasRing = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const box = e.getBoundingClientRect();
  return {
    name: (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent ?? "").replace(/\\s+/g, " ").trim(),
    id: `${e.tagName.toLowerCase()}#${e.id}[${e.getAttribute("name") ?? ""}=${e.getAttribute("value") ?? ""}]`,
    isRinged: holders.some(hasRing) || e.tagName === "MAIN",
    isInView: box.bottom > 0 && box.top < innerHeight,
  };
}"""


class Keys:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def to(self, words: str) -> None:
        """Tab to what is called this (or whose id, name and value are `tag#id[name=value]`)."""
        self._tab(
            words,
            lambda focused: words in (focused["name"], focused["id"]) or focused["name"].startswith(f"{words}:"),
        )

    def to_field(self, name: str, value: str | None = None) -> None:
        """Tab to the field that is sent by this name; of several, to the one with this value."""
        ending = f"[{name}=" if value is None else f"[{name}={value}]"
        self._tab(ending, lambda focused: ending in focused["id"])

    def _tab(self, words: str, is_it: Callable[[dict[str, str]], bool]) -> None:
        met: list[str] = []
        for _ in range(MOST_TABS):
            self.press("Tab")
            focused = self.page.evaluate(_FOCUSED)
            if focused is None:
                continue
            met.append(focused["name"] or focused["id"])
            assert focused["isRinged"], f"no focus ring on {focused}"
            assert focused["isInView"], f"out of view: {focused}"
            if is_it(focused):
                return
        raise AssertionError(f"No way by Tab to «{words}». Met: {met}")

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.presses += len(words)
        self.page.keyboard.type(words)

    def fill(self, name: str, words: str) -> None:
        """Write in a field, instead of what stands there."""
        self.to_field(name)
        self.press("Control+A")
        self.write(words)

    def fill_date(self, name: str, day: date) -> None:
        """In the order this Chromium asks for it, which speaks English whatever the page speaks."""
        self.to_field(name)
        self.write(f"{day:%m%d%Y}")

    def tick(self, name: str, value: str | None = None) -> None:
        self.to_field(name, value)
        self.press("Space")

    def choose(self, name: str, value: str) -> None:
        """One of a row of choices, by arrow: Tab comes to the first of them, or to the one that is chosen."""
        self.to_field(name)
        for _ in range(MOST_CHOICES):
            if self._value() == value:
                self.press("Space")
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no choice «{value}»")

    def pick(self, name: str, words: str) -> None:
        """From a list that folds out, by the words of the line."""
        self.to_field(name)
        self.press("Home")
        for _ in range(MOST_CHOICES):
            if words in self.page.evaluate("() => document.activeElement.selectedOptions[0].textContent"):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no line «{words}»")

    def _value(self) -> str:
        return str(self.page.evaluate("() => document.activeElement.value"))

    def submit(self) -> None:
        """The form one stands in, with Enter in one of its lines."""
        with self.page.expect_navigation():
            self.press("Enter")

    def into_main(self) -> None:
        """Past the top of the page, by its first link."""
        self.press("Tab")
        self.press("Enter")

    def go(self, words: str) -> None:
        """Tab there and press Enter; wait for the page it leads to."""
        self.to(words)
        with self.page.expect_navigation():
            self.press("Enter")
