"""What a sentence says about each of its words: needed, had, offered, not needed, nice to have.

After NegEx (Chapman et al. 2001): a cue rules the words from itself to the end of its clause or to the
next cue; a cue that comes after its words ("truck har vi nok av") rules backwards. Cues cannot foresee every turn of
phrase, so what they say is weighed with all other words of the sentence (`stance`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from kompetanse.linking.cues import cue_pattern
from kompetanse.linking.links import Polarity
from kompetanse.linking.recurrent import marks_of
from kompetanse.linking.stance import Said, weigh
from kompetanse.linking.tokens import Sentence, Token
from kompetanse.linking.word_lists import listed

_CONTRAST: Final = frozenset(
    listed("men derimot mens medan but however whereas while although imidlertid unntatt bortsett except")
)
_AND: Final = frozenset(listed("og and eller or samt"))
_NEGATIONS: Final = frozenset(listed("ikke ikkje not no ingen"))
_SUBJECTS: Final = frozenset(listed("vi me we det they dei de jeg eg i you nok av over for it"))
_NOBODY: Final = frozenset(listed("ingen inga nobody none"))
_COPULAS: Final = frozenset(listed("er blir vert is are was"))
_WHO_SAYS: Final = frozenset(listed("vi me we dere dykk they dei jeg eg"))
_FINITE: Final = frozenset(
    listed(
        "trenger treng mangler manglar søker søkjer må ønsker ønskjer behøver etterlyser savner har need needs lack lacks want wants"
    )
)
_FINITE_NEED: Final = frozenset(
    listed("trenger treng mangler manglar savner saknar søker søkjer behøver etterlyser need lack")
)
_WISHES: Final = frozenset(
    listed("gjerne helst kanskje hadde skulle kunne burde hvis dersom om når perhaps maybe would if")
)
# Who lacks something, and the verbs that say nothing else; "elevane søkjer" may be about a place at school.
_WHO_LACKS: Final = _WHO_SAYS | frozenset(listed("de han hun ho man"))
_LACKS: Final = frozenset(listed("trenger treng mangler manglar savner saknar behøver etterlyser"))
# After the verb they make it a question: "trenger dere kurs".
_ASKED: Final = frozenset(listed("du dere de dokker dykk"))
# A firm or a boss is told in so many words ("verkstedet på Dokka").
_LONGEST_SUBJECT: Final = 4
# Before the verb these make it a question, or say it of somebody else; the others deny it wherever they stand.
_NO_STATEMENT: Final = frozenset(listed("hva kva hvem kven hvor kor hvorfor kvifor hvilke som at du"))
_DENIALS: Final = frozenset(listed("knapt neppe hverken verken korkje aldri ingenting"))
# "Det vi ikke kan, er …" names what is lacked, whatever else the sentence says.
_WHAT: Final = frozenset(listed("det alt noe noko"))
_ABLE: Final = frozenset(
    listed(
        "kan får klarer klarar greier mestrer meistrar behersker forstår skjønner skjønar vet veit rekker har finner finn tør torer"
    )
)
_MOST_WORDS_OF_WHO: Final = 3
_SHARES: Final = frozenset(listed("deler delar dele share shares viser syner"))
_RELATIVES: Final = frozenset(listed("som who that which"))

# After a contrast without a cue of its own, with and without a negation in it:
# "trenger kokker, men ikke sveisere" / "trenger ikke kokker, men sveisere".
_DENIED: Final = {
    Polarity.NEED: Polarity.NOT_NEEDED,
    Polarity.NICE_TO_HAVE: Polarity.NOT_NEEDED,
    Polarity.OFFER: Polarity.NOT_NEEDED,
    Polarity.HAVE: Polarity.NEED,
    Polarity.NOT_NEEDED: Polarity.NEED,
}
_TURNED: Final = {Polarity.NOT_NEEDED: Polarity.NEED, Polarity.HAVE: Polarity.NEED}


class _Cue(NamedTuple):
    polarity: Polarity
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stance:
    """What is said about each word of a sentence, or None; `idle` are words that only say so ("får ikke tak i")."""

    said: tuple[Polarity | None, ...]
    idle: frozenset[int]


def read_stance(sentence: Sentence, *, family: str, carried: Polarity | None) -> Stance:
    """The stance of a sentence. `carried` comes from a heading above it ("Vi trenger:")."""
    if carried is None:
        return read_stances([[sentence]], family=family)[0][0]
    # A bullet under a heading is a few words; what the heading says is all there is to weigh.
    cues = _cues(sentence.tokens, family=family)
    ruled = _ruled_by(cues, sentence.tokens, clauses_of(sentence.tokens), carried=carried)
    return Stance(ruled, _idle(cues))


def read_stances(texts: Sequence[Sequence[Sentence]], *, family: str) -> list[list[Stance]]:
    """The stances of the sentences of texts, weighed together, as if none stood under a heading."""
    cues = [[_cues(sentence.tokens, family=family) for sentence in text] for text in texts]
    told = [_told(text, own) for text, own in zip(texts, cues, strict=True)]
    weighed = weigh(told, family=family)
    return [
        [_stance(*each) for each in zip(*of_it, strict=True)] for of_it in zip(texts, cues, told, weighed, strict=True)
    ]


def _stance(sentence: Sentence, cues: Sequence[_Cue], told: Said, said: Sequence[Polarity | None]) -> Stance:
    tokens, weighed = sentence.tokens, list(said)
    for begin, end in _named_lacks(tokens, told.clauses):
        weighed[begin:end] = [Polarity.NEED] * (end - begin)
    for begin, end in told.settled:
        weighed[begin:end] = told.ruled[begin:end]
    return Stance(tuple(weighed), _idle(cues))


def _told(text: Sequence[Sentence], cues: Sequence[Sequence[_Cue]]) -> list[Said]:
    """A text as it is weighed."""
    before = ["", *(sentence.ends for sentence in text)]
    return [_said(sentence, own, before=mark) for sentence, own, mark in zip(text, cues, before[:-1], strict=True)]


def _said(sentence: Sentence, cues: Sequence[_Cue], *, before: str) -> Said:
    tokens, clauses = sentence.tokens, clauses_of(sentence.tokens)
    return Said(
        words=[token.text for token in tokens],
        clauses=clauses,
        ruled=_ruled_by(cues, tokens, clauses, carried=None),
        settled=[
            (begin, end)
            for begin, end, _ in clauses
            if _is_plain(tokens[begin:end], [cue for cue in cues if begin <= cue.first < end])
        ],
        marks=marks_of(tokens, before=before),
        ends=sentence.ends,
    )


def _idle(cues: Sequence[_Cue]) -> frozenset[int]:
    return frozenset(number for cue in cues if cue.last > cue.first for number in range(cue.first, cue.last + 1))


def _named_lacks(tokens: Sequence[Token], clauses: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """Begin and end of what is named so: "det vi ikke får til, er å sveise", also where a comma parts it."""
    found = []
    for number, (begin, end, _) in enumerate(clauses):
        words = [token.text for token in tokens[begin:end]]
        first = 1 if words[0] in _CONTRAST | _AND else 0
        if words[first : first + 1] and words[first] in _WHAT and _is_unable(words[first + 1 :]):
            follows = clauses[number + 1 : number + 2]
            is_parted = bool(follows) and tokens[follows[0][0]].text in _COPULAS
            if is_parted or _COPULAS & set(words):
                found.append((begin, follows[0][1] if is_parted else end))
    return found


def _is_unable(words: Sequence[str]) -> bool:
    """Whether they begin as "vi ikke kan": who, a negation, and a verb of being able."""
    at = next((number for number, word in enumerate(words[: _MOST_WORDS_OF_WHO + 1]) if word in _NEGATIONS), 0)
    return at > 0 and words[at + 1 : at + 2] != [] and words[at + 1] in _ABLE


def _is_plain(tokens: Sequence[Token], cues: Sequence[_Cue]) -> bool:
    """Of a clause: "vi mangler to som kan sveise". Who says it and the verb of need come first, and nothing turns it,
    so that no weighing of the words that follow may make it something else.
    """
    if len(cues) != 1 or cues[0].polarity is not Polarity.NEED:
        return False
    words = [token.text for token in tokens]
    if words and words[0] in _CONTRAST | _AND:
        del words[0]
    return (
        len(words) > 2
        and (
            (words[0] in _WHO_LACKS and words[1] in _FINITE_NEED)
            or (words[0] in _LACKS and words[1] not in _WHO_LACKS | _ASKED)
            or _is_somebody_lacking(words)
        )
        and not set(words) & (_CONTRAST | _NEGATIONS | _WISHES)
    )


def _is_somebody_lacking(words: Sequence[str]) -> bool:
    """Whether a clause begins as a statement that somebody, whoever, lacks something: "verkstedet på Dokka mangler"."""
    at = next((number for number, word in enumerate(words[: _LONGEST_SUBJECT + 1]) if word in _LACKS), 0)
    # "Det siste vi trenger" says it of something: who lacks stands first.
    is_said_of = bool(set(words[1:at]) & _WHO_LACKS)
    return at > 0 and not is_said_of and not set(words[:at]) & _NO_STATEMENT and not set(words) & _DENIALS


def ruled_stance(tokens: Sequence[Token], *, family: str) -> tuple[Polarity | None, ...]:
    """What the cues alone say of each word."""
    return _ruled_by(_cues(tokens, family=family), tokens, clauses_of(tokens), carried=None)


def _ruled_by(
    cues: Sequence[_Cue],
    tokens: Sequence[Token],
    clauses: Sequence[tuple[int, int, bool]],
    *,
    carried: Polarity | None,
) -> tuple[Polarity | None, ...]:
    said: list[Polarity | None] = []
    before = carried
    for begin, end, is_contrast in clauses:
        own = _heard(tokens, [cue for cue in cues if begin <= cue.first < end])
        if own:
            said += _ruled(tokens, own, begin=begin, end=end)
            before = own[-1].polarity
        elif before is None:
            said += [None] * (end - begin)
        else:
            if is_contrast:
                is_denied = any(token.text in _NEGATIONS for token in tokens[begin:end])
                before = _DENIED[before] if is_denied else _TURNED.get(before, before)
            said += [before] * (end - begin)
    return tuple(_with_opening(said))


def _with_opening(said: list[Polarity | None]) -> list[Polarity | None]:
    """Words before the first cue belong to it: "med flere vindmøller, trenger vi montører"."""
    first = next((number for number, one in enumerate(said) if one is not None), 0)
    return [said[first]] * first + said[first:] if said else said


def _cues(tokens: Sequence[Token], *, family: str) -> list[_Cue]:
    number_at: dict[int, int] = {}
    length = 0
    for number, token in enumerate(tokens):
        number_at[length] = number
        length += len(token.text) + 1
    pattern, polarities = cue_pattern(family)
    found: list[_Cue] = []
    joined = " ".join(token.text for token in tokens)
    for match in pattern.finditer(joined):
        first = number_at.get(match.start())
        if first is not None and match.lastindex:
            found.append(_Cue(polarities[match.lastindex - 1], first, first + match.group().count(" ")))
    return found


def clauses_of(tokens: Sequence[Token]) -> list[tuple[int, int, bool]]:
    """Begin, end and "starts with a contrast" of each clause."""
    begins = [0]
    contrasts = {0: False}
    for number, token in enumerate(tokens):
        is_contrast = token.text in _CONTRAST
        if number and (is_contrast or token.mark):
            if tokens[number - 1].text not in _CONTRAST:
                begins.append(number)
                contrasts[number] = is_contrast
        elif is_contrast:
            contrasts[0] = True
    return [
        (begin, end, contrasts[begin])
        for begin, end in zip(begins, [*begins[1:], len(tokens)], strict=True)
        if begin < end
    ]


def _ruled(tokens: Sequence[Token], cues: Sequence[_Cue], *, begin: int, end: int) -> list[Polarity | None]:
    """The words of one clause, each under one of the clause's cues."""
    said: list[Polarity | None] = [cues[0].polarity] * (end - begin)
    for cue, following in pairwise(cues):
        turn = (
            _opening(tokens, following, begin=begin)
            if _is_verdict(tokens, following)
            else _turn(tokens, cue, following)
        )
        said[turn - begin :] = [following.polarity] * (end - turn)
    return said


