"""Under which choices a need is found, and how many stand under each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from itertools import product
from operator import or_

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from kompetanse.esco import is_styrk, styrk_to_isco
from kompetanseforum.core import clock
from kompetanseforum.needs.models import CLOSED_STATES, Filed, Need, State, Tally, TallyTogether, Voice
from kompetanseforum.skills.queries.links import Asked, asked_by

ALL = "alle"
# The groups of few choices: whichever of them are on together, there is a list of those that fit.
SMALL = ("kommune", "nar", "sektor", "tilstand")
# An open need stands under the day of its next answer.
ANSWER_DAY = "svar"

# One voice's municipality: where it is wanted, else where the organisation is.
PLACE = Coalesce(F("place__code"), F("organisation__municipality__code"))


def places_of(ids: Collection[int]) -> dict[int, set[str]]:
    """Each of the needs that others find → the choices it stands under. Three queries, however many they are."""
    needs = {
        need.pk: need
        for need in Need.objects.filter(pk__in=ids, held_reason="")
        .exclude(state=State.WITHDRAWN)
        .only("public_id", "state", "horizon", "next_answer_on")
    }
    found = {pk: {ALL, f"tilstand:{need.state}", f"nar:{need.horizon}"} for pk, need in needs.items()}
    for pk, need in needs.items():
        found[pk] |= set() if need.state in CLOSED_STATES else {f"{ANSWER_DAY}:{need.next_answer_on.isoformat()}"}
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


def together(places: Iterable[str]) -> set[str]:
    """Two or more of these choices at once, one of each small group: `nar:now sektor:business`."""
    known = set(places)
    groups = [["", *sorted(one for one in known if one.startswith(f"{name}:"))] for name in SMALL]
    return {at_once(some) for some in product(*groups) if sum(map(bool, some)) > 1}


def at_once(choices: Iterable[str]) -> str:
    """What choices of different groups are called together."""
    return " ".join(sorted(filter(None, choices)))


def counted_under(ids: Collection[int], *, names: Collection[str] = ()) -> Counter[str]:
    """Choice → how many of these needs stand under it; of the groups with these names, or of all."""
    rows = Filed.objects.filter(need__in=ids)
    if names:
        # LIKE and not a stretch of the index: each of these needs is asked, not each choice of the whole forum.
        rows = rows.filter(reduce(or_, (Q(under__startswith=f"{name}:") for name in names)))
    return Counter(dict(rows.order_by().values_list("under").annotate(n=Count("pk"))))


def tallied(only: Collection[str] | None = None) -> Counter[str]:
    """Choice → how many needs stand under it in all, as it was kept while they were written."""
    rows = Tally.objects.filter(under__in=only) if only is not None else Tally.objects.all()
    return _summed(rows.order_by().values_list("under").annotate(n=Sum("change")))


def tallied_together(only: Collection[str]) -> Counter[str]:
    """The same, of choices at once."""
    rows = TallyTogether.objects.filter(under__in=only)
    return _summed(rows.order_by().values_list("under").annotate(n=Sum("change")))


def late_needs() -> int:
    """How many open needs wait past their day."""
    days = Tally.objects.filter(under__gte=f"{ANSWER_DAY}:", under__lt=f"{ANSWER_DAY}:{clock.today().isoformat()}")
    return days.aggregate(n=Sum("change"))["n"] or 0


def _summed(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    return Counter({under: n for under, n in rows if n})


def filed_now(ids: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, under in Filed.objects.filter(need__in=ids).values_list("need", "under"):
        found[pk].add(under)
    return found
