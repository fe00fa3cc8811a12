"""Where the browser is: `python -m tests.chromium` prints it, or nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# The first has no window of its own to draw: a page costs a third.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """KF_TEST_CHROMIUM, else the first one found."""
    given = os.environ.get("KF_TEST_CHROMIUM")
    found = [given, *map(shutil.which, _NAMES), *(path for path in _ON_MACOS if Path(path).exists())]
    return next((path for path in found if path), None)


if __name__ == "__main__":
    print(find_chromium() or "", end="")
