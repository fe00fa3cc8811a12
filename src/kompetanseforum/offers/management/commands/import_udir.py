"""Read Udir's competence goals into offers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kompetanseforum.core.tables import TableError
from kompetanseforum.offers.actions import bring_offers
from kompetanseforum.offers.imports import udir_offers
from kompetanseforum.offers.imports.udir import SOURCE


class Command(BaseCommand):
    help = "Read Udir's competence goals (JSON lines, packed with gzip or not): one offer for each programme area."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            offers = udir_offers(file)
        except TableError as error:
            raise CommandError(error.problem.text) from error
        outcomes = sum(len(one.content.outcomes) for one in offers)
        tally = bring_offers(offers=offers, source=SOURCE, by=None)
        self.stdout.write(
            f"{len(offers)} programme areas, {outcomes} learning outcomes: "
            f"{tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged."
        )
