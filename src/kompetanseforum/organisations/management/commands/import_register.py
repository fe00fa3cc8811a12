"""Bring in Enhetsregisteret from its own files: `kompetanseforum import_register enheter.json.gz underenheter.json.gz`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanseforum.organisations.forms import problem_text
from kompetanseforum.organisations.imports import import_file


class Command(BaseCommand):
    help = "Bring in Enhetsregisteret's bulk files, organisations before places of work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        for path in files:
            row = import_file(path)
            if row.problem:
                raise CommandError(f"{path.name}: {problem_text(row.problem, row.problem_detail)}")
            self.stdout.write(f"{path.name}: {row.counts['stored']} of {row.counts['read']} units are in the region")
