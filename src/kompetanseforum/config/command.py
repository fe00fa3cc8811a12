"""The command line: `kompetanseforum serve`, `prepare`, `demo`, `work`, `doctor` and the imports."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanseforum.config.settings")
    execute_from_command_line([sys.argv[0], *(sys.argv[1:] or ["serve"])])


if __name__ == "__main__":
    main()
