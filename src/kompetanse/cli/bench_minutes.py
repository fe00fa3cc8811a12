"""`kompetanse bench minutes`: how many of the sentences that voice a need are found, and how many others are taken for one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kompetanse.alike.measuring import Suggested, measure_pairs, read_pairs
from kompetanse.cli.written import put_between, when_measured
from kompetanse.linking import Linker
from kompetanse.minutes.measuring import Figures, measure, read_labelled

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

_BEGIN: Final = "<!-- kompetanse bench minutes -->"
_END: Final = "<!-- end of bench -->"


def add(verbs: Verbs) -> None:
    """Adds what is measured to `bench`."""
    parser = verbs.add_parser("minutes", description=__doc__)
    parser.add_argument(
        "--set",
        type=Path,
        action="append",
        required=True,
        dest="sets",
        metavar="FILE.tsv",
        help="sentences with the columns lang, need, kind, organisation and text; may be repeated",
    )
    parser.add_argument(
        "--pairs", type=Path, metavar="FILE.tsv", help="pairs of needs with the columns half, same, one and other"
    )
    parser.add_argument("--write", type=Path, metavar="FILE.md", help=f"put the table between {_BEGIN} and {_END}")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the table, or its figures as JSON."""
    linker = Linker.from_vocabulary()
    measured = [measure(file.stem, read_labelled(file), linker=linker) for file in given.sets]
    pairs = _suggested(given.pairs, linker=linker) if given.pairs else []
    tables = "\n\n".join([_table(measured), *([_pairs_table(pairs)] if pairs else [])])
    if given.write:
        put_between(given.write, f"{tables}\n\n{when_measured()}", begin=_BEGIN, end=_END)
    print(json.dumps([*map(asdict, measured), *map(asdict, pairs)], indent=2) if given.json else tables)
    return 0


def _suggested(file: Path, *, linker: Linker) -> list[Suggested]:
    pairs = read_pairs(file)
    return [measure_pairs(half, pairs, linker=linker) for half in sorted({pair.half for pair in pairs})]


def _pairs_table(measured: Sequence[Suggested]) -> str:
    lines = ["| pairs | in all | the same | suggested | precision | recall |", "|---|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {one.half} | {one.pairs} | {one.same} | {one.suggested} | {one.precision:.3f} | {one.recall:.3f} |"
        for one in measured
    ]
    return "\n".join(lines)


def _table(measured: Sequence[Figures]) -> str:
    lines = [
        "| set | sentences | needs | precision | recall | F1 | bokmål | nynorsk | taken for needs | organisation right |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|--:|",
    ]
    for one in measured:
        taken = ", ".join(f"{count} {kind}" for kind, count in sorted(one.taken_by_kind.items())) or "none"
        by = one.f1_by_language
        lines.append(
            f"| {one.set} | {one.sentences} | {one.needs} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} "
            f"| {by.get('nb', 0):.3f} | {by.get('nn', 0):.3f} | {taken} | {one.organisations_right:.3f} |"
        )
    return "\n".join(lines)
