"""How one term lies in one sentence: which words, how far apart, how much of it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from kompetanse.linking.index import SPECIFICITY_HALF, Atom, TermLists, WordIndex
from kompetanse.linking.lemmas import Form
from kompetanse.linking.links import Basis
from kompetanse.linking.tokens import Token

# Words of a term may stand this far from its heaviest word. A content word is 1 step.
_REACH: Final = 5.0
_COMPOUND_REACH: Final = 1.5
_STOP_WORD_STEP: Final = 0.4
_PUNCTUATION_STEP: Final = 1.5
_STEP_COST: Final = 0.08

# How well a word of the text stands for a word of the term.
_SAME_STEM: Final = 0.95
_OTHER_FORM: Final = 0.8
_WHOLE_COMPOUND: Final = 0.97
_LAST_PART: Final = 0.7
_FIRST_PART: Final = 0.5
_HEADLESS: Final = 0.6
_OTHER_NORM: Final = 0.97
_ALTERNATIVE: Final = 0.93

# Below this a match is a guess nobody would thank us for.
LEAST_SCORE: Final = 0.3
# Less of a term than this is another term.
_LEAST_COVERAGE: Final = 0.4
# As plain numbers: a member of an enumeration is slow to compare.
_ACT: Final = int(Form.ACT)
_AGENT: Final = int(Form.AGENT)
# More occurrences in one sentence cost time and tell nothing new.
_MOST_OCCURRENCES: Final = 6


class Place(NamedTuple):
    """An atom in the sentence: which word of it, and which part of that word."""

    token: int
    part: int


class Reading:
    """A sentence as the index reads it."""

    def __init__(self, tokens: Sequence[Token], index: WordIndex, *, language: str, idle: Set[int]) -> None:
        self.index = index
        self.language = language
        self.atoms: list[tuple[Atom, ...]] = [index.read(token.text) for token in tokens]
        self.places: dict[int, list[Place]] = {}
        self.steps: list[float] = []
        step = 0.0
        stops = index.stops
        for number, (token, atoms) in enumerate(zip(tokens, self.atoms, strict=True)):
            step += (_STOP_WORD_STEP if token.text in stops else 1.0) + (_PUNCTUATION_STEP if token.mark else 0.0)
            self.steps.append(step)
            if not atoms or number in idle:
                continue
            for part, atom in enumerate(atoms):
                if atom.key < 0:
                    continue
                places = self.places.setdefault(atom.key, [])
                if len(places) < _MOST_OCCURRENCES:
                    places.append(Place(number, part))


class Match(NamedTuple):
    """A term in a sentence. `anchor` is the number of the word that weighs most."""

    term: int
    score: float
    basis: Basis
    places: frozenset[Place]
    anchor: int


def align(term: int, reading: Reading) -> Match | None:
    """The best place for a term in the sentence, or None where no place scores `LEAST_SCORE`."""
    atoms = reading.index.atoms_of(term)
    places = reading.places
    found = [number for number, key in enumerate(atoms.keys) if key in places]
    if not found:
        return None
    # Of equals the first.
    heaviest = found[0] if len(found) == 1 else max(found, key=atoms.weights.__getitem__)
    if reading.index.is_general(atoms.keys[heaviest]):
        return None
    best: Match | None = None
    for anchor in places[atoms.keys[heaviest]]:
        chosen = _chosen(anchor, found, heaviest=heaviest, atoms=atoms, reading=reading)
        match = _match_of(term, chosen, anchor, atoms=atoms, reading=reading)
        if match is not None and (best is None or match.score > best.score):
            best = match
    return best


def _match_of(
    term: int, chosen: dict[int, Place], anchor: Place, *, atoms: TermLists, reading: Reading
) -> Match | None:
    matched = sum([atoms.weights[number] for number in chosen])
    total = atoms.total
    # However well its words are used, it scores no more than this.
    if matched < _LEAST_COVERAGE * total or _told(matched, matched, total=total) < LEAST_SCORE:
        return None
    places = frozenset(chosen.values())
    usage = _word_qualities(places, reading)
    convincing = 0.0
    for number, (token, part) in chosen.items():
        convincing += atoms.weights[number] * usage[token] * _likeness(reading.atoms[token][part], number, atoms)
    tokens = sorted(usage)
    spread = reading.steps[tokens[-1]] - reading.steps[tokens[0]] - (len(tokens) - 1)
    score = _told(convincing, matched, total=total) / (1 + _STEP_COST * max(spread, 0.0))
    said = reading.index.terms[term]
    if said.kind == "occupation" and _head(atoms) not in chosen:
        score *= _HEADLESS
    if said.language != reading.language:
        score *= _OTHER_NORM
    if said.role == "alternative":
        score *= _ALTERNATIVE
    is_exact = convincing >= _SAME_STEM * total and _stands_whole(chosen, tokens, atoms=atoms, reading=reading)
    if atoms.is_grammar and not is_exact:
        return None
    return Match(term, score, "exact" if is_exact else "partial", places, anchor.token)


def _head(atoms: TermLists) -> int:
    """The atom that says who an occupation is: the agent, else the end of the first word."""
    return atoms.forms.index(_AGENT) if _AGENT in atoms.forms else atoms.words.count(0) - 1


def _told(convincing: float, matched: float, *, total: float) -> float:
    """The score of a term of which so much stands there, and so much of that convinces, close together."""
    return float((convincing / total) ** 1.5 * matched / (matched + SPECIFICITY_HALF))


def _chosen(
    anchor: Place, found: Sequence[int], *, heaviest: int, atoms: TermLists, reading: Reading
) -> dict[int, Place]:
    """For each atom of the term that stands near the anchor, where it stands."""
    chosen = {heaviest: anchor}
    if len(found) == 1:
        return chosen
    taken = {anchor}
    for number in found:
        if number == heaviest:
            continue
        # What is one word in the term must stand side by side in the text.
        reach = _COMPOUND_REACH if atoms.words[number] == atoms.words[heaviest] else _REACH
        near = _nearest(reading.places[atoms.keys[number]], anchor=anchor, reading=reading, taken=taken, reach=reach)
        if near is not None:
            chosen[number] = near
            taken.add(near)
    return chosen


def _likeness(atom: Atom, number: int, atoms: TermLists) -> float:
    """How well a word of the text stands for an atom of the term with the same key."""
    form = atoms.forms[number]
    if (atom.form == _ACT and form == _AGENT) or (atom.form == _AGENT and form == _ACT):
        return _OTHER_FORM
    return 1.0 if atom.lemma == atoms.lemmas[number] else _SAME_STEM


def _stands_whole(chosen: dict[int, Place], tokens: list[int], *, atoms: TermLists, reading: Reading) -> bool:
    """Whether the text has the term word by word: all of it, in order, nothing between and nothing glued on."""
    return (
        len(chosen) == len(atoms.keys)
        and [chosen[number] for number in sorted(chosen)] == sorted(chosen.values())
        and tokens[-1] - tokens[0] + 1 == atoms.word_count
        and sum(len(reading.atoms[token]) for token in tokens) == len(chosen)
    )


def _nearest(places: list[Place], *, anchor: Place, reading: Reading, taken: set[Place], reach: float) -> Place | None:
    here = reading.steps[anchor.token]
    free = [(abs(reading.steps[place.token] - here), place) for place in places if place not in taken]
    steps, near = min(free, default=(reach + 1, anchor))
    return near if steps <= reach else None


def _word_qualities(places: frozenset[Place], reading: Reading) -> dict[int, float]:
    """For each word used, how well it is used: a compound of which only a part matches says something else."""
    qualities: dict[int, float] = {}
    for token, _ in places:
        atoms = reading.atoms[token]
        if len(atoms) == 1:
            qualities[token] = 1.0
        if token in qualities:
            continue
        used = {place.part for place in places if place.token == token}
        left = [part for part, atom in enumerate(atoms) if part not in used and not reading.index.is_general(atom.key)]
        if not left:
            qualities[token] = 1.0 if len(used) == len(atoms) else _WHOLE_COMPOUND
        else:
            qualities[token] = _LAST_PART if len(atoms) - 1 in used else _FIRST_PART
    return qualities
