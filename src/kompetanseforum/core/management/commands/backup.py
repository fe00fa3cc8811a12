"""Keep the whole forum in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kompetanseforum.core import clock
from kompetanseforum.core.backup import BackupError, write_backup


class Command(BaseCommand):
    help = "Keep the whole forum (database, files, secret) in one file. The server may run meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", type=Path, help="a new file, or a folder that gets one named by date and time")
        parser.add_argument("--keep", type=int, help="in a folder: so many of the newest stay, older ones are removed")

    def handle(self, *args: Any, to: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and (keep < 1 or not to.is_dir()):
            raise CommandError("--keep takes a number from 1 and goes with a folder.")
        now = timezone.localtime(clock.now())
        path = to / f"forum-{now:%Y-%m-%d-%H%M%S}.zip" if to.is_dir() else to
        try:
            manifest = write_backup(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from error
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {manifest.rows} rows, {size:.1f} MB. It holds the forum's secret: keep it safe.")
        if keep:
            for old in sorted(to.glob("forum-*.zip"))[:-keep]:
                old.unlink()
