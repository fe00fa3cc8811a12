"""Somebody who walks through the forum with the keyboard alone, and what is looked at wherever they come."""

from __future__ import annotations

import email
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

from tests.browser.keys import Keys
from tests.browser.served import kept_letters
from tests.browser.watched import PHONE, WIDE, Watched

# KF_TEST_SHOTS=FOLDER keeps a picture of every step, to look at.
SHOTS = os.environ.get("KF_TEST_SHOTS", "")
# A worker that has much to do sends its letters late.
PATIENCE_SECONDS = 180


class Walker:
    """One person with a browser; `name` is what their pictures are called."""

    def __init__(self, watched: Watched, *, name: str, language: str = "nb") -> None:
        self.watched, self.name, self.language = watched, name, language
        self.page, self.keys = watched.page, Keys(watched.page)

    def open(self, path: str) -> None:
        """By an address they were given, in a letter or by somebody."""
        self.watched.open(path.removeprefix(self.watched.address))
        self.look()

    def go(self, *words: str) -> None:
        """From link to link, button to button, by their words."""
        for one in words:
            self.keys.go(one)
            self.look()

    def look(self) -> None:
        """Nothing is wrong here: axe, our own rules, nothing wider than the screen, nothing in the console; on a phone, and wide."""
        faults = [*self.watched.look(language=self.language), *self.watched.too_wide(PHONE)]
        self.shoot()
        faults += [*self.watched.too_wide(WIDE), *self.watched.axe(only_what_came=True)]
        self.watched.width(PHONE)
        assert faults == [], f"{self.name} at {self.page.url}: {faults}"

    def shoot(self) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            number = len(list(Path(SHOTS).glob("*.png")))
            self.page.screenshot(path=f"{SHOTS}/{number:03}-{self.name}.png", full_page=True)

    def reads(self, words: str) -> None:
        text = " ".join(self.page.locator("main").inner_text().split())
        assert words in text, f"{self.name} at {self.page.url} does not read «{words}»: {text[:1500]}"

    @property
    def at(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str

    def link(self, part: str) -> str:
        """The address in it that has this part."""
        found = re.search(rf"https?://\S*{re.escape(part)}\S*", self.text)
        assert found, self.text
        return re.sub(r"^https?://[^/]+", "", found[0])


def letters_to(address: str, *, folder: Path) -> list[Letter]:
    """Oldest first."""
    found = []
    for one in kept_letters(folder):
        message = email.message_from_bytes(one.encode(), policy=default)
        if message["To"] == address:
            found.append(Letter(str(message["Subject"]), message.get_content()))
    return found


def letter_to(address: str, *, folder: Path, having: str, also: Callable[[], object] | None = None) -> Letter:
    """The newest with these words in it, once it has come. `also` is done before each look again."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        for letter in reversed(letters_to(address, folder=folder)):
            if having in letter.text or having in letter.subject:
                return letter
        if also is not None:
            also()
        time.sleep(0.2)
    raise AssertionError(f"No letter to {address} has «{having}»: {letters_to(address, folder=folder)}")
