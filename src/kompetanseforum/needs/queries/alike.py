"""Reads: open needs that are so alike that they may be one. What it takes to be so: `kompetanse.alike`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, repeat

from django.db.models import F, OuterRef, Q, Subquery

from kompetanse.alike import Asked, asked, likeness
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import CLOSED_STATES, Apart, Need, Voice
from kompetanseforum.needs.queries.shown import ShownNeed, needs_with_ids, show_need
from kompetanseforum.skills.queries import asked_in, wholes_by_skill

# So many needs with the most in common are looked at closely.
_MOST_COMPARED = 12
# The first who spoke tells what the need is; those who joined may say next to nothing ("our apprentice wants it too").
_MOST_VOICES = 1


@dataclass(frozen=True, slots=True)
class Alike:
    """A need that may be the same. `score` is how alike they are (0..1)."""

    shown: ShownNeed
    score: float


@dataclass(frozen=True, slots=True)
class _Asks:
    """What one thing asks for: each of the ways it is said, and the skills of all of them."""

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
    """As `asked_in`, of a need that is read already."""
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


def _said_to_be_two(ids: Collection[int]) -> dict[int, set[int]]:
    """Each need → those that somebody has said it is not the same as."""
    found: dict[int, set[int]] = defaultdict(set)
    if not ids:
        return found
    for one, other in Apart.objects.filter(Q(one__in=ids) | Q(other__in=ids)).values_list("one", "other"):
        found[one].add(other)
        found[other].add(one)
    return found


def _nearest(asks: Sequence[_Asks], *, own: Sequence[Need | None], viewer: Viewer, most: int) -> list[list[Alike]]:
    wanted = set().union(*(one.uris for one in asks)) if asks else set()
    by_skill = wholes_by_skill("need", wanted) if wanted else {}
    chosen = [
        _with_most_in_common(one.uris, by_skill, but=mine.public_id if mine else "")
        for one, mine in zip(asks, own, strict=True)
    ]
    theirs = _open_asks({public_id for ids in chosen for public_id in ids})
    scored = [
        _scored(one, [theirs[each] for each in ids if each in theirs]) for one, ids in zip(asks, chosen, strict=True)
    ]
    # Few are alike, so this is seldom asked.
    apart = _said_to_be_two([mine.pk for mine, rows in zip(own, scored, strict=True) if mine and rows])
    best = [
        [(other.public_id, score) for other, score in rows if mine is None or other.pk not in apart[mine.pk]][:most]
        for rows, mine in zip(scored, own, strict=True)
    ]
    # Many are compared and few are shown: only those are read whole.
    found = {public_id for near in best for public_id, _ in near}
    # A coordinator reads the words themselves, so nothing need be named by its skills.
    shown = {
        need.public_id: show_need(need, viewer=viewer, links=()) for need in (needs_with_ids(found) if found else ())
    }
    return [[Alike(shown[public_id], score) for public_id, score in near if public_id in shown] for near in best]


@dataclass(frozen=True, slots=True)
class _Other:
    pk: int
    public_id: str
    asks: _Asks


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


def _open_asks(ids: Collection[str]) -> dict[str, _Other]:
    """Those of these that are open, by what their voices say; without their rows, for speed."""
    if not ids:
        return {}
    said_first = (
        Voice.objects.filter(need=OuterRef("pk"), withdrawn_at=None).exclude(words="").order_by("voiced_at", "pk")
    )
    still_open = Need.objects.filter(public_id__in=ids, held_reason="").exclude(state__in=CLOSED_STATES)
    spoken = Voice.objects.filter(
        pk__in=still_open.annotate(first=Subquery(said_first.values("pk")[:1])).values("first")
    )
    voices = {
        voice.of: voice
        for voice in spoken.annotate(of=F("need__public_id")).only("public_id", "words", "language", "need_id")
    }
    said = asked_in("need", list(voices))
    return {one: _Other(voice.need_id, one, _asks_of([voice], said.get(one, {}))) for one, voice in voices.items()}


def _with_most_in_common(uris: Iterable[str], by_skill: Mapping[str, Mapping[str, str]], *, but: str) -> list[str]:
    """Ids of others: a skill that few ask for tells more than one that all do; of equals the newest."""
    asking = [by_skill[uri] for uri in uris if uri in by_skill]
    # Counted by the machine's own loop, since a common skill has thousands: each stands there as often as it weighs.
    weighed = (repeat(wholes, 1000 // len(wholes) + 1) for wholes in asking)
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
    return _Asks(
        ways=tuple(
            asked(voice.words, language=voice.language, skills=said.get(voice.public_id, {})) for voice in spoken
        ),
        uris=frozenset(uri for skills in said.values() for uri in skills),
    )
