"""axe, asked of what it has not looked at before.

It takes half of the time of all that is done in a browser here, and the pages of one forum are built of the same things. What
it finds in an element hangs on how that element is built, on those it stands in and on the one before it, not on what is
written there: so each way of standing is looked at once in a process, and remembered where nothing was found. What hangs on
the whole page (headings, landmarks, ids) is asked of every page anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from playwright.sync_api import Page

from tests.browser.served import AXE, AXE_ADDRESS

# By number: pages and ways of standing in which nothing was found, and ways of standing whose colours are good.
_CLEAN: Final[set[int]] = set()
_CLEAN_COLOURS: Final[set[int]] = set()

# How each element stands: what it is and is told to be, whether it says anything, is seen, ticked or has focus; never what it
# says. Its number is mixed from that, from its parent's and from the one before it; the page's from all of them. Where there
# is something to read, a number for its colours too, which hang on the size of letters and on clothes besides, on no width.
_STANDING: Final = """() => {
  const said = /^(data-|hx-|on)|^(href|src|srcset|value|content|action|lang|title|alt|placeholder|datetime|aria-label|aria-valuetext)$/;
  const halves = [[2654435761, 2246822507], [1597334677, 3266489909]];
  const mixed = (start, parts) => halves.map(([step, last], half) => {
    let number = start + half;
    for (const part of parts) number = Math.imul(number ^ part ^ (number >>> 15), step);
    return Math.imul(number ^ (number >>> 16), last) >>> 0;
  });
  const known = new Map();
  const ofWords = (words) => {
    if (!known.has(words)) known.set(words, mixed(words.length, Array.from(words, (letter) => letter.codePointAt(0))));
    return known.get(words);
  };
  const single = ([one, other]) => (other & 2097151) * 4294967296 + one;
  const media = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((one) => matchMedia(one).matches);
  const clothes = ofWords(`${media} ${getComputedStyle(document.documentElement).fontSize}`);
  const nothing = [0, 0], owns = new Map(), numbers = new Map(), standing = [], colours = [];
  let page = ofWords(String(media));
  window.readHere = [];
  for (const e of document.querySelectorAll("*")) {
    const given = [...e.attributes].map((one) => one.name + (said.test(one.name) ? `:${!one.value.trim()}` : `=${one.value}`)).sort();
    const says = e.matches("input, select, textarea") || [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const isSeen = e.checkVisibility({visibilityProperty: true});
    const own = ofWords([e.tagName, ...given, says, isSeen, e.checked, e.disabled, e === document.activeElement].join(" "));
    const number = mixed(1, [...own, ...(numbers.get(e.parentElement) ?? nothing), ...(owns.get(e.previousElementSibling) ?? nothing)]);
    owns.set(e, own);
    numbers.set(e, number);
    standing.push(single(number));
    page = mixed(2, [...page, ...number]);
    if (says && isSeen) {
      window.readHere.push(e);
      colours.push(single(mixed(3, [...number, ...clothes])));
    }
  }
  return {page: single(page), standing, colours};
}"""

# Asked for as a page's own script is, the browser keeps it, and keeps it compiled: given as a text it is sent and compiled
# anew for every page, which takes three times as long. Where the net is gone the text must do.
_PUT_AXE: Final = """(address) => new Promise((tell) => {
  if ("axe" in window || !navigator.onLine) return tell("axe" in window);
  const script = Object.assign(document.createElement("script"), {src: address, onload: () => tell(true), onerror: () => tell(false)});
  document.head.append(script);
  script.remove();
})"""

# Colours are looked at where they are marked. Of what axe would fetch beforehand the media are asked for alone: no rule here
# reads the styles, and to bring them anew each time takes a fifth of the look.
_VIOLATIONS: Final = """async (unknown) => {
  const marked = unknown.map((index) => window.readHere[index]);
  axe.configure({rules: [{id: "color-contrast", selector: "[data-look-at-colours]", enabled: marked.length > 0}]});
  for (const e of marked) e.setAttribute("data-look-at-colours", "");
  const found = await axe.run(document, {resultTypes: ["violations"], preload: {assets: ["media"]}});
  for (const e of marked) e.removeAttribute("data-look-at-colours");
  return found.violations.flatMap((one) => one.nodes.slice(0, 3).map(
    (node) => `axe ${one.id}: ${node.html.slice(0, 140)} (${(node.any[0] ?? node.all[0] ?? node.none[0] ?? {}).message ?? one.help})`));
}"""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Numbers of a page, of its elements, and of the colours of those of them that are read."""

    page: int
    standing: list[int]
    colours: list[int]


def found_by_axe(page: Page, *, only_what_came: bool = False) -> list[str]:
    """What is wrong on the page. `only_what_came`: it was looked at just now, and is laid out otherwise since: where all that
    is seen stands as elsewhere, nothing need be asked.
    """
    here = _Standing(**page.evaluate(_STANDING))
    unknown = [index for index, number in enumerate(here.colours) if number not in _CLEAN_COLOURS]
    is_known = here.page in _CLEAN or (only_what_came and _CLEAN.issuperset(here.standing))
    if is_known and not unknown:
        return []
    if not page.evaluate(_PUT_AXE, AXE_ADDRESS):
        page.evaluate(_axe_source())
    found: list[str] = page.evaluate(_VIOLATIONS, unknown)
    if not found:
        _CLEAN.update([here.page, *here.standing])
        _CLEAN_COLOURS.update(here.colours)
    return found


@cache
def _axe_source() -> str:
    return AXE.read_text()
