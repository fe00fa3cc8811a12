"""`kompetanse link FILE|-`: the skills and occupations a text speaks of."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kompetanse.linking import Link, Linker, Polarity

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("link", help="find the skills in a text", description=__doc__)
    parser.add_argument("file", help="a UTF-8 text file, or - for standard input")
    parser.add_argument("--lang", help="language of the text: nb, nn or en; guessed when left out")
    parser.add_argument("--limit", type=int, default=10, help="how many links at most (default 10)")
    parser.add_argument(
        "--assume",
        type=Polarity,
        choices=list(Polarity),
        default=Polarity.NEED,
        help="what a sentence without a cue says (default need)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the links, best first."""
    text = _read(given.file)
    links = Linker.from_vocabulary().link(text, language=given.lang, limit=given.limit, assume=given.assume)
    if given.json:
        print(json.dumps([_as_json(link, text) for link in links], ensure_ascii=False, indent=2))
        return 0
    for link in links:
        words = " … ".join(text[span.start : span.end] for span in link.causes)
        print(f"{link.score:.2f}  {link.polarity:<12}  {link.kind:<10}  {link.label}  ← {words}  {link.uri}")
    return 0


def _read(file: str) -> str:
    # A stray byte must not stop the reading of a text.
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return Path(file).read_text(encoding="utf-8", errors="replace")


def _as_json(link: Link, text: str) -> dict[str, object]:
    return {
        "uri": link.uri,
        "kind": link.kind,
        "label": link.label,
        "score": link.score,
        "polarity": str(link.polarity),
        "basis": link.basis,
        "causes": [{"start": span.start, "end": span.end, "text": text[span.start : span.end]} for span in link.causes],
    }
