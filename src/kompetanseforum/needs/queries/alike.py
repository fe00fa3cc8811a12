"""Reads: open needs that are so alike that they may be one. What it takes to be so: `kompetanse.alike`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, repeat
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery

from kompetanse.alike import Asked, asked, likeness
from kompetanseforum.core.joined import Joined
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import CLOSED_STATES, Apart, Need, Voice
from kompetanseforum.needs.queries.shown import ShownNeed, title_of, who_in_words
from kompetanseforum.needs.rules import may_read_words
from kompetanseforum.organisations.queries import describe
from kompetanseforum.skills.queries import as_asked, asked_in_subject, wholes_by_skill

# So many needs with the most in common are looked at closely.
_MOST_COMPARED = 12
# The first who spoke tells what the need is; those who joined may say next to nothing ("our apprentice wants it too").
_MOST_VOICES = 1


@dataclass(frozen=True, slots=True)
class Alike:
    """A need that may be the same, by its words and who stands behind it. `score` is how alike they are (0..1)."""

    public_id: str
    title: str
    who: str
    score: float


@dataclass(frozen=True, slots=True)
class _Asks:
    """What one thing asks for: each of the ways it is said, and the skills that find others to compare it with."""

    ways: tuple[Asked, ...]
    uris: frozenset[str]


def alike_to(shown: ShownNeed, *, viewer: Viewer) -> list[Alike]:
    """Open needs that this open one may be merged with, most alike first."""
    return alike_to_each([shown], viewer=viewer)[0]


def alike_to_each(needs: Sequence[ShownNeed], *, viewer: Viewer, most: int = 2) -> list[list[Alike]]:
    """As `alike_to`, for each of them; the same number of queries for many as for one."""
    asks = [_asks_of(one.need.voices.all(), _said_in(one) if one.is_open else {}) for one in needs]
    return _nearest(asks, own=[one.need for one in needs], viewer=viewer, most=most)


def _said_in(one: ShownNeed) -> dict[str, dict[str, float]]:
    """Each voice → what it asks for and how sure, of a need that is read already."""
    said: dict[str, dict[str, float]] = {}
    for link in one.links:
        if link.is_asked and not link.is_rejected:
            said.setdefault(link.subject_id, {})[link.uri] = link.score
    return said


def alike_to_words(
    said: Sequence[tuple[str, str, Mapping[str, float]]], *, viewer: Viewer, most: int = 2
) -> list[list[Alike]]:
    """For each (words, language, URI → how sure) the open needs that it may be the same as."""
    asks = [
        _Asks((asked(words, language=language, skills=skills),), frozenset(skills)) for words, language, skills in said
    ]
    return _nearest(asks, own=[None for _ in asks], viewer=viewer, most=most)


def _nearest(asks: Sequence[_Asks], *, own: Sequence[Need | None], viewer: Viewer, most: int) -> list[list[Alike]]:
    wanted = set().union(*(one.uris for one in asks)) if asks else set()
    by_skill = wholes_by_skill("need", wanted) if wanted else {}
    chosen = [
        _with_most_in_common(one.uris, by_skill, but=mine.public_id if mine else "")
        for one, mine in zip(asks, own, strict=True)
    ]
    theirs = _open_asks({public_id for ids in chosen for public_id in ids})
    scored = [
        _scored(one, [theirs[each] for each in ids if each in theirs and not theirs[each].is_apart_from(mine)])
        for one, ids, mine in zip(asks, chosen, own, strict=True)
    ]
    return [[_told(other, score, viewer) for other, score in rows[:most]] for rows in scored]


@dataclass(frozen=True, slots=True)
class _Other:
    """One of those that are compared."""

    # Who spoke first, with what the query has put beside the row. Any: its class does not know of that.
    voice: Any
    asks: _Asks
    # Keys of those that somebody has said it is not the same as.
    apart_from: frozenset[int]

    def is_apart_from(self, need: Need | None) -> bool:
        return need is not None and need.pk in self.apart_from


def _scored(asks: _Asks, others: Iterable[_Other]) -> list[tuple[_Other, float]]:
    """Those that are alike, and how much; most alike first."""
    scored = [
        (other, max(found.score for found in compared))
        for other in others
        if (
            compared := [
                found for way in asks.ways for each in other.asks.ways if (found := likeness(way, each)).is_suggested
            ]
        )
    ]
    return sorted(scored, key=lambda one: -one[1])


def _told(other: _Other, score: float, viewer: Viewer) -> Alike:
    voice = other.voice
    places = sorted(voice.places.split(",")) if voice.places else []
    return Alike(
        public_id=voice.of,
        title=f"«{voice.words}»" if may_read_words(viewer, voice) else title_of(()),
        who=who_in_words(voice.number, places) if voice.number > 1 else describe(voice.organisation),
        score=score,
    )


def _open_asks(ids: Collection[str]) -> dict[str, _Other]:
    """Those of these that are open, by what their voices say. One query: many are compared, and few are told of."""
    if not ids:
        return {}
    standing = Voice.objects.filter(withdrawn_at=None)
    said_first = standing.filter(need=OuterRef("pk")).exclude(words="").order_by("voiced_at", "pk")
    still_open = Need.objects.filter(public_id__in=ids, held_reason="").exclude(state__in=CLOSED_STATES)
    spoken = Voice.objects.filter(
        pk__in=still_open.annotate(first=Subquery(said_first.values("pk")[:1])).values("first")
    )
    counted = standing.filter(need=OuterRef("need"), repeats=None).order_by().values("need")
    told = spoken.select_related("organisation__municipality").annotate(
        of=F("need__public_id"),
        asks=asked_in_subject("need", subject="voice"),
        number=Subquery(counted.annotate(n=Count("pk")).values("n")),
        places=Subquery(counted.annotate(names=Joined("organisation__municipality__name", distinct=True)).values("names")),
        later=Subquery(Apart.objects.filter(one=OuterRef("need")).values("one").annotate(ids=Joined("other")).values("ids")),
        older=Subquery(Apart.objects.filter(other=OuterRef("need")).values("other").annotate(ids=Joined("one")).values("ids")),
    )  # fmt: skip
    return {
        voice.of: _Other(
            voice=voice,
            asks=_asks_of([voice], {voice.public_id: as_asked(voice.asks)}),
            apart_from=frozenset(int(pk) for ids in (voice.later, voice.older) if ids for pk in ids.split(",")),
        )
        for voice in told
    }


def _with_most_in_common(uris: Iterable[str], by_skill: Mapping[str, Mapping[str, str]], *, but: str) -> list[str]:
    """Ids of others: a skill that few ask for tells more than one that all do; of equals the newest."""
    asking = [by_skill[uri] for uri in uris if uri in by_skill]
    # Counted by the machine's own loop, since a common skill has thousands: each stands there as often as it weighs,
    # the most common one twice.
    twice = 2 * max(map(len, asking), default=0)
    weighed = (repeat(wholes, twice // len(wholes)) for wholes in asking)
    common = Counter(chain.from_iterable(chain.from_iterable(weighed)))
    common.pop(but, None)
    best = nlargest(_MOST_COMPARED, common.values())
    if not best:
        return []
    ranked = sorted((one for one, weight in common.items() if weight > best[-1]), key=lambda one: -common[one])
    tied = [one for one, weight in common.items() if weight == best[-1]]
    keys: dict[str, str] = {}
    for wholes in asking:
        keys.update(wholes)
    return ranked + nlargest(_MOST_COMPARED - len(ranked), tied, key=lambda one: int(keys[one]))


def _asks_of(voices: Iterable[Voice], said: Mapping[str, Mapping[str, float]]) -> _Asks:
    """Each voice in its own words with what is heard in them; voices without words say nothing new."""
    spoken = [voice for voice in voices if voice.words][:_MOST_VOICES]
    skills = [said.get(voice.public_id, {}) for voice in spoken]
    return _Asks(
        ways=tuple(
            asked(voice.words, language=voice.language, skills=heard)
            for voice, heard in zip(spoken, skills, strict=True)
        ),
        # Where nothing was heard in those words, what others have said since finds neighbours to look at.
        uris=frozenset(uri for heard in (skills if any(skills) else said.values()) for uri in heard),
    )
