"""`kompetanse link FILE|-`: the skills and occupations a text speaks of, or each text of a table."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kompetanse.cli.tables import FORMATS, Row, table_of
from kompetanse.environment import keep_to_one_thread
from kompetanse.linking import Linker, Polarity
from kompetanse.linking.batches import Asked, Told, as_row, link_rows
from kompetanse.linking.concept_index import ConceptIndex

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

# So many rows travel to a process at once, and so many such batches wait for it: memory stays the same for any file.
_BATCH: Final = 256
_WAITING: Final = 3


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("link", help="find the skills in a text, or in each text of a table", description=__doc__)
    parser.add_argument("file", help=f"a UTF-8 text file, - for standard input, or a table ({', '.join(FORMATS)})")
    parser.add_argument("--lang", help="language of the text: nb, nn or en; guessed when left out")
    parser.add_argument("--limit", type=int, default=10, help="how many links of a text at most (default 10)")
    parser.add_argument(
        "--assume",
        type=Polarity,
        choices=list(Polarity),
        default=Polarity.NEED,
        help="what a sentence without a cue says (default need)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--index", type=Path, metavar="DIR", help="an index made by `kompetanse index build`")
    parser.add_argument("--column", default="text", help="the column with the texts of a table (default text)")
    parser.add_argument(
        "--out",
        type=Path,
        help="where the table goes, with a column `links`; a run that was stopped goes on from there",
    )
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (default: one for each core)"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the links of a text, best first, or writes a table with the links of each row."""
    asked = Asked(language=given.lang, limit=given.limit, assume=given.assume)
    if given.file != "-" and Path(given.file).suffix.lower() in FORMATS:
        if given.out is None:
            raise ValueError("A table needs --out FILE, of the same kind as what is read.")
        count = link_table(
            Path(given.file), given.out, asked, column=given.column, index=given.index, workers=given.workers
        )
        print(f"{given.out}: {count} rows")
        return 0
    text = _read(given.file)
    linker = _linker(given.index)
    links = linker.link(text, language=asked.language, limit=asked.limit, assume=asked.assume)
    if given.json:
        print(json.dumps([as_row(link, text) for link in links], ensure_ascii=False, indent=2))
        return 0
    for link in links:
        words = " … ".join(text[span.start : span.end] for span in link.causes)
        print(f"{link.score:.2f}  {link.polarity:<12}  {link.kind:<10}  {link.label}  ← {words}  {link.uri}")
    return 0


def link_table(file: Path, out: Path, asked: Asked, *, column: str, index: Path | None, workers: int) -> int:
    """Writes the rows of `file` with their links to `out`, in the same order. Returns how many rows there are.

    Until all are written they lie in `OUT.part`; a stopped run goes on after the last whole row there.
    """
    table = table_of(file)
    if out.suffix.lower() != file.suffix.lower():
        raise ValueError(f"{out.name} must end like {file.name}: what is read is written the same.")
    part = out.with_name(f"{out.name}.part")
    done = table.done(part)
    rows = islice(table.read(file), done, None)
    keep_to_one_thread()
    for batch, told in _told_in_order(_batches(rows, name=file.name, column=column), asked, column, index, workers):
        done += _write(batch, told, out=part, number=done, is_text=file.suffix.lower() != ".jsonl")
    if part.exists():
        table.finish(part, out)
    return done


def _told_in_order(
    batches: Iterable[Sequence[Row]], asked: Asked, column: str, index: Path | None, workers: int
) -> Iterator[tuple[Sequence[Row], list[list[Told]]]]:
    """Each batch with the links of its rows; by this process alone where one is enough, for another takes seconds to start."""
    if workers <= 1:
        linker = _linker(index)
        yield from ((batch, link_rows(linker, _texts(batch, column), asked)) for batch in batches)
        return
    spawn = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start, initargs=(index,)) as pool:
        waiting: deque[tuple[Sequence[Row], Future[list[list[Told]]]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(_link, _texts(batch, column), asked)))
            while len(waiting) > _WAITING * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        yield from ((batch, future.result()) for batch, future in waiting)


def _texts(batch: Sequence[Row], column: str) -> list[str]:
    return [str(row[column] or "") for row in batch]


def _write(rows: Sequence[Row], told: Sequence[list[Told]], *, out: Path, number: int, is_text: bool) -> int:
    written = [
        {**row, "links": json.dumps(links, ensure_ascii=False) if is_text else links}
        for row, links in zip(rows, told, strict=True)
    ]
    table_of(out.with_suffix("")).write(out, written, number=number)
    return len(rows)


def _batches(rows: Iterator[Row], *, name: str, column: str) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        if any(column not in row for row in batch):
            raise ValueError(f"{name} has no column {column!r}. Say which one with --column.")
        yield batch


# One linker for each process, made when it starts.
_LINKERS: Final[list[Linker]] = []


def _start(index: Path | None) -> None:
    _LINKERS.append(_linker(index))


def _link(texts: Sequence[str], asked: Asked) -> list[list[Told]]:
    return link_rows(_LINKERS[-1], texts, asked)


def _linker(index: Path | None) -> Linker:
    return Linker.from_vocabulary(index=ConceptIndex.open(index) if index else None)


def _read(file: str) -> str:
    # A stray byte must not stop the reading of a text.
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return Path(file).read_text(encoding="utf-8", errors="replace")
