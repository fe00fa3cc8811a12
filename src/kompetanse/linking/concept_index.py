"""An index that `kompetanse index build` made, opened for reading."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.artifact import Manifest, StoredIndex
from kompetanse.linking.coverage import Coverage, CoverageArrays
from kompetanse.linking.encoder import Encoder
from kompetanse.linking.ranking import ConceptVectors, Prior, Ranker
from kompetanse.linking.terms import Kind
from kompetanse.linking.weights import WEIGHTS


class ConceptIndex:
    """Concepts by number, what they are called, and a ranker over them. Not for several threads at a time."""

    def __init__(
        self,
        *,
        manifest: Manifest,
        uris: Sequence[str],
        is_skill: NDArray[np.bool_],
        labels: Sequence[str],
        ranker: Ranker,
        encoder: Encoder,
        vectors: ConceptVectors,
    ) -> None:
        self.manifest = manifest
        self.uris = uris
        self.numbers = {uri: number for number, uri in enumerate(uris)}
        self.is_skill = is_skill
        self.ranker = ranker
        self.encoder = encoder
        self.vectors = vectors
        self._labels = labels

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises BrokenIndex, with what to do, where the folder holds no whole index of this format."""
        stored = StoredIndex(folder)
        uris = stored.lines("uris")
        encoder = Encoder(stored.array("rows"), stored.array("scales"), stored.array("word_weights"))
        vectors = ConceptVectors(stored.array("preferred"), stored.array("centre"))
        coverages = {
            tongue: Coverage(_coverage_arrays(stored, tongue), concepts=len(uris), family=tongue)
            for tongue in ("no", "en")
            if stored.has(f"coverage_{tongue}_keys")
        }
        return cls(
            manifest=stored.manifest,
            uris=uris,
            is_skill=np.array(stored.array("is_skill")),
            labels=stored.lines("labels"),
            ranker=Ranker(
                coverages,
                prior=Prior(stored.array("use"), stored.array("is_own")),
                weights=WEIGHTS,
                encoder=encoder,
                vectors=vectors,
            ),
            encoder=encoder,
            vectors=vectors,
        )

    def label(self, concept: int, *, language: str) -> str:
        """The preferred label: in the language, in the other Norwegian, or in English."""
        told = f"\v{self._labels[concept]}"
        for code in (language, "nb", "nn", "en") if language != "en" else ("en", "nb", "nn"):
            _, is_told, rest = told.partition(f"\v{code}\t")
            if is_told:
                return rest.partition("\v")[0]
        return told.partition("\t")[2].partition("\v")[0]

    def nearest(self, uri: str, among: Collection[str]) -> list[tuple[str, float]]:
        """Those of `among` that the index knows, nearest to the concept first, each with its cosine (-1–1): the better of
        that of its preferred label and that of the mean of its labels. Nothing where the concept is not known.
        """
        others = [one for one in among if one != uri and one in self.numbers]
        if uri not in self.numbers or not others:
            return []
        own = self.vectors.centre[self.numbers[uri]]
        at = [self.numbers[one] for one in others]
        cosines = np.maximum(self.vectors.preferred[at] @ own, self.vectors.centre[at] @ own).tolist()
        return sorted(zip(others, cosines, strict=True), key=lambda one: (-one[1], one[0]))

    def among(self, kinds: Sequence[Kind]) -> NDArray[np.bool_] | None:
        """(concepts,): which are of the kinds; None where all are."""
        wanted = frozenset(kinds)
        if wanted >= {"skill", "occupation"}:
            return None
        return self.is_skill if "skill" in wanted else ~self.is_skill if wanted else np.zeros_like(self.is_skill)

    def kind(self, concept: int) -> Kind:
        return "skill" if self.is_skill[concept] else "occupation"


def read_index(folder: Path) -> ConceptIndex:
    """As `ConceptIndex.open`: every byte is checked. Raises BrokenIndex."""
    return ConceptIndex.open(folder)


@lru_cache(maxsize=2)
def open_index(folder: Path) -> ConceptIndex:
    """The index in the folder, opened once in a process."""
    return ConceptIndex.open(folder)


def _coverage_arrays(stored: StoredIndex, tongue: str) -> CoverageArrays:
    prefix = f"coverage_{tongue}"
    return CoverageArrays(
        keys=stored.lines(f"{prefix}_keys"),
        words=stored.lines(f"{prefix}_words"),
        stems=stored.lines(f"{prefix}_stems"),
        weights=stored.array(f"{prefix}_weights"),
        postings=stored.array(f"{prefix}_postings"),
        bounds=stored.array(f"{prefix}_bounds"),
        owners=stored.array(f"{prefix}_owners"),
        sums=stored.array(f"{prefix}_sums"),
        lengths=stored.array(f"{prefix}_lengths"),
        shares=stored.array(f"{prefix}_shares"),
    )
