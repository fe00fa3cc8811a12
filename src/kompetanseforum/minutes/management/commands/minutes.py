"""`kompetanseforum minutes FILE [--json]`: the needs that a file proposes, with the forum's own register and vocabulary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanse.cli.minutes import as_told
from kompetanseforum.minutes.imports import UnreadableFile, read_path
from kompetanseforum.minutes.queries import proposals_in


class Command(BaseCommand):
    help = "Propose the needs that minutes or an e-mail voice. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .docx, .pdf, .txt or .eml file")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, file: Path, json: bool, **options: Any) -> None:
        try:
            text = read_path(file).text
        except UnreadableFile as error:
            raise CommandError(error.text) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        told = [as_told(one, text) for one in proposals_in(text).proposals]
        if json:
            self.stdout.write(_as_json(told))
            return
        for one in told:
            self.stdout.write(f"{one['organisation_name'] or '-'}: {one['sentence']}")


def _as_json(told: list[dict[str, object]]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)
