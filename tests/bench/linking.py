"""Measures the linker: sentences per core-second, RP@5 against BM25, memory, build time.

`KF_TEST_DATA=DIR python -m tests.bench.linking`; without KF_TEST_DATA the English part is left out.
"""

from __future__ import annotations

import csv
import gzip
import math
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kompetanse.linking import Linker, Term

_HERE = Path(__file__).parent
_SEEN_LABELS = {"LABEL NOT PRESENT", "UNDERSPECIFIED"}


def run() -> dict[str, float]:
    """Figures by name. Times are CPU seconds of this process; memory is resident growth in MB."""
    figures = _norwegian()
    data = os.environ.get("KF_TEST_DATA")
    if data:
        figures |= _english(Path(data))
    return figures


def _norwegian() -> dict[str, float]:
    texts = (_HERE / "linking_sentences_nb.txt").read_text(encoding="utf-8").splitlines()
    started = time.process_time()
    linker = Linker.from_vocabulary()
    linker.link(texts[0])
    built = time.process_time() - started
    found = [linker.link(text) for text in texts]
    return {
        "nb.sentences": len(texts),
        "nb.build_cpu_s": built,
        "nb.sentences_per_cpu_s": _rate(linker.link, texts),
        "nb.share_linked": sum(bool(links) for links in found) / len(texts),
        "nb.links_per_sentence": sum(map(len, found)) / len(texts),
    }


def _english(data: Path) -> dict[str, float]:
    terms = list(esco_terms(data / "01_esco" / "v1.1.1_en"))
    uri_of = {term.text: term.uri for term in terms if term.role == "label" and term.kind == "skill"}
    gold = _gold(data / "03_benchmarks" / "decorte_en" / "tech_validation_annotations.csv", uri_of=uri_of)
    before = _resident_mb()
    started = time.process_time()
    linker = Linker(terms)
    linker.link("welding", language="en")
    figures: dict[str, float] = {"en.terms": len(terms), "en.build_cpu_s": time.process_time() - started}
    figures["en.index_rss_mb"] = _resident_mb() - before

    def skills(text: str) -> list[str]:
        return [link.uri for link in linker.link(text, language="en", kinds=("skill",))]

    bm25 = _bm25(uri_of)
    figures["en.sentences_per_cpu_s"] = _rate(lambda text: linker.link(text, language="en"), list(gold))
    figures["en.rp5"] = _rp5(skills, gold)
    figures["en.rp5_bm25"] = _rp5(bm25, gold)
    return figures


def esco_terms(folder: Path) -> Iterator[Term]:
    """Every label and alternative label of ESCO's English files."""
    for kind in ("skill", "occupation"):
        with gzip.open(folder / f"{kind}s_en.csv.gz", "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                uri = row["conceptUri"]
                yield Term(uri=uri, kind=kind, language="en", text=row["preferredLabel"], role="label")
                for text in filter(None, row["altLabels"].split("\n")):
                    yield Term(uri=uri, kind=kind, language="en", text=text, role="alternative")


def _gold(path: Path, *, uri_of: Mapping[str, str]) -> dict[str, set[str]]:
    gold: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["label"] not in _SEEN_LABELS:
                gold[row["sentence"]].add(uri_of[row["label"]])
    return dict(gold)


def _rp5(ranked: Callable[[str], Sequence[str]], gold: Mapping[str, set[str]]) -> float:
    """R-precision at 5: hits among the first five over min(5, number of gold labels), in per cent."""
    shares = [len(uris & set(ranked(text)[:5])) / min(5, len(uris)) for text, uris in gold.items()]
    return 100 * sum(shares) / len(shares)


def _bm25(uri_of: Mapping[str, str]) -> Callable[[str], list[str]]:
    """The baseline: Okapi BM25 (k1 1.5, b 0.75) over preferred labels, plain lower-case words."""
    documents = {uri: re.findall(r"\w+", label.lower()) for label, uri in uri_of.items()}
    mean = sum(map(len, documents.values())) / len(documents)
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for uri, words in documents.items():
        for word, count in Counter(words).items():
            norm = count + 1.5 * (0.25 + 0.75 * len(words) / mean)
            postings[word].append((uri, count * 2.5 / norm))

    def ranked(text: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in set(re.findall(r"\w+", text.lower())):
            found = postings.get(word, [])
            idf = math.log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for uri, share in found:
                scores[uri] += idf * share
        return sorted(scores, key=lambda uri: (-scores[uri], uri))[:5]

    return ranked


def _rate(link: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts per CPU second, caches warm, over five passes."""
    started = time.process_time()
    done = 0
    for _ in range(5):
        for text in texts:
            link(text)
        done += len(texts)
    return done / (time.process_time() - started)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name:28} {figure:10.2f}")