def _heard(tokens: Sequence[Token], cues: Sequence[_Cue]) -> list[_Cue]:
    """The cues of a clause without those that an earlier one has taken up.

    "Ingen som behersker X" has nobody who masters it, and "etter kurset kan du X" is said of the course.
    """
    heard: list[_Cue] = []
    is_nobody = False
    for cue in cues:
        is_offered = bool(heard) and heard[-1].polarity is Polarity.OFFER
        if cue.polarity is Polarity.HAVE and (is_nobody or is_offered):
            continue
        if cue.polarity is Polarity.OFFER and is_nobody:
            continue
        if heard and heard[-1].polarity is Polarity.NOT_NEEDED and not _is_said_anew(tokens, cue):
            continue
        if heard and heard[-1].polarity is Polarity.HAVE and _is_shared(tokens, cue):
            heard[-1] = heard[-1]._replace(polarity=Polarity.OFFER)
        is_nobody = is_nobody or tokens[cue.first].text in _NOBODY
        heard.append(cue)
    return heard


def _is_said_anew(tokens: Sequence[Token], cue: _Cue) -> bool:
    """Whether a cue after a denial is a statement of its own, with who says it or a finite verb after "og".

    "Vi trenger ikke rekruttere folk" has a word in it that elsewhere tells a need.
    """
    around = {tokens[number].text for number in (cue.first - 1, cue.last + 1) if 0 <= number < len(tokens)}
    own = {token.text for token in tokens[cue.first : cue.last + 1]}
    if (around | own) & _WHO_SAYS:
        return True
    is_joined = cue.first > 0 and tokens[cue.first - 1].text in _AND
    return cue.polarity is Polarity.NOT_NEEDED or _is_verdict(tokens, cue) or (is_joined and bool(own & _FINITE))


