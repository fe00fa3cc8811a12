"""`kompetanseforum import_esco FILE... [--version 1.2.0]`: ESCO from the official CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.esco import EscoFileError
from kompetanseforum.core.text import grouped
from kompetanseforum.skills.forms import problem_text
from kompetanseforum.skills.imports import import_esco_files


class Command(BaseCommand):
    help = "Bring in ESCO: zips, folders or CSV files as the Commission publishes them, one or more languages."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # Django's own --version stands in the way of ESCO's.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--version", dest="esco_version", help="such as 1.2.0, where it does not stand in the name")

    def handle(self, *args: Any, files: list[Path], esco_version: str | None, **options: Any) -> None:
        try:
            imported = import_esco_files(files, version=esco_version, progress=self._tell)
        except EscoFileError as error:
            raise CommandError(problem_text(error.code, error.detail)) from error
        finally:
            self._end_line()
        if not imported.is_changed:
            self.stdout.write(_("Nothing has changed: these files are here already."))
            return
        for name, count in imported.counts.items():
            self.stdout.write(f"{grouped(count):>9}  {name}")
        files_text = ngettext("The file is in.", "The files are in.", len(files))
        self.stdout.write(files_text)

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            share = f"{100 * done // total:3} %" if total else ""
            self.stderr.write(f"\r{stage:<20}{share}", ending="")
            self.stderr.flush()

    def _end_line(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
