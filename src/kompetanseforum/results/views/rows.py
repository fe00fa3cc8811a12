"""A result as it stands in a list, beside trials that were stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.core.text import capital, in_words
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.pilots.queries.shown import learnt_last, where
from kompetanseforum.pilots.queries.shown import standing as pilot_standing
from kompetanseforum.results.models import Result, Strength
from kompetanseforum.results.queries.shown import good_for, standing


@dataclass(frozen=True, slots=True)
class RowView:
    """What came out of something: a change, or what a stopped trial taught. Both are drawn alike."""

    words: str
    url: str
    who: str
    state: str
    state_label: str
    text: str
    on: date


def result_row(result: Result) -> RowView:
    now = standing(result)
    benefits = good_for(result)
    return RowView(
        words=result.what,
        url=reverse("results:result", kwargs={"public_id": result.public_id}),
        who=" · ".join(part for part in (result.who, result.place) if part),
        state=now.shape,
        state_label=now.word,
        text=_("Good for: %(whom)s") % {"whom": ", ".join(benefits).lower()} if benefits else "",
        on=result.on,
    )


def stopped_row(pilot: Pilot) -> RowView:
    now = pilot_standing(pilot)
    last = learnt_last(pilot)
    learnt = _("We learnt: %(words)s") % {"words": last} if last else pilot.title
    return RowView(
        words=learnt,
        url=reverse("pilots:pilot", kwargs={"public_id": pilot.public_id}),
        who=" · ".join(part for part in (pilot.title, where(pilot)) if part),
        state=now.shape,
        state_label=now.word,
        text=capital(_("because %(why)s") % {"why": pilot.decision_why}).rstrip(".") + ".",
        on=pilot.decided_on or pilot.begins_on,
    )


def what_came_out(results: Iterable[Result], stopped: Iterable[Pilot]) -> Sequence[RowView]:
    """Results and stopped trials in one list, the newest first."""
    rows = [*(result_row(result) for result in results), *(stopped_row(pilot) for pilot in stopped)]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def counted(strengths: Mapping[Strength, int], *, stopped: int) -> str:
    """How many, and how strong, in sentences; what is nought is not said."""
    total = sum(strengths.values())
    if not total:
        return ""
    said = [
        ngettext("One change is written down", "%(count)s changes are written down", total) % _count(total),
        *(_how_strong(how, strengths[how]) for how in reversed(Strength) if strengths.get(how)),
    ]
    if stopped:
        said.append(ngettext("One trial was stopped", "%(count)s trials were stopped", stopped) % _count(stopped))
    return " ".join(f"{capital(sentence)}." for sentence in said)


def _count(number: int) -> dict[str, str]:
    return {"count": in_words(number)}


def _how_strong(how: Strength, number: int) -> str:
    words = {
        Strength.DOCUMENTED: ngettext("one is documented", "%(count)s are documented", number),
        Strength.CONFIRMED: ngettext(
            "one is confirmed by the other party", "%(count)s are confirmed by the other party", number
        ),
        Strength.CLAIMED: ngettext("one is claimed so far", "%(count)s are claimed so far", number),
    }
    return words[how] % _count(number)
