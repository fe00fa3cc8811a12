"""Read a provider's catalogue into offers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanseforum.core.tables import TableError
from kompetanseforum.offers.actions import bring_offers
from kompetanseforum.offers.imports import read_catalogue_file
from kompetanseforum.offers.queries.sources import source_of

_MOST_TOLD = 20


class Command(BaseCommand):
    help = "Read a catalogue (CSV or XLSX, headings in bokmål, nynorsk or English): one offer for each row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", required=True, help="whose catalogue it is; the same name updates the same offers"
        )
        parser.add_argument("--provider", default="", help="who gives the offers of rows that name nobody")
        parser.add_argument("--check", action="store_true", help="only tell what is wrong; store nothing")

    def handle(self, *args: Any, file: Path, source: str, provider: str, check: bool, **options: Any) -> None:
        try:
            catalogue = read_catalogue_file(file, provider=provider or source)
        except TableError as error:
            raise CommandError(f"{error.problem.where}: {error.problem.text}") from error
        for problem in catalogue.problems[:_MOST_TOLD]:
            self.stderr.write(f"{problem.where}: {problem.text}")
        if catalogue.unknown_headings:
            self.stderr.write(f"Not used: {', '.join(catalogue.unknown_headings)}")
        if check:
            return
        tally = bring_offers(offers=catalogue.offers, source=source_of(source), by=None)
        wrong = catalogue.rows - len(catalogue.offers)
        self.stdout.write(f"{tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, {wrong} left out.")
