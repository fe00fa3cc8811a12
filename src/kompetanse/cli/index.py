"""`kompetanse index build`: makes the index that lets `link` find what is said in other words."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kompetanse.environment import is_one_thread, with_one_thread
from kompetanse.linking.artifact import StoredIndex
from kompetanse.linking.bench.gate import measured
from kompetanse.linking.building import recurrent, stance
from kompetanse.linking.building.build import build_index
from kompetanse.linking.building.recurrent import Material, lessons
from kompetanse.linking.building.sources import Source
from kompetanse.linking.building.stance import example
from kompetanse.linking.building.ways import alone, gold, needs, told_out
from kompetanse.linking.concept_index import ConceptIndex
from kompetanse.linking.linker import Linker
from kompetanse.linking.recurrent import write_net
from kompetanse.linking.stance import write_weights
from kompetanse.vocabulary import read_vocabulary

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("index", help="build or check the index that linking uses")
    what = parser.add_subparsers(required=True, metavar="what")
    building = what.add_parser("build", description=__doc__)
    building.add_argument(
        "--esco",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="folders with ESCO's CSV files (.gz or not), newest version first; without it the starter vocabulary alone",
    )
    building.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write")
    building.add_argument(
        "--seed", type=int, default=1, metavar="N", help="same files and seed, same bytes (default 1)"
    )
    building.add_argument(
        "--not-below",
        type=Path,
        metavar="DIR",
        help="another index: what is built is kept only if it finds no less on the frozen needs",
    )
    building.set_defaults(run=build)
    checking = what.add_parser("check", description="Reads every byte of an index and tells whether it is whole.")
    checking.add_argument("folder", type=Path)
    checking.set_defaults(run=check)
    polarity = what.add_parser("polarity", description="Fits what tells needed from had, offered and not needed.")
    polarity.add_argument(
        "--clauses",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.tsv",
        help="gold clauses beside the ways that ship; only rows whose half is seen are read",
    )
    polarity.add_argument(
        "--judged",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.tsv",
        help="as --clauses, but the cues were made with them in view",
    )
    polarity.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the folder for no.weights, en.weights and polarity.net"
    )
    polarity.add_argument(
        "--needs",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.tsv",
        help="needs as people voice them (columns lang, text, polarity)",
    )
    polarity.add_argument("--seed", type=int, default=1, metavar="N")
    polarity.set_defaults(run=fit_polarity)


def build(given: argparse.Namespace) -> int:
    """Builds the index, telling how far it has come. Sums in several threads would come out a little different."""
    if not is_one_thread():
        return build_alone(given.esco, given.out, seed=given.seed) or _kept(given.out, beside=given.not_below)
    source = Source()
    source.add_folders(given.esco)
    source.add_vocabulary(read_vocabulary(), only_known=bool(given.esco))
    print(f"{len(source.kinds)} concepts, {len(source.terms)} labels, {', '.join(sorted(source.languages))}")
    started = time.perf_counter()

    def tell(what: str, done: int, total: int) -> None:
        if done == total or done % 20 == 0:
            end = "\n" if done == total else "\r"
            print(f"{what} {100 * done // max(total, 1)} %", end=end, file=sys.stderr, flush=True)

    build_index(source, given.out, seed=given.seed, tell=tell)
    print(f"Built {given.out} in {time.perf_counter() - started:.0f} s")
    return 0


def _kept(folder: Path, *, beside: Path | None) -> int:
    """The gate: 1, and the folder is gone, where it finds less than the index beside it."""
    if beside is None:
        return 0
    before, now = (measured(Linker.from_vocabulary(index=ConceptIndex.open(one))) for one in (beside, folder))
    print(f"On {now.texts} frozen needs: MRR {now.mrr} (before {before.mrr}), RP@5 {now.rp5} (before {before.rp5})")
    if not now.has_dropped_from(before):
        return 0
    shutil.rmtree(folder)
    print(f"It finds less than {beside}, so it was taken away again.")
    return 1


def build_alone(esco: Sequence[Path], out: Path, *, seed: int = 1) -> int:
    """Builds in a process of its own with one thread, so that the same files give the same bytes. Returns its code."""
    command = [sys.executable, "-m", "kompetanse.cli", "index", "build", "--out", str(out), "--seed", str(seed)]
    if esco:
        command += ["--esco", *map(str, esco)]
    return subprocess.run(command, env=with_one_thread(), check=False).returncode  # noqa: S603 - our own command


def check(given: argparse.Namespace) -> int:
    """Prints what the index is. Raises BrokenIndex, whose message says what to do."""
    stored = StoredIndex(given.folder)
    languages = ", ".join(stored.manifest.languages)
    print(f"{given.folder} is whole: {stored.manifest.concepts} concepts, {languages}, {len(stored.files)} files")
    return 0


def fit_polarity(given: argparse.Namespace) -> int:
    """Writes the weights and the net that `kompetanse.linking.stance` reads. Same ways, clauses and seed, same bytes on one thread."""
    given.out.mkdir(parents=True, exist_ok=True)
    material = Material([], [], [])
    for tongue in ("no", "en"):
        rng = random.Random(given.seed)
        ways, labels = list(told_out(tongue, rng=rng)), list(alone(tongue, rng=rng))
        told = [clause for file in given.clauses for clause in gold(file, tongue=tongue)]
        judged = [clause for file in given.judged for clause in gold(file, tongue=tongue)]
        voiced = [clause for file in given.needs for clause in needs(file, tongue=tongue)]
        examples = [example(clause) for clause in (*ways, *labels, *told, *voiced)]
        examples += [example(clause, hides_rule=True) for clause in judged]
        known = [one for one in examples if one is not None]
        weights = stance.fit(known)
        (given.out / f"{tongue}.weights").write_bytes(write_weights(weights))
        print(f"{tongue}: {len(known)} clauses, {len(weights.signs)} signs")
        material.told.extend([*lessons(told), *lessons(judged, hides_rule=True), *lessons(voiced)])
        material.ways.extend(lessons(ways))
        material.alone.extend(lessons(labels))
    net = recurrent.fit(material, tell=lambda said: print(said, file=sys.stderr, flush=True))
    (given.out / "polarity.net").write_bytes(write_net(net))
    print(f"{len(material.told)} texts as people wrote them, {len(net.known)} words, stems and kinds")
    return 0
