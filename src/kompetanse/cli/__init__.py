"""The `kompetanse` command: the thinking on files, one verb in one module."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from kompetanse.cli import bench, index, link, minutes, trace, vocabulary
from kompetanse.environment import cache_folder
from kompetanse.linking.folders import keep_dictionaries_in

# A verb is a module with `add(verbs)`, which sets `run`, a function from parsed arguments to an exit code.
VERBS: Final = (link, minutes, trace, index, bench, vocabulary)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb. Exit codes: 0 well, 1 the verb found something wrong, 2 it could not run."""
    parser = argparse.ArgumentParser(prog="kompetanse", description="Skills, needs and matching on plain files.")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    for verb in VERBS:
        verb.add(verbs)
    given = parser.parse_args(arguments)
    keep_dictionaries_in(cache_folder())
    try:
        code: int = given.run(given)
    except (OSError, ValueError) as problem:
        print(f"kompetanse: {problem}", file=sys.stderr)
        return 2
    return code
