"""`kompetanse minutes FILE|-`: the sentences of minutes that voice a need, who needs it, and what skills it is about."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kompetanse.linking import Linker
from kompetanse.linking.batches import as_row
from kompetanse.minutes import Entry, Proposal, Register, read_minutes

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("minutes", help="propose the needs that minutes or an e-mail voice", description=__doc__)
    parser.add_argument("file", help="a UTF-8 text file, or - for standard input")
    parser.add_argument(
        "--register", type=Path, metavar="FILE", help="names of organisations, one a line, to be found in the text"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the proposed needs, in the order they stand."""
    text = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    # A stray byte must not stop the reading of a text.
    words = text.decode("utf-8", errors="replace")
    names = given.register.read_text(encoding="utf-8").splitlines() if given.register else []
    register = Register(Entry(name.strip(), name.strip()) for name in names if name.strip())
    reading = read_minutes(words, linker=Linker.from_vocabulary(), register=register)
    if given.json:
        print(json.dumps([as_told(one, words) for one in reading.proposals], ensure_ascii=False, indent=2))
        return 0
    for one in reading.proposals:
        print(_line(one, words))
    return 0


def as_told(one: Proposal, text: str) -> dict[str, object]:
    """A proposal ready for JSON. `start` and `end` are characters of the text; `causes` have them too."""
    return {
        "start": one.span.start,
        "end": one.span.end,
        "sentence": text[one.span.start : one.span.end],
        "language": one.language,
        "causes": [
            {"start": cause.start, "end": cause.end, "words": text[cause.start : cause.end]} for cause in one.causes
        ],
        "organisation": one.organisation.key if one.organisation else None,
        "organisation_name": one.organisation.name if one.organisation else "",
        "skills": [as_row(link, one.words) for link in one.links],
    }


def _line(one: Proposal, text: str) -> str:
    causes = " … ".join(text[cause.start : cause.end] for cause in one.causes)
    who = one.organisation.name if one.organisation else "-"
    return f"{one.words}\n  {who}  ← {causes}  → {', '.join(link.label for link in one.links)}"
