"""In by the QR in ten seconds? From its address on a phone that has never been here, until the first own note stands on
the room's screen.

The phone is 360 px wide, four times slower than this machine, and on a slow net (150 ms to each answer, 1.6 Mbit/s down,
0.75 up); the screen is neither. What the machine takes is measured on the wall clock, since that is what one waits:
the middle of several times, and the quickest, which a busy machine disturbs least. What the hand takes is counted in taps and keys, and reckoned at
the seconds below. The emulated net asks nothing for a new connection or for encryption, and lets the socket through
unhindered. KF_BENCH_TIMES sets how many times; KF_BENCH_PHONE=0 leaves the phone as quick as the machine.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.faults import _prepare
from tests.chromium import find_chromium
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server

TIMES = int(os.environ.get("KF_BENCH_TIMES", "7"))
IS_PHONE = os.environ.get("KF_BENCH_PHONE", "1") != "0"
SLOWER, LATENCY_MS, DOWN_BITS, UP_BITS = 4, 150, 1_600_000, 750_000
# A finger finds what it shall press, and a thumb finds a letter.
TAP_SECONDS, KEY_SECONDS = 1.2, 0.3
ALIAS, NOTE = "Siv", "Start klokka 18"


@dataclass(slots=True)
class Hand:
    """Does what a finger would, and counts it."""

    page: Page
    taps: int = 0
    keys: int = 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.tap()
        self.taps += 1

    def type(self, selector: str, text: str) -> None:
        """Tapped first, unless the page has put one there."""
        if not self.page.evaluate("(at) => document.activeElement?.matches(at)", selector):
            self.tap(selector)
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    @property
    def seconds(self) -> float:
        return self.taps * TAP_SECONDS + self.keys * KEY_SECONDS


@dataclass(slots=True)
class Bytes:
    """What came over the net, and in how many answers."""

    total: int = 0
    answers: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepare(data)
        (board,) = make_boards(data, boards=1, guests=1)
        with Server(data, settings={"KF_PROXIES": "1"}) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            screen = _screen(browser, server.port, board)
            # The first one in pays for what the server makes ready; it is no phone's fault.
            _once(browser, screen, server.port, board, 0)
            rows = [_once(browser, screen, server.port, board, number + 1) for number in range(TIMES)]
            browser.close()
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    quickest = {f"{name}.quickest": min(row[name] for row in rows) for name in ("machine_until_seen_s",)}
    return middle | quickest | {"load_of_the_machine": os.getloadavg()[0]}


def _screen(browser: Browser, port: int, board: MadeBoard) -> Page:
    """The room's: the wall, as a guest who was here before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    name, _, value = board.cookies[0].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/tavler/{board.id}")
    page.wait_for_selector("[data-board][data-is-connected]")
    return page


def _once(browser: Browser, screen: Page, port: int, board: MadeBoard, number: int) -> dict[str, float]:
    note = f"{NOTE} {number}"
    with _phone(browser, number) as (page, came):
        hand, began = Hand(page), time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/tavler/{board.id}/inn", wait_until="commit")
        page.wait_for_selector("[name=alias]")
        door = time.perf_counter() - began
        hand.type("[name=alias]", ALIAS)
        pressed = time.perf_counter()
        hand.tap("form.form button[type=submit]")
        page.wait_for_url("**/liste", wait_until="commit")
        page.wait_for_selector("form[data-compose] [name=text]")
        inside = time.perf_counter() - pressed
        to_writing = (hand.taps, hand.seconds)
        hand.type("form[data-compose] [name=text]", note)
        pressed = time.perf_counter()
        hand.tap("form[data-compose] button[type=submit]")
        screen.wait_for_function("(text) => document.body.innerText.includes(text)", arg=note, polling=20)
        seen = time.perf_counter() - pressed
        page.wait_for_selector("[data-board][data-is-attached]")
        return {
            "machine_until_door_s": door,
            "machine_until_writing_s": door + inside,
            "machine_from_add_to_screen_s": seen,
            "machine_until_seen_s": door + inside + seen,
            "taps_until_writing": to_writing[0] + 1,  # the one that opens what the camera found
            "taps": hand.taps + 1,
            "keys": hand.keys,
            "until_writing_with_hands_s": door + inside + to_writing[1] + TAP_SECONDS,
            "until_seen_with_hands_s": door + inside + seen + hand.seconds + TAP_SECONDS,
            "kilobytes": came.total / 1000,
            "answers": came.answers,
            **{f"kilobytes.{kind.lower()}": size / 1000 for kind, size in sorted(came.by_kind.items())},
        }


@contextmanager
def _phone(browser: Browser, number: int) -> Iterator[tuple[Page, Bytes]]:
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        locale="nb-NO",
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        extra_http_headers={"X-Forwarded-For": f"192.0.2.{number % 250 + 1}"},
    )
    page, came, kinds = context.new_page(), Bytes(), dict[str, str]()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))

    def finished(told: dict[str, object]) -> None:
        size = int(str(told["encodedDataLength"]).partition(".")[0])
        kind = kinds.get(str(told["requestId"]), "other")
        came.total, came.answers = came.total + size, came.answers + 1
        came.by_kind[kind] = came.by_kind.get(kind, 0) + size

    line.on("Network.loadingFinished", finished)
    if IS_PHONE:
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        net = {"downloadThroughput": DOWN_BITS / 8, "uploadThroughput": UP_BITS / 8}
        line.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **net})
    yield page, came
    context.close()
