"""Bring a forum back from the file that `backup` made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanseforum.core.backup import BackupError, restore


class Command(BaseCommand):
    help = (
        "Bring a forum back from a backup, of this version or an older one, into an empty place. Stop the server first."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="the forum that is here is lost")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            restored = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        # What came later than the backup: tables and built-in rows of this version.
        call_command("prepare")
        self.stdout.write(
            f"{restored.manifest.rows} rows of {restored.manifest.made_at[:16].replace('T', ' ')} are back."
        )
        if restored.has_other_secret:
            self.stdout.write(
                "KF_SECRET_KEY is another than the backup's: links given out before do not open. "
                f"The old one lies in {file.name}, under «secret»."
            )
