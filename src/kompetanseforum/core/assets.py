"""Static files: named by content where they have been collected, plain where they have not (development, tests)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Beside what was collected: what it was collected from.
_STAMP = "collected-from.txt"


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # A page with a plain file name beats a page that fails, where `collectstatic` has not run.
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))


def collect_assets() -> None:
    """Name each asset by its content and compress it once, so that browsers keep it for good.

    It takes seconds, so nothing is done where they are as they were at the last start.
    """
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    now = hashlib.sha256("\n".join(sorted(_as_they_are())).encode()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)


def _as_they_are() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"
