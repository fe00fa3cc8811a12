"""A thousand notes on one canvas in Chromium: how long a frame takes while it is panned, zoomed, and a note is dragged.

KF_BENCH_NOTES sets another number. The page itself tells how far apart its animation frames were; without a graphics
card the processor draws all of it, so the figures are those of the machine, beside its own figure for an empty page.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.faults import _prepare
from tests.chromium import find_chromium
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server, in_the_forum

NOTES = int(os.environ.get("KF_BENCH_NOTES", "1000"))
_STEPS = 90
_COUNT = """() => { window.frames_ = []; let last = performance.now();
  const next = (now) => { window.frames_.push(now - last); last = now; window.going_ = requestAnimationFrame(next) };
  window.going_ = requestAnimationFrame(next) }"""
_TELL = "() => { cancelAnimationFrame(window.going_); return window.frames_.slice(2) }"
_WRITE = """
from kompetanse.board import ItemKind, OpKind, Wish
from kompetanseforum.boards.actions import perform
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.refs import new_public_id, ref

board = Board.objects.get()
guest = board.guests.get()
who = Who(ref=str(ref(guest)), name="Kari", sector="business", is_leading=False, guest=guest)
columns = list(board.items.filter(kind=ItemKind.COLUMN).values_list("public_id", flat=True))
words = ("Ti kvelder i stedet for ett år", "Start klokka 18", "Vi får ikke folk fri i sesongen, og vikarene finnes ikke")
for start in range(0, {notes}, 100):
    perform(board, [
        (Wish(f"bench-{{n:08}}", OpKind.ADD, new_public_id(), text=words[n % 3], inside=columns[n % len(columns)]), who)
        for n in range(start, min(start + 100, {notes}))
    ])
"""


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepare(data)
        (board,) = make_boards(data, boards=1, guests=1)
        in_the_forum(_WRITE.format(notes=NOTES), data=data)
        with Server(data, settings={"KF_PROXIES": "1"}) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            figures = _measured(page, f"http://127.0.0.1:{server.port}", board)
            browser.close()
    return figures


def _measured(page: Page, address: str, board: MadeBoard) -> dict[str, float]:
    name, _, value = board.cookies[0].partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": address}])
    page.goto("about:blank")
    figures = _told("empty_page", _frames(page, lambda: page.wait_for_timeout(1500)))
    page.goto(f"{address}/tavler/{board.id}/lerret")
    page.wait_for_function("() => document.querySelector('[data-world]').style.transform")
    figures["notes"] = page.locator("article.note").count()
    box = page.locator(".canvas-view").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_timeout(1000)
    figures |= _told("pan_all_in_view", _frames(page, lambda: _each(page, lambda _n: page.mouse.wheel(3, 3))))
    figures |= _told("zoom", _frames(page, lambda: _zoom(page)))
    for _ in range(12):
        page.locator("[data-do=in]").click()
    page.mouse.move(x, y)
    page.wait_for_timeout(500)
    figures |= _told("pan_near", _frames(page, lambda: _each(page, lambda n: page.mouse.wheel(8, 8 if n % 2 else -2))))
    note = page.locator("article.note").nth(3)
    note.focus()
    page.wait_for_timeout(500)
    at = note.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 10, at["y"] + 10)
    page.mouse.down()
    figures |= _told(
        "drag_a_note",
        _frames(page, lambda: _each(page, lambda n: page.mouse.move(at["x"] + 10 + 3 * n, at["y"] + 10 + n))),
    )
    page.mouse.up()
    return figures


def _each(page: Page, step: Callable[[int], None]) -> None:
    for n in range(_STEPS):
        step(n)


def _zoom(page: Page) -> None:
    page.keyboard.down("Control")
    _each(page, lambda n: page.mouse.wheel(0, -12 if n < _STEPS // 2 else 12))
    page.keyboard.up("Control")


def _frames(page: Page, work: Callable[[], None]) -> list[float]:
    page.evaluate(_COUNT)
    work()
    found: list[float] = page.evaluate(_TELL)
    return sorted(found)


def _told(what: str, frames: list[float]) -> dict[str, float]:
    return {
        f"{what}.frames": len(frames),
        f"{what}.p50_ms": statistics.median(frames),
        f"{what}.p95_ms": frames[int(len(frames) * 0.95)],
    }
