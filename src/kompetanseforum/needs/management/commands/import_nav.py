"""Bring in NAV's shortage statistics by occupation for one county."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kompetanseforum.needs.actions import import_shortages
from kompetanseforum.needs.imports import StatisticsFileError, read_shortages


class Command(BaseCommand):
    help = "Bring in NAV's shortage statistics (CSV, gzipped or not) for one county's column."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", default="ostfold", help="name of the county's column (default: %(default)s)")

    def handle(self, *args: Any, file: Path, county: str, **options: Any) -> None:
        try:
            rows = read_shortages(file, county=county)
        except StatisticsFileError as error:
            raise CommandError(f"{file.name}: {error}") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        count = import_shortages(
            source="nav",
            county=county,
            rows=((row.year, row.occupation_code, row.occupation_name, row.people) for row in rows),
        )
        self.stdout.write(f"{count} occupations")
