"""A page that is watched: what it says in the console, whom it asks, and what axe and our own rules find wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.looked_at import found_by_axe
from tests.browser.served import ROOT, Served

SLIM, PHONE, WIDE = 320, 360, 1280
HEIGHT = {SLIM: 640, PHONE: 800, WIDE: 900}

# Chromium's own word for a page that is not a 200; those we ask for on purpose.
_STATUS_IN_CONSOLE = "Failed to load resource: the server responded with a status of"

# What a person meets in the page, in one look: asking once is ten times quicker than asking ten times.
_LOOK = """() => {
  const isSeen = (e) => e.checkVisibility({visibilityProperty: true});
  const main = document.querySelector("main");
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const spoken = holder.closest("[lang]").lang;
    const text = node.textContent.replace(/\\s+/g, " ").trim();
    if (text && spoken === document.documentElement.lang && !holder.closest("script, style, textarea, pre, code")) texts.add(text);
  }
  for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) if (e.hasAttribute(name)) texts.add(e.getAttribute(name));
  texts.add(document.title.split(" – ")[0]);
  return {
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll("h1")].filter(isSeen).map((e) => e.textContent.trim()),
    filled: [...main.querySelectorAll(".ds-button:not([data-variant])")].filter(isSeen).map((e) => e.textContent.trim()),
    texts: [...texts],
  };
}"""

_TOO_WIDE = """() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return "";
  const who = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".ds-sr-only"));
  return `${over} px: ` + who.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ");
}"""

# WCAG 2.5.8 leaves out a link in running text, and what can be pressed elsewhere: a piece of a canvas that is seen from afar
# is chosen by pressing all of it, its tick is as small as the picture makes it. look.md asks 44 of buttons and choices.
_TOO_SMALL = """() => {
  const found = [];
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest(".trap") || e.matches(".ds-skip-link, .ds-sr-only, .piece-tick")) continue;
    const target = e.matches("input[type=checkbox], input[type=radio]") ? e.closest("label") ?? e : e;
    const box = target.getBoundingClientRect();
    const holder = e.parentElement;
    const isInText = e.matches("a, button.as-link") && getComputedStyle(e).display === "inline" && holder.textContent.trim() !== e.textContent.trim();
    const least = e.closest(".ds-chip") || e.matches(".ds-button") ? 44 : 24;
    if (!isInText && (box.height < least - 0.5 || box.width < 23.5)) found.push(`${Math.round(box.width)}×${Math.round(box.height)} ${e.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""


def speak(context: BrowserContext, address: str, language: str) -> None:
    """The forum answers this browser in that language from now on."""
    context.add_cookies([{"name": "forum_language", "value": language, "url": address}])


class Watched:
    """One page. Whatever it does that no page may do is kept in `faults`."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.start_link = ""
        self.served: Served | None = None
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_STATUS_IN_CONSOLE):
            self.faults.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self.faults.append(f"asked outside: {request.url}")

    def open(self, path: str, *, language: str = "") -> Response:
        if language:
            self.speak(language)
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None
        return answer

    def speak(self, language: str) -> None:
        speak(self.context, self.address, language)

    def width(self, width: int) -> None:
        if not self.is_as_wide_as(width):
            self.page.set_viewport_size({"width": width, "height": HEIGHT[width]})

    def is_as_wide_as(self, width: int) -> bool:
        return self.page.viewport_size == {"width": width, "height": HEIGHT[width]}

    # What is wrong here

    def look(self, *, language: str) -> list[str]:
        """Everything that must hold for a page as it stands, at the width it has."""
        return [*self.own_faults(language=language), *self.axe(), *self.taken_faults()]

    def taken_faults(self) -> list[str]:
        """What console and network have told since last asked."""
        taken, self.faults = self.faults, []
        return taken

    def axe(self, *, only_what_came: bool = False) -> list[str]:
        return found_by_axe(self.page, only_what_came=only_what_came)

    def too_wide(self, *widths: int) -> list[str]:
        faults = []
        for width in widths:
            self.width(width)
            if wide := self.page.evaluate(_TOO_WIDE):
                faults.append(f"scrolls sideways at {width}: {wide}")
        return faults

    def too_small(self) -> list[str]:
        """What is pressed and is not large enough for a finger."""
        return [f"too small: {one}" for one in self.page.evaluate(_TOO_SMALL)]

    def own_faults(self, *, language: str) -> list[str]:
        seen: dict[str, Any] = self.page.evaluate(_LOOK)
        return list(_own_faults(seen, language=language))


def _own_faults(seen: dict[str, Any], *, language: str) -> Iterator[str]:
    if seen["lang"] != language:
        yield f"html lang is {seen['lang']}"
    if len(seen["headings"]) != 1:
        yield f"h1: {seen['headings']}"
    if len(seen["filled"]) > 1:
        yield f"filled buttons: {seen['filled']}"
    for text in seen["texts"]:
        if re.search(r"\bNone\b|%\(|\{\{|\{%|\bundefined\b|\bNaN\b", text):
            yield f"unfinished text: {text}"
    if language != "en":
        yield from (f"not in {language}: {text}" for text in seen["texts"] if text in _english(language))


@cache
def _english(language: str) -> frozenset[str]:
    """Our own English texts that read otherwise in `language`: none of them belongs on a Norwegian page."""
    texts = set()
    for path in ROOT.glob(f"src/kompetanseforum/*/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                both = [message.id] if isinstance(message.id, str) else list(message.id)
                said = [message.string] if isinstance(message.string, str) else list(message.string)
                texts |= {" ".join(one.split()) for one in both if one and one not in said}
    # What another message says in Norwegian may be the same word ("Person", "Start").
    return frozenset(texts - _norwegian(language))


@cache
def _norwegian(language: str) -> frozenset[str]:
    said: set[str] = set()
    for path in ROOT.glob(f"src/kompetanseforum/*/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                said |= set([message.string] if isinstance(message.string, str) else message.string)
    return frozenset(said)
