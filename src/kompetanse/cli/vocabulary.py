"""`kompetanse vocabulary check`: finds what is wrong in the starter vocabulary."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kompetanse.vocabulary import Fault, check, read_esco_concepts, read_vocabulary

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("vocabulary", help="work with the starter vocabulary")
    checking = parser.add_subparsers(required=True, metavar="what").add_parser("check", description=__doc__)
    checking.add_argument(
        "--esco", type=Path, metavar="DIR", help="folder with ESCO's skills_en.csv and occupations_en.csv (or .csv.gz)"
    )
    checking.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the findings. Labels of our own are for a look; anything else gives 1."""
    vocabulary = read_vocabulary()
    findings = check(vocabulary, known=read_esco_concepts(given.esco) if given.esco else None)
    for finding in findings:
        print(f"{finding.fault}\t{finding.where}\t{finding.what}")
    counts = (
        f"{len(vocabulary.skills)} skills, {len(vocabulary.occupations)} occupations, {len(vocabulary.pairs)} pairs"
    )
    print(f"{counts}: {len(findings)} findings")
    return 1 if any(finding.fault is not Fault.OTHER_LABEL for finding in findings) else 0
