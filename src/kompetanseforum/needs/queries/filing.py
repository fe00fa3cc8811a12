"""Under which choices a need is found, and the newest of those that stand under some: by an index, and never more than a bound."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from kompetanse.esco import is_styrk, styrk_to_isco
from kompetanseforum.core.text_index import newest_with_words
from kompetanseforum.needs.models import Filed, Need, State, Tally, Voice
from kompetanseforum.skills.queries.links import Asked, asked_by

ALL = "alle"
# What a page looks through at most, the newest first: more than a person leafs through, and the same time for a forum of any size.
MOST = 2000
# A common word may stand in many needs that the other filters leave out.
_MOST_WITH_WORDS = 5 * MOST

# One voice's municipality: where it is wanted, else where the organisation is.
PLACE = Coalesce(F("place__code"), F("organisation__municipality__code"))


def places_of(ids: Collection[int]) -> dict[int, set[str]]:
    """Each of the needs that others find → the choices it stands under. Three queries, however many they are."""
    needs = {
        need.pk: need
        for need in Need.objects.filter(pk__in=ids, held_reason="")
        .exclude(state=State.WITHDRAWN)
        .only("public_id", "state", "horizon")
    }
    found = {pk: {ALL, f"tilstand:{need.state}", f"nar:{need.horizon}"} for pk, need in needs.items()}
    voices = Voice.objects.filter(need__in=needs, withdrawn_at=None).annotate(at=PLACE).order_by()
    for pk, place, sector in voices.values_list("need", "at", "organisation__sector"):
        found[pk] |= {f"kommune:{place}"} if place else set()
        found[pk] |= {f"sektor:{sector}"} if sector else set()
    asked = asked_by("need", [need.public_id for need in needs.values()])
    for pk, need in needs.items():
        for one in asked.get(need.public_id, ()):
            found[pk] |= set(_under_concept(one))
    return found


def _under_concept(asked: Asked) -> Iterable[str]:
    if asked.kind == "skill":
        yield f"kompetanse:{asked.slug}"
        return
    yield f"yrkesnavn:{asked.slug}"
    for digits in range(1, len(asked.isco_group) + 1):
        yield f"yrke:{asked.isco_group[:digits]}"


def choices_of(name: str, values: Sequence[str]) -> list[str]:
    """What the values of one filter stand for in the file; one of them is enough."""
    if name == "kompetanse":
        return [f"{kind}:{value}" for value in values for kind in ("kompetanse", "yrkesnavn")]
    if name == "yrke":
        return [f"yrke:{code}" for value in values for code in _isco(value)]
    return [f"{name}:{value}" for value in values]


def _isco(code: str) -> Sequence[str]:
    """STYRK-08 differs from ISCO-08 in some groups of four digits."""
    if len(code) < 4:
        return [code]
    return sorted(styrk_to_isco(code)) if is_styrk(code) else []


@dataclass(frozen=True, slots=True)
class Newest:
    """Primary keys of those that fit, the highest first; `is_cut` when there are more."""

    ids: list[int]
    is_cut: bool


def newest(groups: Sequence[Sequence[str]], *, words: str = "") -> Newest:
    """Those that stand under one choice of each group, and have the words."""
    if not all(groups):
        return Newest([], is_cut=False)
    if words:
        with_words = newest_with_words(Need, words, most=_MOST_WITH_WORDS)
        rows = Filed.objects.filter(under=ALL, need__in=with_words)
        return _cut(_within(rows, groups).order_by("-need").values_list("need", flat=True)[: MOST + 1])
    if not groups:
        return _cut(_newest_under([ALL], []))
    # The smallest group leads: the others are only asked about what stands in it.
    first, *others = sorted(groups, key=_size)
    return _cut(_newest_under(first, others))


def _size(group: Sequence[str]) -> int:
    return len(Filed.objects.filter(under__in=group).order_by().values_list("pk", flat=True)[: MOST + 1])


def _newest_under(group: Sequence[str], others: Sequence[Sequence[str]]) -> list[int]:
    """Each choice by itself stands in the index in order; together they would have to be sorted first."""
    found: set[int] = set()
    for under in group:
        rows = _within(Filed.objects.filter(under=under), others)
        found.update(rows.order_by("-need").values_list("need", flat=True)[: MOST + 1])
    return sorted(found, reverse=True)


def _within(rows: QuerySet[Filed], groups: Sequence[Sequence[str]]) -> QuerySet[Filed]:
    for group in groups:
        rows = rows.filter(Exists(Filed.objects.filter(need=OuterRef("need"), under__in=group)))
    return rows


def _cut(ids: Iterable[int]) -> Newest:
    found = list(ids)
    return Newest(found[:MOST], is_cut=len(found) > MOST)


def counted_under(ids: Collection[int]) -> Counter[str]:
    """Choice → how many of these needs stand under it; one query."""
    rows = Filed.objects.filter(need__in=ids).order_by().values_list("under").annotate(n=Count("pk"))
    return Counter(dict(rows))


def tallied() -> Counter[str]:
    """Choice → how many needs stand under it in all, as it was kept while they were written."""
    rows = Tally.objects.order_by().values_list("under").annotate(n=Sum("change"))
    return Counter({under: n for under, n in rows if n})


def filed_now(ids: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, under in Filed.objects.filter(need__in=ids).values_list("need", "under"):
        found[pk].add(under)
    return found
