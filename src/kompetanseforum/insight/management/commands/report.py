"""`kompetanseforum report --from 2026-01-01 --to 2026-06-30`: what came out of it, as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanseforum.insight.exports.data import report_data
from kompetanseforum.insight.queries.report import Period, last_half_year, report_of


class Command(BaseCommand):
    help = "Print what came out of it in a period, as JSON. Without dates: the last half-year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="2026-01-01", help="first day")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="2026-06-30", help="last day")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django's own
        half = last_half_year()
        period = Period(first=options["first"] or half.first, last=options["last"] or half.last)
        if period.last < period.first:
            raise CommandError("The period ends before it begins.")
        self.stdout.write(json.dumps(report_data(report_of(period)), ensure_ascii=False, indent=2))
