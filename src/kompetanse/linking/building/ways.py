"""Clauses to learn polarity from: ways of saying it, told out with real labels in them, and gold clauses."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from kompetanse.linking.lemmas import family
from kompetanse.linking.links import Polarity
from kompetanse.linking.tokens import sentences
from kompetanse.linking.word_lists import listed
from kompetanse.vocabulary import read_vocabulary

_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_PLACE: Final = re.compile(r"X|Y<(?P<other>\w+)>")
_TOLD_OUT: Final = range(6, 61)
# How often a skill is a list of two to four, and how often a clause has another one beside it.
_LISTED: Final = 0.1
_LONGEST_LIST: Final = 4
_JOINED: Final = 0.1
_WORDS_OF_A_NEED: Final = 2
# Labels that stand alone: so many, as long as this, and what each counts.
_LABELS_ALONE: Final = 20_000
_MOST_WORDS_ALONE: Final = 6
_WEIGHT_ALONE: Final = 0.25
_AND: Final = {"no": "og", "en": "and"}
_BETWEEN: Final = {"no": ", men |; men |, og |, mens ", "en": ", but |; but |, and |, while "}
# How often a clause begins, and how often it ends, with words that tell nothing.
_FILLED: Final = 0.25
_BEFORE: Final = {
    "no": "på lageret|her i bygda|for tida|hos oss|i verkstedet|nå i høst|etter at Ola slutta|på avdelinga|til neste år|ærlig talt|"
    "som liten bedrift|i kommunen|akkurat nå|som sagt|på bygget|når sesongen starter|hei|vel|ja|men|og|altså|i sommer|det siste året",
    "en": "right now|in our shop|this year|honestly|as a small firm|well|and|but",
}
_AFTER: Final = {
    "no": "på lageret|her i bygda|for tida|hos oss|i verkstedet|i høst|på avdelinga|til neste år|i kommunen|akkurat nå|når sesongen starter|"
    "i sommer|her ute|i dag|på bygget|om vinteren|på kveldsskiftet|for små bedrifter|i nordre del av fylket|sier sjefen|tror jeg",
    "en": "right now|in our shop|this year|here|in winter|for small firms",
}


# A text, and of each skill in it where it ends and what is said of it.
_Told = tuple[str, list[tuple[int, Polarity]]]


@dataclass(frozen=True, slots=True)
class Clause:
    """A text that says something about the word that ends at `end`; `weight` is what it counts beside others."""

    text: str
    end: int
    polarity: Polarity
    language: str
    weight: float


def told_out(tongue: str, *, rng: random.Random) -> Iterator[Clause]:
    """Every way of one family of languages, some times over with different choices and labels; some beside another."""
    labels = _labels(tongue)
    ways = list(_ways(tongue))
    for line, polarity in ways:
        times = min(max(2 * (line.count("|") + 1), _TOLD_OUT.start), _TOLD_OUT.stop - 1)
        for _ in range(times):
            told = _once(line, polarity, tongue=tongue, labels=labels, rng=rng)
            if rng.random() < _JOINED:
                told = _joined(
                    told, _once(*rng.choice(ways), tongue=tongue, labels=labels, rng=rng), tongue=tongue, rng=rng
                )
            text, said = told
            for end, of_it in said:
                yield Clause(text, end, of_it, "nb" if tongue == "no" else tongue, 1 / times)


def alone(tongue: str, *, rng: random.Random) -> Iterator[Clause]:
    """Labels and everyday words with nothing said of them, as in a list of needs: "kjøre traktor" asks for it."""
    texts = _labels(tongue, most_words=_MOST_WORDS_ALONE)
    for text in rng.sample(texts, min(_LABELS_ALONE, len(texts))):
        yield Clause(text, len(text), Polarity.NEED, "nb" if tongue == "no" else tongue, _WEIGHT_ALONE)


def _ways(tongue: str) -> Iterator[tuple[str, Polarity]]:
    """The lines of all files of a family of languages, by name, each with the polarity that stands above it."""
    folder = files("kompetanse.linking").joinpath("ways", tongue)
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        polarity = Polarity.NEED
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                polarity = Polarity(line[2:])
            elif line and not line.startswith(";"):
                yield line, polarity


def _joined(first: _Told, second: _Told, *, tongue: str, rng: random.Random) -> _Told:
    """Two that have nothing to do with each other in one sentence, so that neither learns from the other."""
    text = f"{first[0].rstrip('.?')}{rng.choice(_BETWEEN[tongue].split('|'))}"
    return text + second[0], [*first[1], *((len(text) + end, polarity) for end, polarity in second[1])]


def _once(line: str, polarity: Polarity, *, tongue: str, labels: Sequence[str], rng: random.Random) -> _Told:
    while choice := _CHOICE.search(line):
        line = f"{line[: choice.start()]}{rng.choice(choice.group(1).split('|'))}{line[choice.end() :]}"
    if rng.random() < _FILLED:
        line = f"{rng.choice(_BEFORE[tongue].split('|'))}{rng.choice((' ', ', '))}{line}"
    if rng.random() < _FILLED:
        line = f"{line}{rng.choice((' ', ', '))}{rng.choice(_AFTER[tongue].split('|'))}"
    line = " ".join(line.split()).replace(" ,", ",")
    text = ""
    said: list[tuple[int, Polarity]] = []
    at = 0
    for place in _PLACE.finditer(line):
        text += line[at : place.start()]
        of_it = Polarity(place["other"]) if place["other"] else polarity
        count = rng.randint(2, _LONGEST_LIST) if rng.random() < _LISTED else 1
        for number, name in enumerate(rng.choices(labels, k=count)):
            between = f" {_AND[tongue]} " if number == count - 1 else ", "
            text += (between if number else "") + name
            said.append((len(text), of_it))
        at = place.end()
    return text + line[at:], said


def gold(file: Path, *, tongue: str) -> Iterator[Clause]:
    """The seen clauses of a gold file (columns lang, text, polarity, target, half). The unseen are never read on."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] == "seen" and family(row["lang"]) == tongue:
                end = row["text"].index(row["target"]) + len(row["target"])
                yield Clause(row["text"], end, Polarity(row["polarity"]), row["lang"], 1.0)


def needs(file: Path, *, tongue: str) -> Iterator[Clause]:
    """The longest words of needs that are one sentence long (columns lang, text, polarity): told by a consequence, often
    with a "not" in it, and needed all the same."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            words = [token for sentence in sentences(row["text"], limit=2) for token in sentence.tokens]
            is_one = len(list(sentences(row["text"], limit=2))) == 1
            if is_one and row["polarity"] == Polarity.NEED and family(row["lang"]) == tongue:
                for token in sorted(words, key=lambda one: -len(one.text))[:_WORDS_OF_A_NEED]:
                    yield Clause(row["text"], token.end, Polarity.NEED, row["lang"], 1 / _WORDS_OF_A_NEED)


def _labels(tongue: str, *, most_words: int = 2) -> list[str]:
    """Labels and everyday words of so many words at most, in small letters as people write."""
    vocabulary = read_vocabulary()
    return [
        text.lower()
        for entry in (*vocabulary.skills, *vocabulary.occupations)
        for language in listed("nb nn en")
        if family(language) == tongue
        for text in (entry.labels.get(language, ""), *entry.words.get(language, ()))
        if text and len(text.split()) <= most_words
    ]
