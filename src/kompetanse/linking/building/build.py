"""Builds an index from ESCO and the starter vocabulary: coverage arrays, a trained encoder, concept vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.artifact import FORMAT, Manifest, write_index
from kompetanse.linking.building.pairs import Texts, texts_of
from kompetanse.linking.building.sources import Source
from kompetanse.linking.building.training import Plan, suited, train
from kompetanse.linking.coverage import LabelWords, coverage_arrays
from kompetanse.linking.encoder import Encoder, quantised
from kompetanse.linking.lemmas import family
from kompetanse.linking.subwords import TABLE_ROWS
from kompetanse.linking.terms import Term
from kompetanse.linking.tokens import words_of

# Families whose labels are matched word by word; other languages only teach the vectors.
READ_FAMILIES: Final = ("no", "en")
# A concept's centre is the mean of its labels in these; the mean over more is no better.
_CENTRED_ON: Final = ("en", "no")

# Labels that a link may show.
_SHOWN: Final = frozenset({"nb", "nn", "en"})

# Tells what is being done, and how much of it.
Tell = Callable[[str, int, int], None]


def build_index(
    source: Source, folder: Path, *, seed: int = 1, plan: Plan | None = None, tell: Tell | None = None
) -> None:
    """Writes an index of everything in `source` to `folder`. The same source and seed give the same bytes."""
    uris = source.in_order_of_kin()
    place = {uri: number for number, uri in enumerate(uris)}
    arrays: dict[str, NDArray[Any]] = {
        "use": np.log1p([source.uses[uri] for uri in uris]).astype(np.float32),
        "is_own": np.fromiter((uri in source.own for uri in uris), np.bool_, len(uris)),
        "is_skill": np.fromiter((source.kinds[uri] == "skill" for uri in uris), np.bool_, len(uris)),
    }
    lines: dict[str, Sequence[str]] = {"uris": uris, "labels": _labels(source, uris)}
    for tongue in READ_FAMILIES:
        _add_coverage(source.terms, place, tongue, arrays=arrays, lines=lines)
    texts = texts_of(source, uris)
    plan = plan or suited(len(texts.concepts))
    rows = train(
        texts, plan=plan, seed=seed, progress=(lambda done, total: tell("training", done, total)) if tell else None
    )
    weights = _word_weights(texts)
    arrays["rows"], arrays["scales"] = quantised(rows)
    arrays["word_weights"] = weights
    encoder = Encoder(arrays["rows"], arrays["scales"], weights)
    arrays["preferred"], arrays["centre"] = _vectors(source, place, encoder)
    manifest = Manifest(
        languages=tuple(sorted(source.languages)),
        concepts=len(uris),
        built={"seed": seed, "plan": asdict(plan), "texts": len(texts.concepts), "terms": len(source.terms)},
    )
    write_index(folder, manifest=manifest, arrays=arrays, lines=lines)


def fingerprint(source: Source) -> str:
    """Sixteen letters that differ when the source does, or what is made of it."""
    digest = hashlib.sha256(f"{FORMAT} {asdict(Plan())}".encode())
    for term in sorted(source.terms, key=lambda one: (one.uri, one.language, one.text, one.role)):
        digest.update(f"{term.uri}\t{term.language}\t{term.role}\t{term.text}\n".encode("utf-8", "surrogatepass"))
    digest.update(f"{sorted(source.uses.items())} {sorted(source.broader.items())}".encode())
    digest.update(repr(sorted((uri, sorted(each.items())) for uri, each in source.descriptions.items())).encode())
    return digest.hexdigest()[:16]


def _labels(source: Source, uris: Sequence[str]) -> list[str]:
    """One line for each concept: `language TAB label`, with vertical tabs between."""
    told: dict[str, dict[str, str]] = {uri: {} for uri in uris}
    for term in source.terms:
        if term.role == "label" and term.language in _SHOWN:
            # The starter vocabulary is read last; its labels are the ones a beginner would say.
            text = " ".join(term.text.split())
            if term.uri in source.own or term.language not in told[term.uri]:
                told[term.uri][term.language] = text
    return ["\v".join(f"{language}\t{label}" for language, label in one.items()) for one in told.values()]


def _add_coverage(
    terms: Iterable[Term],
    place: dict[str, int],
    tongue: str,
    *,
    arrays: dict[str, NDArray[Any]],
    lines: dict[str, Sequence[str]],
) -> None:
    labels = [
        LabelWords(place[term.uri], tuple(words_of(term.text)), term.role == "alternative")
        for term in terms
        if family(term.language) == tongue
    ]
    found = coverage_arrays(labels, concepts=len(place), family=tongue)
    for name in ("weights", "postings", "bounds", "owners", "sums", "lengths", "shares"):
        arrays[f"coverage_{tongue}_{name}"] = getattr(found, name)
    for name in ("keys", "words", "stems"):
        lines[f"coverage_{tongue}_{name}"] = getattr(found, name)


def _word_weights(texts: Texts) -> NDArray[np.uint8]:
    """(TABLE_ROWS,) of 255: by the row of the word; of words that share one the commoner rules."""
    weights = np.ones(TABLE_ROWS, np.float32)
    np.minimum.at(weights, texts.word_rows, texts.weights)
    return np.rint(weights * 255).astype(np.uint8)


def _vectors(
    source: Source, place: dict[str, int], encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The vector of each concept's preferred label, English before others, and the mean of its labels."""
    preferred: dict[str, tuple[bool, list[str]]] = {}
    owners: list[int] = []
    labels: list[list[str]] = []
    for term in source.terms:
        words = words_of(term.text)
        if term.role == "label" and (
            term.uri not in preferred or (term.language == "en" and not preferred[term.uri][0])
        ):
            preferred[term.uri] = (term.language == "en", words)
        if family(term.language) in _CENTRED_ON:
            owners.append(place[term.uri])
            labels.append(words)
    sums = np.zeros((len(place), encoder.dimensions), np.float32)
    for begin in range(0, len(labels), 4096):
        np.add.at(sums, owners[begin : begin + 4096], encoder.texts(labels[begin : begin + 4096]))
    heads = np.zeros_like(sums)
    known = list(preferred)
    for begin in range(0, len(known), 4096):
        some = known[begin : begin + 4096]
        heads[[place[uri] for uri in some]] = encoder.texts([preferred[uri][1] for uri in some])
    lengths = np.maximum(np.sqrt(np.einsum("ij,ij->i", sums, sums)), 1e-9)
    return heads, (sums / lengths[:, None]).astype(np.float32)
