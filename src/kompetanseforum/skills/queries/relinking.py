"""Reads: how far hearing all words anew has come, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import get_language

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Named, Words, capabilities, resolve
from kompetanseforum.skills.models import RelinkChange, Relinking, RelinkState
from kompetanseforum.skills.queries.labels import labels_of, nameless

# After this much silence whoever relinked has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One difference: in what, which skill, and what was and is said of it (polarities, or empty)."""

    whole: Named | None
    label: str
    slug: str
    was: str
    now: str


def all_words() -> Iterator[Words]:
    """Whatever the capabilities hold, lower ones first, always in the same order."""
    for capability in capabilities():
        if capability.spoken:
            yield from capability.spoken()


def words_from(begin: int, *, most: int) -> list[Words]:
    """A part of all words."""
    return list(islice(all_words(), begin, begin + most))


def relinking_under_way() -> Relinking | None:
    rows = Relinking.objects.exclude(state=RelinkState.DONE).filter(changed_at__gte=clock.now() - GIVEN_UP_AFTER)
    return rows.order_by("-asked_at").first()


def is_heard_anew() -> bool:
    """Whether words are heard anew just now, so that what is counted by skill may be a little off."""
    return relinking_under_way() is not None


def relinkings() -> list[Relinking]:
    """Those that came to their end, newest first; of one under way nobody knows yet what it changes."""
    return list(Relinking.objects.filter(state=RelinkState.DONE).order_by("-asked_at", "-pk")[:8])


def relinking_by_id(public_id: str) -> Relinking | None:
    return Relinking.objects.filter(public_id=public_id).first()


def changes_of(relinking: Relinking) -> QuerySet[RelinkChange]:
    """What got another meaning first: it moves the numbers most."""
    return relinking.changes.select_related("concept").order_by("whole_kind", "whole_id", "subject_id", "pk")


def shown_changes(rows: Iterable[RelinkChange]) -> list[ShownChange]:
    """One query for all labels; each thing is looked up once."""
    found = list(rows)
    labels = labels_of([row.concept_id for row in found], language=get_language() or "nb")
    wholes = {ref: resolve(ref) for ref in {Ref(row.whole_kind, row.whole_id) for row in found}}
    return [
        ShownChange(
            whole=wholes[Ref(row.whole_kind, row.whole_id)],
            label=(labels.get(row.concept_id) or nameless(row.concept.slug)).text,
            slug=row.concept.slug,
            was=row.was,
            now=row.now,
        )
        for row in found
    ]
