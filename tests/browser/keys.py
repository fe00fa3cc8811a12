"""Hands on the keyboard: Tab until the thing has focus, and see on the way that focus can be seen."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_TABS = 90

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
        met: list[str] = []
        for _ in range(MOST_TABS):
            self.press("Tab")
            focused = self.page.evaluate(_FOCUSED)
            if focused is None:
                continue
            met.append(focused["name"] or focused["id"])
            assert focused["isRinged"], f"no focus ring on {focused}"
            assert focused["isInView"], f"out of view: {focused}"
            if words in (focused["name"], focused["id"]) or focused["name"].startswith(f"{words}:"):
                return
        raise AssertionError(f"No way by Tab to «{words}». Met: {met}")

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.presses += len(words)
        self.page.keyboard.type(words)

    def go(self, words: str) -> None:
        """Tab there and press Enter; wait for the page it leads to."""
        self.to(words)
        with self.page.expect_navigation():
            self.press("Enter")
