"""Reads: needs as a list tells of them. Only what stands in the list is read: no rows of voices, for speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import CLOSED_STATES, Need
from kompetanseforum.needs.queries.shown import has_asked, skills_title_of, title_of, who_teller
from kompetanseforum.needs.queries.thread import described, first_words, voices_of
from kompetanseforum.skills.queries import links_of_many


@dataclass(frozen=True, slots=True)
class ListedNeed:
    """A need as this viewer may see it in a list; of the same words as `ShownNeed`."""

    need: Need
    # Empty where no words of it may be read; `title` never is.
    own_words: str
    title: str
    # Words or what they ask for may be read; else the title says only that it is not shown to all.
    is_told: bool
    people: int
    who: str
    # Of those who stand behind it.
    voices: tuple[str, ...]
    days_late: int
    days_waited: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwedNeed:
    """A need that waits for an answer, by what it is about in the forum's own words: no firm is quoted."""

    public_id: str
    title: str
    days_late: int
    days_waited: int


def plain_needs(ids: Sequence[int]) -> list[Need]:
    """Those needs, in that order, without their voices."""
    found = Need.objects.select_related("owner").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def listed_needs(needs: Sequence[Need], *, viewer: Viewer) -> list[ListedNeed]:
    """One query for the voices; one for skills where no words may be read, and one for those who stand alone."""
    voices = voices_of(need.pk for need in needs)
    words = {pk: first_words(said, viewer) for pk, said in voices.items()}
    links = links_of_many("need", [need.public_id for need in needs if not words[need.pk]])
    counted = {pk: [one for one in said if one.repeats_id is None] for pk, said in voices.items()}
    alone = {pk: said[0].organisation_id for pk, said in counted.items() if len(said) == 1}
    who_alone, who_of = described(alone.values()), who_teller()
    return [
        ListedNeed(
            need=need,
            own_words=words[need.pk],
            title=f"«{words[need.pk]}»" if words[need.pk] else title_of(links.get(need.public_id, [])),
            is_told=bool(words[need.pk]) or has_asked(links.get(need.public_id, [])),
            people=sum(one.people for one in counted[need.pk]),
            who=who_alone[alone[need.pk]]
            if need.pk in alone
            else who_of(len(counted[need.pk]), sorted({one.place for one in counted[need.pk] if one.place})),
            voices=tuple(one.public_id for one in voices[need.pk]),
            days_late=_days_late(need),
            days_waited=_days_waited(need),
            is_open=need.state not in CLOSED_STATES,
        )
        for need in needs
    ]


def owed_lines(needs: Sequence[Need], *, viewer: Viewer) -> list[OwedNeed]:
    """One query for their skills, and one for the words of those where no skill was heard."""
    links = links_of_many("need", [need.public_id for need in needs])
    untold = [need.pk for need in needs if not has_asked(links.get(need.public_id, ()))]
    words = {pk: first_words(said, viewer) for pk, said in voices_of(untold).items()}
    return [
        OwedNeed(
            public_id=need.public_id,
            title=skills_title_of(links.get(need.public_id, ()), words.get(need.pk, "")),
            days_late=_days_late(need),
            days_waited=_days_waited(need),
        )
        for need in needs
    ]


def _days_late(need: Need) -> int:
    return max(0, (clock.today() - need.next_answer_on).days) if need.state not in CLOSED_STATES else 0


def _days_waited(need: Need) -> int:
    return max(0, (clock.today() - timezone.localtime(need.waiting_since).date()).days)
