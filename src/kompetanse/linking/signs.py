"""What in a sentence tells its stance towards each of its words: the words around it, alone and in company.

A sign speaks of a stretch of words, so that all words of a sentence are weighed in one pass: what stands before
a word speaks of all that follow in its clause, what stands after of all before, another clause of the whole one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kompetanse.linking.kinds import kinds_for
from kompetanse.linking.lemmas import stem
from kompetanse.linking.word_lists import listed

# Nynorsk, and words that say the same, are read as one, so that what is learnt of one holds for the other.
_SAME: Final = dict(
    pair.split(":")
    for pair in listed(
        """
    ikkje:ikke eg:jeg me:vi dei:de dykk:dere de:dere kva:hva kven:hvem korleis:hvordan kor:hvor nokon:noen
    nokre:noen noko:noe fleire:flere meir:mer treng:trenger trengst:trengs manglar:mangler søkjer:søker
    ønskjer:ønsker ynskjer:ønsker saknar:savner veit:vet skjønar:skjønner meistrar:mestrer kjenn:kjenner
    krev:krever krevst:kreves slit:sliter strevar:strever lærar:lærer gjev:gir gjer:gjør held:holder
    tilbyd:tilbyr brukar:bruker klarar:klarer greier:klarer greiar:klarer greie:klare slepp:slipper
    droppar:dropper sluttet:slutta droppet:droppa kuttet:kutta frå:fra no:nå òg:også vore:vært vere:være
    vert:blir ein:en eit:et ei:en eigen:egen eigne:egne eiga:egen sjølv:selv sjølve:selv utan:uten betre:bedre
    berre:bare tilsette:ansatte tilsett:ansatt dykkar:deres viss:hvis dersom:hvis ønskeleg:ønskelig
    ønskjeleg:ønskelig naudsynt:nødvendig vanskeleg:vanskelig umogleg:umulig mogleg:mulig føremon:fordel tek:tar
    teke:tatt fekk:fikk kjem:kommer komande:kommende lengre:lenger heile:hele allereie:allerede hjå:hos mykje:mye
    skort:mangel vantar:mangler skulen:skolen elevane:elevene studentane:studentene deltakarane:deltakerne
    kandidatane:kandidatene lærlingane:lærlingene undervising:undervisning rettleiing:veiledning driv:driver
    set:setter starta:startet opplæringa:opplæringen utdanninga:utdanningen gutane:gutta karane:karer seier:sier
    seia:si kunnskapar:kunnskaper lyt:må behøv:behøver verken:hverken korkje:hverken tidlegare:tidligere
    einaste:eneste køyrer:kjører køyrt:kjørt arbeidar:arbeider tenkje:tenke søkje:søke leitar:leter leitt:lett
    leita:lett dårleg:dårlig dårlege:dårlige ikring:rundt avdelinga:avdelingen bedrifta:bedriften skadar:skader
    gildt:moro artig:moro stas:moro gøy:moro kjekt:fint flott:fint supert:fint topp:fint
    """
    )
)


# So many kinds in a row make a sign, and so many before and after a word.
_LONGEST_ROW: Final = 3
_BESIDE: Final = ((1, 1), (2, 1), (1, 2))


class Sign(NamedTuple):
    """A sign by name, and the words that it speaks of: from `low` up to `high`."""

    name: str
    low: int
    high: int


def plain(word: str, *, family: str) -> str:
    """A normalised word as the signs know it."""
    if word.isdecimal():
        return "#"
    return _SAME.get(word, word) if family == "no" else word


def signs_of(
    words: Sequence[str], *, begin: int, end: int, is_contrast: bool, rules: Sequence[str], family: str
) -> Iterator[Sign]:
    """The signs for the words of one clause, `words[begin:end]`; `words` are plain, `rules` what the cues say of each."""
    yield from _before(words, begin, end, family)
    yield from _after(words, begin, end, family)
    yield from _around(words, begin, end)
    yield from _kinds(words, begin, end, family)
    for number in range(begin, end):
        yield Sign("rule=" + rules[number], number, number + 1)
    for number, word in enumerate(words):
        if not begin <= number < end:
            side = "{" if number < begin else "}"
            yield Sign(side + word, begin, end)
            if number + 1 < len(words) and not begin <= number + 1 < end:
                yield Sign(f"{side}{word} {words[number + 1]}", begin, end)
    if is_contrast:
        yield Sign("contrast", begin, end)


def _before(words: Sequence[str], begin: int, end: int, family: str) -> Iterator[Sign]:
    """Words, pairs and threes that stand before."""
    for number in range(begin, end - 1):
        word = words[number]
        yield Sign("<" + word, number + 1, end)
        if family == "no" and (root := stem(word, family)) != word:
            yield Sign(f"<{root}*", number + 1, end)
        if number > begin:
            yield Sign(f"<{words[number - 1]} {word}", number + 1, end)
        if number > begin + 1:
            yield Sign(f"<{words[number - 2]} {words[number - 1]} {word}", number + 1, end)
            yield Sign(f"<{words[number - 2]} _ {word}", number + 1, end)


def _after(words: Sequence[str], begin: int, end: int, family: str) -> Iterator[Sign]:
    """Words, pairs and threes that stand after; a full stop counts as the word after the last."""
    padded = [*words[begin:end], "."]
    for number in range(begin + 1, end):
        word, following = words[number], padded[number - begin + 1]
        yield Sign(">" + word, begin, number)
        if family == "no" and (root := stem(word, family)) != word:
            yield Sign(f">{root}*", begin, number)
        yield Sign(f">{word} {following}", begin, number)
        if number + 1 < end:
            third = padded[number - begin + 2]
            yield Sign(f">{word} {following} {third}", begin, number)
            yield Sign(f">{word} _ {third}", begin, number)


def _around(words: Sequence[str], begin: int, end: int) -> Iterator[Sign]:
    """What stands anywhere else in the clause, and right beside the word."""
    for number in range(begin, end):
        word = words[number]
        yield Sign("~" + word, begin, number)
        yield Sign("~" + word, number + 1, end)
        here = (number, number + 1)
        if number > begin:
            yield Sign("<|" + words[number - 1], *here)
            yield Sign("^" + words[begin], *here)
        else:
            yield Sign("^X", *here)
        if number + 1 < end:
            yield Sign(f"|>{words[number + 1]} {words[number + 2] if number + 2 < end else '.'}", *here)
        else:
            yield Sign("X$", *here)
        for left in words[max(number - 2, begin) : number]:
            for right in words[number + 1 : min(number + 3, end)]:
                yield Sign(f"{left} X {right}", *here)


def _kinds(words: Sequence[str], begin: int, end: int, family: str) -> Iterator[Sign]:
    """The same of kinds of words, without the words that are of none: what is learnt of "mangler" holds for "savner"."""
    known = kinds_for(family)
    if known is None:
        return
    kinds = [known.of(word) for word in words]
    at = [number for number in range(begin, end) if kinds[number]]
    own = [kinds[number] for number in at]
    for number in range(len(own)):
        for length in range(_LONGEST_ROW):
            if number >= length:
                row = " ".join(own[number - length : number + 1])
                yield Sign("<=" + row, at[number] + 1, end)
                yield Sign(">=" + row, begin, at[number - length])
    for gap in range(len(at) + 1):
        low = at[gap - 1] + 1 if gap else begin
        high = at[gap] + 1 if gap < len(at) else end
        left = ["^", *own[:gap]]
        right = [*own[gap:], "$"]
        for count in range(1, _LONGEST_ROW + 1):
            yield Sign("=" + " ".join(left[-count:]) + " X", low, high)
            yield Sign("=X " + " ".join(right[:count]), low, high)
        for one, two in _BESIDE:
            yield Sign("=" + " ".join([*left[-one:], "X", *right[:two]]), low, high)
    for side, there in (("{=", kinds[:begin]), ("}=", kinds[end:])):
        others = [kind for kind in there if kind]
        for number, kind in enumerate(others):
            yield Sign(side + kind, begin, end)
            if number:
                yield Sign(f"{side}{others[number - 1]} {kind}", begin, end)
