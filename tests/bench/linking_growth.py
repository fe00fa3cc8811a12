"""Whether linking grows as the texts do: time and memory over 10³ to 10⁵ short texts (10⁶ with KF_LONG_BENCH), and what a million costs.

`KF_LINKING_INDEX=DIR` measures with an index.
"""

from __future__ import annotations

import itertools
import math
import os
import random
import time
from pathlib import Path

import numpy as np

from kompetanse.environment import keep_to_one_thread
from kompetanse.linking import Linker
from kompetanse.linking.batches import Asked, link_rows
from kompetanse.linking.concept_index import ConceptIndex

_HERE = Path(__file__).parent
_BATCH = 256


def run() -> dict[str, float]:
    """CPU seconds for each size, the exponent of growth (1 is linear), memory at the first and the last size."""
    keep_to_one_thread()
    index = os.environ.get("KF_LINKING_INDEX")
    linker = Linker.from_vocabulary(index=ConceptIndex.open(Path(index)) if index else None)
    sizes = [10**3, 10**4, 10**5] + ([10**6] if os.environ.get("KF_LONG_BENCH") else [])
    link_rows(linker, list(itertools.islice(_texts(), 500)), Asked("nb"))
    figures: dict[str, float] = {}
    spent, memory = [], []
    for size in sizes:
        texts = itertools.islice(_texts(), size)
        started = time.process_time()
        while batch := list(itertools.islice(texts, _BATCH)):
            link_rows(linker, batch, Asked("nb"))
        spent.append(time.process_time() - started)
        memory.append(_resident_mb())
        figures[f"growth.{size}_texts_cpu_s"] = spent[-1]
    slope = np.polyfit([math.log(size) for size in sizes], [math.log(seconds) for seconds in spent], 1)[0]
    return figures | {
        "growth.exponent": float(slope),
        "growth.first_rss_mb": memory[0],
        "growth.last_rss_mb": memory[-1],
        "growth.cpu_hours_per_million": spent[-1] / sizes[-1] * 1e6 / 3600,
    }


def _texts() -> itertools.chain[str]:
    """Sentences without end, each from two of ours, so that new pairs of words keep coming."""
    lines = (_HERE / "linking_sentences_nb.txt").read_text(encoding="utf-8").splitlines()
    rng = random.Random(1)
    return itertools.chain.from_iterable([f"{rng.choice(lines)}, {rng.choice(lines)}"] for _ in itertools.count())


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