def _is_shared(tokens: Sequence[Token], cue: _Cue) -> bool:
    """Whether the cue tells that what one has is given to others: "vi har god greie på X og deler den gjerne"."""
    return cue.polarity is Polarity.OFFER and any(token.text in _SHARES for token in tokens[cue.first : cue.last + 1])


def _is_verdict(tokens: Sequence[Token], cue: _Cue) -> bool:
    """Whether the cue says what something *is* ("behovet for sveising er dekket"), and so rules what stands before."""
    copula = cue.first if tokens[cue.first].text in _COPULAS else cue.first - 1
    return copula > 0 and tokens[copula].text in _COPULAS and tokens[copula - 1].text not in _RELATIVES


def _opening(tokens: Sequence[Token], cue: _Cue, *, begin: int) -> int:
    """Where the part of the clause begins that a verdict is about: after the last "og"."""
    return next((number for number in range(cue.first, begin, -1) if tokens[number].text in _AND), begin)


def _turn(tokens: Sequence[Token], cue: _Cue, following: _Cue) -> int:
    """Where the rule of `cue` ends and that of `following` begins."""
    number = cue.last + 1
    while number < following.first and tokens[number].text in _SUBJECTS:
        number += 1
    # "truck har vi nok av og PLS trenger vi": after a cue with nothing to rule, "og" opens the next.
    if number < following.first and tokens[number].text in _AND:
        return number
    return following.first
