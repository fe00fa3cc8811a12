"""Bring the translations up to date with the code: `kompetanseforum texts`, `texts --check`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanseforum.core import texts


class Command(BaseCommand):
    help = "Find the texts of each capability, update its .po files and compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("capability", nargs="*", help="only these folders, such as needs")
        parser.add_argument("--check", action="store_true", help="change nothing; list what is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="change no .po file; only make the .mo files")

    def handle(self, *args: Any, capability: list[str], check: bool, compile: bool, **options: Any) -> None:
        folders = [folder for folder in texts.capability_folders() if not capability or folder.name in capability]
        unknown = set(capability) - {folder.name for folder in folders}
        if unknown:
            raise CommandError(f"No capability is called {', '.join(sorted(unknown))}.")
        if check:
            self._check(folders)
            return
        if not compile:
            for path in (changed for folder in folders for changed in texts.update(folder)):
                self.stdout.write(f"updated {path.relative_to(texts.PACKAGE)}")
        self.stdout.write(f"{texts.compile_texts(only_stale=False)} files compiled")
        missing = [fault for folder in folders for fault in texts.faults(folder)]
        if missing and not compile:
            self.stdout.write(f"{len(missing)} texts need a look: kompetanseforum texts --check")

    def _check(self, folders: list[Any]) -> None:
        found = [fault for folder in folders for fault in texts.faults(folder)]
        found += texts.said_twice(texts.capability_folders())
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} texts need a look.")
