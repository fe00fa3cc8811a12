"""What is wrong in a vocabulary: each finding is one line somebody should look at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from kompetanse.vocabulary.entries import LANGUAGES, Entry, Kind, Pair, Vocabulary
from kompetanse.vocabulary.esco_concepts import EscoConcept
from kompetanse.vocabulary.plain_labels import hardships

_RELATIONS: Final = frozenset({"essential", "optional"})
# Bokmål and nynorsk are read together, so a word may not mean one thing in one and another in the other.
_READ_TOGETHER: Final[Mapping[str, str]] = {"nb": "no", "nn": "no", "en": "en"}
_URI: Final[Mapping[Kind, re.Pattern[str]]] = {
    # Language skills and a few others end in a word instead of a UUID.
    "skill": re.compile(r"http://data\.europa\.eu/esco/skill/[\w.-]+"),
    "occupation": re.compile(r"http://data\.europa\.eu/esco/occupation/[\w.-]+"),
}


class Fault(StrEnum):
    """Kinds of findings."""

    DOUBLE = "double"
    WRONG_URI = "wrong-uri"
    UNKNOWN_URI = "unknown-uri"
    OBSOLETE_URI = "obsolete-uri"
    WRONG_GROUP = "wrong-group"
    OTHER_LABEL = "other-label"
    HARD_LABEL = "hard-label"
    MISSING_LANGUAGE = "missing-language"
    DOUBLE_WORD = "double-word"
    AMBIGUOUS_WORD = "ambiguous-word"
    UNKNOWN_END = "unknown-end"
    WRONG_RELATION = "wrong-relation"


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is `trade:uri` for an entry, a word with its language, or a pair's two URIs; `what` is for people."""

    fault: Fault
    where: str
    what: str


def check(vocabulary: Vocabulary, *, known: Mapping[str, EscoConcept] | None) -> list[Finding]:
    """All findings, entries first. `known` is ESCO by URI; None leaves ESCO out."""
    return [
        *_concepts(chain(vocabulary.skills, vocabulary.occupations), known=known),
        *_doubles(chain(vocabulary.skills, vocabulary.occupations)),
        *_words(vocabulary.skills),
        *_words(vocabulary.occupations),
        *_pairs(vocabulary),
    ]


def _concepts(entries: Iterable[Entry], *, known: Mapping[str, EscoConcept] | None) -> Iterator[Finding]:
    for entry in entries:
        where = f"{entry.trade}:{entry.uri}"
        if not _URI[entry.kind].fullmatch(entry.uri):
            yield Finding(Fault.WRONG_URI, where, f"not the URI of an ESCO {entry.kind}")
        elif known is not None:
            yield from _against_esco(entry, known.get(entry.uri), where=where)
        yield from _missing(entry, where=where)
        for what in hardships(entry):
            yield Finding(Fault.HARD_LABEL, where, what)


def _against_esco(entry: Entry, concept: EscoConcept | None, *, where: str) -> Iterator[Finding]:
    if concept is None:
        label = entry.labels.get("en", "no English label")
        yield Finding(Fault.UNKNOWN_URI, where, f"ESCO does not have it ({label})")
        return
    if concept.is_obsolete:
        yield Finding(Fault.OBSOLETE_URI, where, f"ESCO no longer uses {concept.labels[0]!r}")
    if entry.kind == "occupation" and entry.isco != concept.isco:
        yield Finding(Fault.WRONG_GROUP, where, f"group {entry.isco or 'missing'}; ESCO says {concept.isco}")
    if _is_other(entry, concept.labels):
        yield Finding(Fault.OTHER_LABEL, where, f"{entry.labels['en']!r}; ESCO says {concept.labels[0]!r}")


def _missing(entry: Entry, *, where: str) -> Iterator[Finding]:
    for language in LANGUAGES:
        if language not in entry.labels:
            yield Finding(Fault.MISSING_LANGUAGE, where, f"no label in {language}")
        words = entry.words.get(language, ())
        if not words:
            yield Finding(Fault.MISSING_LANGUAGE, where, f"no everyday word in {language}")
        counts = Counter(word.casefold() for word in words)
        for word in (word for word, count in counts.items() if count > 1):
            yield Finding(Fault.DOUBLE_WORD, where, f"{word!r} stands twice in words_{language}")


def _is_other(entry: Entry, labels: Sequence[str]) -> bool:
    """Whether the English label has no word in common with any of ESCO's: a URI copied from another line."""
    label = entry.labels.get("en")
    return label is not None and not _beginnings(label) & _beginnings(" ".join(labels))


def _beginnings(text: str) -> set[str]:
    # Four letters: welder, welding and weld are the same word here.
    return {word[:4] for word in re.findall(r"\w+", text.casefold())}


def _doubles(entries: Iterable[Entry]) -> Iterator[Finding]:
    trades: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        trades[entry.uri].append(entry.trade)
    for uri, several in trades.items():
        if len(several) > 1:
            yield Finding(Fault.DOUBLE, uri, f"stands {len(several)} times: {', '.join(several)}")


def _words(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Words that mean two concepts of one kind: a text that says them cannot tell which."""
    concepts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entry in entries:
        for language in LANGUAGES:
            for word in (*entry.words.get(language, ()), entry.labels.get(language, "")):
                if word:
                    concepts[_READ_TOGETHER[language], word.casefold()][entry.uri] = entry.labels.get("en", entry.uri)
    for (language, word), meanings in concepts.items():
        if len(meanings) > 1:
            yield Finding(Fault.AMBIGUOUS_WORD, f"{language}:{word}", "means " + " and ".join(meanings.values()))


def _pairs(vocabulary: Vocabulary) -> Iterator[Finding]:
    skills = {entry.uri for entry in vocabulary.skills}
    occupations = {entry.uri for entry in vocabulary.occupations}
    for ends, count in Counter((pair.occupation, pair.skill) for pair in vocabulary.pairs).items():
        if count > 1:
            yield Finding(Fault.DOUBLE, " ".join(ends), f"the pair stands {count} times")
    for pair in vocabulary.pairs:
        yield from _pair(pair, skills=skills, occupations=occupations)


def _pair(pair: Pair, *, skills: set[str], occupations: set[str]) -> Iterator[Finding]:
    where = f"{pair.occupation} {pair.skill}"
    if pair.occupation not in occupations:
        yield Finding(Fault.UNKNOWN_END, where, "the occupation is not in the vocabulary")
    if pair.skill not in skills:
        yield Finding(Fault.UNKNOWN_END, where, "the skill is not in the vocabulary")
    if pair.relation not in _RELATIONS:
        yield Finding(Fault.WRONG_RELATION, where, f"{pair.relation!r} is neither essential nor optional")
