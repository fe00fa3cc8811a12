"""Those who come to the forum in a browser of their own: a stranger, one who has voiced a need, a coordinator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.watched import HEIGHT, PHONE, Watched, speak
from tests.kompetanse.brreg.making import as_json, unit
from tests.kompetanse.esco.making import WELD, english, skills, zipped

# In the words of a need that the demo forum has merged another into.
MERGED = "reparerer fort"

BADLY_WRITTEN = "Tittel;Tilbyder;Uker\nSveising for verft;Glomma fagskole;seks\nRørlegging om bord;Glomma fagskole;6\n"


@dataclass(slots=True)
class People:
    """Makes browsers, and remembers the addresses that only those who were there know of."""

    browser: Browser
    address: str
    folder: Path
    start_link: str = ""
    known: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, BrowserContext] = field(default_factory=dict)
    _networks: Iterator[int] = field(default_factory=lambda: cycle(range(1, 255)))

    def new(self, *, width: int = PHONE, language: str = "nb", **options: Any) -> BrowserContext:
        # Each from a network of their own: five needs in a minute from one would be held for a look.
        network = f"192.0.2.{next(self._networks)}"
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHT[width]},
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            extra_http_headers={"X-Forwarded-For": network},
            **options,
        )
        speak(context, self.address, language)
        return context

    def watched(self, context: BrowserContext) -> Watched:
        return Watched(context, self.address)

    def context_of(self, who: str) -> BrowserContext:
        """The same browser each time; what it does stays done, but it begins in bokmål again."""
        if who not in self._kept:
            self._kept[who] = self.new()
            page = self._kept[who].new_page()
            {"stranger": _nothing, "voicer": self._voices, "coordinator": self._takes_the_desk}[who](page)
            page.close()
        speak(self._kept[who], self.address, "nb")
        return self._kept[who]

    def leave(self) -> None:
        for context in self._kept.values():
            context.close()

    def _voices(self, page: Page) -> None:
        """Two needs (one with a phone number in it, so that it is held) and an offer; and comes to a meeting."""
        words = "Vi trenger fire som kan legge fliser i våtrom."
        voice_need(page, self.address, words, organisation="Glomma flis")
        self.known["voice"] = path_of(page).rpartition("/")[2]
        self.known["link"] = re.sub(r"^https?://[^/]+", "", page.locator("#copy-address").inner_text().strip())
        self.known["need"] = need_behind(page, self.address)
        voice_need(page, self.address, "Ring oss om kurs i skjærebrenning, 400 12 345.", organisation="Glomma flis")
        self.known["held_need"] = need_behind(page, self.address)
        page.goto(f"{self.address}/tilbud/nytt")
        page.fill("[name=title]", "Flislegging i våtrom")
        page.fill("[name=provider]", "Glomma fagskole")
        page.fill("[name=outcomes]", "legge fliser i våtrom\nlegge membran")
        page.locator("form.form button[type=submit]").click()
        page.wait_for_url("**/tilbud/takk/*")
        page.goto(self.address + path_of(page).replace("/takk/", "/") + "/endre")
        page.fill("[name=weeks]", "6")
        page.locator("form.form button[type=submit]").click()
        page.wait_for_load_state()
        self.known["offer"] = path_of(page)
        self._signs_up(page)

    def _signs_up(self, page: Page) -> None:
        """For the meeting of the demo forum that is still to come."""
        page.goto(f"{self.address}/moteplasser/")
        page.locator("main .row a").first.click()
        self.known["meeting"] = path_of(page)
        page.locator("aside a[href$='/meld-deg-pa']").click()
        page.fill("[name=name]", "Kari Lunde")
        page.locator("form.form button[type=submit]").click()
        page.wait_for_url("**/moteplasser/pamelding/*")
        self.known["signed_up"] = path_of(page)
        self.known["sign_up_link"] = re.sub(r"^https?://[^/]+", "", page.locator("#copy-address").inner_text().strip())

    def _takes_the_desk(self, page: Page) -> None:
        """By the first-start link; then a QR for a room, a catalogue with one bad row, and files that are not whole."""
        page.goto(self.address + self.start_link)
        if not page.input_value("[name=name]"):
            page.fill("[name=name]", "Kari Lunde")
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/skrivebord")
        page.goto(f"{self.address}/medlemmer/inviter")
        page.fill("[name=occasion]", "Verksted om flislegging")
        page.locator("button", has_text="QR").click()
        page.wait_for_url("**/medlemmer/inviter/*")
        self.known["room"] = path_of(page)
        self.known["invitation"] = re.sub(r"^https?://[^/]+", "", page.locator("#copy-address").inner_text().strip())
        for kind in ("offers", "stored", "esco", "register"):
            self.known[kind] = self._sends_a_file(page, kind)
        self._takes_part(page)
        self.known["feed"] = "/innhenting/adresse/tilbud"
        # One that another was merged into in the demo forum.
        [merged] = needs_saying(page.context, self.address, MERGED)
        self.known["merged"] = f"/behov/{merged['id']}"
        page.goto(self.address + self.known["merged"])
        move = page.locator("main a[href$='/flytt']").first.get_attribute("href")
        # Where a voice may go is found by words, when no other need asks for the same.
        self.known["move"] = f"{move}?q=sveise"

    def _takes_part(self, page: Page) -> None:
        """In a room where an offer is rethought: comes in, proposes a change and says something about it."""
        page.goto(f"{self.address}/foresporsler/")
        page.locator("main .row a", has_text="Aluminiumssveising").first.click()
        self.known["brief"] = path_of(page)
        shown = page.locator("code.break").first.text_content() or ""
        self.known["brief_link"] = re.sub(r"^https?://[^/]+", "", shown.strip())
        page.goto(f"{self.address}/nytt-tilbud/")
        page.locator("main .row a", has_text="Sveising for folk i jobb").first.click()
        self.known["codesign_room"] = path_of(page)
        page.goto(f"{page.url}/bli-med")
        page.locator("[name=sector][value=public]").check()
        page.locator("form.form button[type=submit]").click()
        page.wait_for_url(f"**{self.known['codesign_room']}")
        page.goto(f"{page.url}/inviter")
        shown = page.locator("#copy-address").inner_text()
        self.known["codesign_link"] = re.sub(r"^https?://[^/]+", "", shown.strip())
        page.goto(f"{self.address}{self.known['codesign_room']}/foresla?del=method")
        page.fill("[name=proposal]", "To lærere om gangen")
        page.locator("form.form button[type=submit]").click()
        page.wait_for_url(f"**{self.known['codesign_room']}")
        page.locator("a", has_text="To lærere om gangen").click()
        page.wait_for_url("**/endring/*")
        page.fill("[name=words]", "Da rekker vi rundt.")
        page.locator("form[action$='/si'] button").click()
        page.wait_for_load_state()
        self.known["codesign_change"] = path_of(page)

    def _sends_a_file(self, page: Page, kind: str) -> str:
        where, name, content = {
            "esco": (
                "/kompetanse/esco",
                "ESCO dataset - v1.1.1 - classification - en - csv.zip",
                _half_of_esco(self.folder),
            ),
            "register": ("/virksomheter/register", "enheter.json.gz", as_json([unit(1)])),
        }.get(kind, ("/innhenting/ny/tilbud", "katalog.csv", BADLY_WRITTEN.encode()))
        page.goto(self.address + where)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
        if page.locator("main form.form input[name=name]").count():
            page.fill("main form.form input[name=name]", "Glomma fagskole")
        page.locator("main form.form:has(input[type=file]) button[type=submit]").click()
        page.wait_for_load_state()
        if kind == "stored":
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_load_state()
        return path_of(page)


def _nothing(page: Page) -> None:
    """A stranger has done nothing."""


def _half_of_esco(folder: Path) -> bytes:
    """Looks right at the door, and is found to be cut off when it is read: nothing of it is stored."""
    half = english() | {"skills_en.csv": skills((WELD, "weld", "a\nb"))[:-14]}
    return zipped(folder / "half.zip", half).read_bytes()


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def voice_need(page: Page, address: str, words: str, *, organisation: str = "") -> None:
    """The shortest way through, ending at the thanks."""
    page.goto(f"{address}/behov/meld")
    page.fill("[name=words]", words)
    page.locator("button[value=details]").click()
    page.wait_for_selector("button[value=send]")
    if organisation:
        page.fill("[name=organisation]", organisation)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/behov/takk/*")


def need_behind(page: Page, address: str) -> str:
    """From the thanks to the need's own page; its public id."""
    page.goto(address + path_of(page).replace("/takk/", "/mitt/"))
    found = page.locator("aside a[href^='/behov/']:not([href*='/mitt/'])").first.get_attribute("href")
    assert found
    return found.rpartition("/")[2]


def needs_saying(context: BrowserContext, address: str, words: str) -> list[dict[str, Any]]:
    """The needs in the open list that have these words, wherever the words are shown."""
    found: list[dict[str, Any]] = context.request.get(f"{address}/behov/alle.json", params={"q": words}).json()["needs"]
    return found
