"""100,000 random strings in every script through the linker: no crash, spans inside the text, bounded time for each.

`KF_LINKING_INDEX=DIR` fuzzes with an index.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from kompetanse.linking import Linker
from kompetanse.linking.concept_index import ConceptIndex

STRINGS = 100_000
MOST_SECONDS = 2.0
# Words among the noise, so that cues, compounds and matches are met too.
_KNOWN = (
    "vi trenger ikke",
    "sveiser",
    "truckfører",
    "ikkje",
    "men",
    "er på plass",
    "kurs i",
    "we need",
    "PLS",
    "\n- ",
    ": ",
    "…",
    "»",
)


def random_text(rng: random.Random) -> str:
    """Up to sixty characters from anywhere in Unicode, known words between; surrogates too."""
    parts = []
    for _ in range(rng.randrange(12)):
        if rng.random() < 0.4:
            parts.append(rng.choice(_KNOWN))
        else:
            start = rng.choice((0, 0x80, 0x250, 0x370, 0x600, 0x4E00, 0xD800, 0x1F300, 0xE0000))
            parts.append(
                "".join(chr(min(start + rng.randrange(0x300), sys.maxunicode)) for _ in range(rng.randrange(6)))
            )
    return rng.choice(("", " ")).join(parts)


def check(linker: Linker, text: str) -> float:
    """CPU seconds that the text took. Raises AssertionError where a link lies outside it."""
    started = time.process_time()
    for link in linker.link(text):
        assert 0 <= link.score <= 1, text
        assert all(0 <= span.start < span.end <= len(text) for span in link.causes), text
    return time.process_time() - started


def run() -> dict[str, float]:
    """How many strings were read, and the slowest of them."""
    index = os.environ.get("KF_LINKING_INDEX")
    linker = Linker.from_vocabulary(index=ConceptIndex.open(Path(index)) if index else None)
    # The words of each language are read at its first text.
    for language in ("nb", "en"):
        linker.link("a", language=language)
    rng = random.Random(1)
    slowest = max(check(linker, random_text(rng)) for _ in range(STRINGS))
    assert slowest < MOST_SECONDS, slowest
    return {"fuzz.strings": float(STRINGS), "fuzz.slowest_ms": 1000 * slowest}
