"""`kompetanseforum build_index`: the index of all skills and occupations, from what is here; the worker does the same."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kompetanseforum.skills.actions.indexing import ask_for_index, fail_building
from kompetanseforum.skills.exports.index import build
from kompetanseforum.skills.jobs import hear_anew_with
from kompetanseforum.skills.queries.indexing import index_by_id


class Command(BaseCommand):
    help = "Build the index that finds skills in other words than their names. Goes live only if it finds no less."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--asked", metavar="ID", help="one that the worker was asked to build")

    def handle(self, *args: Any, asked: str | None, **options: Any) -> None:
        public_id = asked or ask_for_index(by=None, enqueue=lambda public_id: None).public_id
        try:
            build(public_id)
        except Exception as error:
            if index := index_by_id(public_id):
                fail_building(index, problem=type(error).__name__)
            raise
        hear_anew_with(public_id)
        index = index_by_id(public_id)
        if index is not None:
            now, before = index.figures, index.before
            self.stdout.write(
                f"{index.state}: {index.concepts} concepts, MRR {now.get('mrr')} (before {before.get('mrr')}), "
                f"RP@5 {now.get('rp5')} (before {before.get('rp5')})"
            )
