"""`kompetanseforum import_codes FILE...`: municipalities, STYRK-08 and SN2007 from CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kompetanseforum.codes.imports import CodeFileError, import_codes


class Command(BaseCommand):
    help = "Bring in municipalities, STYRK-08 or SN2007 from CSV files (gzipped or not)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:  # Any: Django's own signature
        for file in files:
            try:
                imported = import_codes(file)
            except CodeFileError as error:
                raise CommandError(f"{file.name}: {_problem(error)}") from error
            self.stdout.write(f"{file.name}: {_done(imported.what) % {'count': imported.count}}")


def _done(what: str) -> str:
    return {
        "municipalities": _("%(count)s municipalities are in place."),
        "occupation_groups": _("%(count)s occupation groups (STYRK-08) are in place."),
        "industries": _("%(count)s industries (SN2007) are in place."),
    }[what]


def _problem(error: CodeFileError) -> str:
    texts = {
        "not_found": _("There is no such file."),
        "damaged": _("The file is damaged. Fetch it again."),
        "wrong_encoding": _("The file is not UTF-8. Save it as CSV with UTF-8."),
        "unknown_columns": _("The columns are not those of municipalities, STYRK-08 or SN2007: %(detail)s"),
        "cut_off": _("The file stops in the middle (%(detail)s). Fetch it again."),
        "wrong_code": _("“%(detail)s” is not a code of this kind."),
    }
    return texts[error.code] % {"detail": error.detail}
