"""What may be told of counts: the one place where that rule stands.

Of one need the API tells what its page tells: the form says to those who speak that a workplace of their kind and
municipality will stand there, and words and names come only where they have ticked for it.

What is *counted* is another thing. The whole region, by horizon and by skill, is told as it is. A count of a part
of it (a municipality, a sector, a field of occupations) could point at one firm that has not agreed to that, so:

- it is told only where at least five firms stand behind; fewer, and none, look the same;
- it is told in steps of five, so that no sum and no difference of answers is known closer than that;
- one value at a time for each filter: of overlapping parts one could be taken from the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kompetanse.gap import Gap
from kompetanseforum.gapmap.queries.cut import FEWEST_SHOWN, Cut


def in_steps(number: int) -> int:
    """At least so many."""
    return number - number % FEWEST_SHOWN


@dataclass(frozen=True, slots=True)
class ToldGap:
    """What may be told of a gap in its cut; None is "not told"."""

    places: int
    offers: int
    offers_without_places: int
    people: int | None = None
    confirmed: int | None = None
    unconfirmed: int | None = None
    voices: int | None = None
    needs: int | None = None
    change: int | None = None

    @property
    def unmet(self) -> int | None:
        return None if self.people is None else max(0, self.people - self.places)


def tells_all(cut: Cut) -> bool:
    """The whole region: told as it is."""
    return not (cut.municipalities or cut.sectors or cut.occupation_groups)


def _tells_people(gap: Gap, cut: Cut) -> bool:
    return tells_all(cut) or (gap.voices >= FEWEST_SHOWN and not cut.hides(gap.asked))


def is_listed(gap: Gap, cut: Cut) -> bool:
    """What is taught is open; what is only asked for stands in the list where it may be told."""
    return bool(gap.offers) or _tells_people(gap, cut)


def rank(gaps: Iterable[Gap], cut: Cut) -> list[Gap]:
    """Widest first, by what is told: the order of what is not told would tell of it."""
    if tells_all(cut):
        return list(gaps)
    return sorted(gaps, key=lambda gap: (-(told(gap, cut).people or 0) + gap.places, gap.key))


def told(gap: Gap, cut: Cut) -> ToldGap:
    if tells_all(cut):
        return ToldGap(
            people=gap.asked,
            confirmed=gap.confirmed,
            unconfirmed=gap.unconfirmed,
            voices=gap.voices,
            needs=gap.needs,
            change=gap.change,
            places=gap.places,
            offers=gap.offers,
            offers_without_places=gap.offers_without_places,
        )
    return ToldGap(
        people=in_steps(gap.asked) if _tells_people(gap, cut) else None,
        places=gap.places,
        offers=gap.offers,
        offers_without_places=gap.offers_without_places,
    )
