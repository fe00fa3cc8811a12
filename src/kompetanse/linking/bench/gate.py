"""Whether a new index may take the place of another: on needs that ship with the package it must find no less."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Final

from kompetanse.linking.bench.measures import Answer, r_precision, reciprocal_rank
from kompetanse.linking.bench.sets import GoldSet, read_set
from kompetanse.linking.linker import Linker

# Per cent. Another seed alone moves the figures by as much.
TOLERANCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Figures:
    """MRR and RP@5 in per cent, over so many texts."""

    texts: int
    mrr: float
    rp5: float

    def has_dropped_from(self, before: Figures) -> bool:
        return self.mrr < before.mrr - TOLERANCE or self.rp5 < before.rp5 - TOLERANCE


def frozen_set() -> GoldSet:
    """168 needs as small firms voice them, with the concepts that are right for each."""
    with as_file(files("kompetanse.linking.bench").joinpath("frozen", "needs.tsv")) as file:
        return read_set(file)


def measured(linker: Linker, gold_set: GoldSet | None = None) -> Figures:
    """How well a linker finds what the set asks for, skills and occupations alike."""
    answers = []
    examples = (gold_set or frozen_set()).examples
    for example in examples:
        ranked = linker.rank(example.text, language=example.language)
        places = {uri: number for number, uri in enumerate(ranked, start=1)}
        at = tuple(places[uri] for uri in example.gold if uri in places)
        answers.append(Answer(at, example.gold, frozenset()))
    return Figures(len(examples), round(reciprocal_rank(answers), 1), round(r_precision(answers, at=5), 1))
