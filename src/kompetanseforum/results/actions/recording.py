"""Writes: a result is recorded, tied to what contributed, and published when something in the forum was there first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core import clock
from kompetanseforum.core.attached import Attached
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.results.facts import EvidenceAdded, ResultChanged, ResultPublished, ResultRecorded
from kompetanseforum.results.models import Evidence, Kind, Result
from kompetanseforum.results.queries.origins import came_from, results_below
from kompetanseforum.results.queries.shown import result_by_sending_key
from kompetanseforum.results.rules import has_origin
from kompetanseforum.threads.actions import tie


class NoOrigin(Exception):
    """Nothing in the forum led to it as far as is recorded, so it is not published."""


@dataclass(frozen=True, slots=True)
class Harvested:
    """Who changed what, when and where; what it is worth; what contributed, and what else may have."""

    what: str
    who: str
    on: date
    kind: Kind
    contribution: str
    organisation: Organisation | None = None
    place: str = ""
    good_for: Sequence[str] = ()
    is_expected: bool = True
    is_good: bool = True
    significance: str = ""
    also_because: str = ""


def record_result(
    *, harvested: Harvested, by: Viewer, origins: Iterable[Ref] = (), sending_key: str | None = None
) -> Result:
    """Not published yet. The same `sending_key` again gives the one that is there. Raises WouldLoop."""
    if sending_key and (known := result_by_sending_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            result = Result(recorded_by=the_person(by.person), sending_key=sending_key, recorded_at=clock.now())
            _fill(result, harvested)
            for origin in origins:
                tie(upstream=origin, downstream=ref(result), relation=Relation.CONTRIBUTED_TO, by=by)
            publish(ResultRecorded(result=ref(result)), by=by.actor, about=ref(result))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := result_by_sending_key(sending_key)):
            return known
        raise
    return result


def change_result(*, result: Result, harvested: Harvested, by: Viewer) -> None:
    with transaction.atomic():
        _fill(result, harvested)
        publish(ResultChanged(result=ref(result)), by=by.actor, about=ref(result))


def _fill(result: Result, harvested: Harvested) -> None:
    for name in Harvested.__dataclass_fields__:
        setattr(result, name, getattr(harvested, name))
    result.good_for = list(harvested.good_for)
    result.changed_at = clock.now()
    result.save()


def publish_result(*, result: Result, by: Viewer) -> None:
    """Everybody sees it from now on. Published already, nothing happens. Raises NoOrigin."""
    with transaction.atomic():
        if result.published_at is not None:
            return
        if not has_origin(came_from(ref(result))):
            raise NoOrigin
        result.published_at = clock.now()
        result.save(update_fields=["published_at"])
        publish(ResultPublished(result=ref(result)), by=by.actor, about=ref(result))


def hide_without_origin(thing: Ref) -> int:
    """A tie above `thing` was taken back: what is published below it and now hangs on nothing waits for a new origin.

    Returns how many. Publishes nothing, so that a listener may call it.
    """
    hidden = 0
    for result in results_below(thing):
        if not has_origin(came_from(ref(result))):
            hidden += Result.objects.filter(pk=result.pk).update(published_at=None)
    return hidden


def add_evidence(
    *, result: Result, title: str, by: Viewer, url: str = "", words: str = "", attached: Attached | None = None
) -> Evidence:
    """Something to look up. The same title and address again is the same."""
    with transaction.atomic():
        evidence, is_new = Evidence.objects.get_or_create(
            result=result,
            title=title.strip(),
            url=url.strip(),
            defaults={
                "words": words.strip(),
                "file_name": attached.name if attached else "",
                "file_type": attached.type if attached else "",
                "stored_as": attached.stored_as if attached else "",
                "by": the_person(by.person),
                "at": clock.now(),
            },
        )
        if is_new:
            tie(upstream=ref(result), downstream=ref(evidence), relation=Relation.EVIDENCED_BY, by=by)
            fact = EvidenceAdded(result=ref(result), evidence=ref(evidence))
            publish(fact, by=by.actor, about=ref(result))
    return evidence
