"""A page that is watched: what it says in the console, whom it asks, and what axe and our own rules find wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.served import AXE, AXE_ADDRESS, ROOT, Served

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

# How a page is built: its elements, what they are, and whether they say anything; not what they say. Remembers what is seen.
_BUILT = """() => {
  const said = /^(data-|hx-|on)|^(href|src|srcset|value|content|action|lang|title|alt|placeholder|datetime|aria-label|aria-valuetext)$/;
  const built = [];
  window.seenBefore = new Set();
  for (const e of document.querySelectorAll("*")) {
    if (e.checkVisibility({visibilityProperty: true})) window.seenBefore.add(e);
    const given = [...e.attributes].map((one) => one.name + (said.test(one.name) ? `:${!one.value.trim()}` : `=${one.value}`)).sort();
    const words = [...e.childNodes].map((node) => (node.nodeType === 3 && node.textContent.trim() ? "t" : "")).join("");
    built.push(`${e.tagName} ${given.join(" ")} ${e.childElementCount} ${words}`);
  }
  return built.join("\\n");
}"""

# What is laid out only at this width: its colours.
_CAME = """async () => {
  const isSeen = (e) => e.checkVisibility({visibilityProperty: true});
  const include = [...document.body.querySelectorAll("*")].filter((e) => isSeen(e) && !window.seenBefore.has(e));
  if (!include.length) return [];
  const found = await axe.run({include}, {resultTypes: ["violations"], runOnly: ["color-contrast"], preload: false});
  return found.violations.flatMap((one) => one.nodes.slice(0, 3).map((node) => `axe ${one.id}: ${node.html.slice(0, 140)}`));
}"""

# Asked for as a page's own script is, the browser keeps it, and keeps it compiled: given as a text it is sent and compiled
# anew for every page, which takes three times as long. Where the net is gone the text must do.
_PUT_AXE = """(address) => new Promise((tell) => {
  if ("axe" in window || !navigator.onLine) return tell("axe" in window);
  const script = Object.assign(document.createElement("script"), {src: address, onload: () => tell(true), onerror: () => tell(false)});
  document.head.append(script);
  script.remove();
})"""

# Of what axe would fetch beforehand the media are asked for alone: no rule here reads the styles, and to bring them anew each
# time takes a fifth of the look.
_VIOLATIONS = """async (rules) => (await axe.run(document, {resultTypes: ["violations"], rules, preload: {assets: ["media"]}})).violations.flatMap((one) =>
  one.nodes.slice(0, 3).map((node) => `axe ${one.id}: ${node.html.slice(0, 140)} (${(node.any[0] ?? node.all[0] ?? node.none[0] ?? {}).message ?? one.help})`))"""


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
        self.page.set_viewport_size({"width": width, "height": HEIGHT[width]})

    # What is wrong here

    def look(self, *, language: str, with_colours: bool = True) -> list[str]:
        """Everything that must hold for a page as it stands, at the width it has."""
        return [*self.own_faults(language=language), *self.axe(with_colours=with_colours), *self.taken_faults()]

    def taken_faults(self) -> list[str]:
        """What console and network have told since last asked."""
        taken, self.faults = self.faults, []
        return taken

    def axe(self, *, with_colours: bool = True) -> list[str]:
        """Without colours where the same page has been looked at in another language: they take half of the time."""
        if not self.page.evaluate(_PUT_AXE, AXE_ADDRESS):
            self.page.evaluate(_axe_source())
        found: list[str] = self.page.evaluate(
            _VIOLATIONS, {} if with_colours else {"color-contrast": {"enabled": False}}
        )
        return found

    def built(self) -> str:
        """The same for two pages in which axe finds the same."""
        return str(self.page.evaluate(_BUILT))

    def colours_of_what_came(self) -> list[str]:
        """Of what is seen now, and was not when `built` was asked."""
        found: list[str] = self.page.evaluate(_CAME)
        return found

    def too_wide(self, *widths: int) -> list[str]:
        faults = []
        for width in widths:
            if self.page.viewport_size != {"width": width, "height": HEIGHT[width]}:
                self.width(width)
            if wide := self.page.evaluate(_TOO_WIDE):
                faults.append(f"scrolls sideways at {width}: {wide}")
        return faults

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
def _axe_source() -> str:
    return AXE.read_text()


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
