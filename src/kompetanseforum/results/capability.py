"""What results bring: the door "Results", their step in a thread, the way to write one, and the demo's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.queries import organisations_named
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.results.actions import (
    Harvested,
    add_evidence,
    ask_to_confirm,
    forget_lapsed,
    forget_person,
    publish_result,
    record_result,
    reply_to,
    send_owed_letters,
)
from kompetanseforum.results.imports import DemoResult, demo_results
from kompetanseforum.results.models import Evidence, Kind, Reply, Result
from kompetanseforum.results.queries.evidence import evidence_by_id, evidence_with_ids
from kompetanseforum.results.queries.origins import results_of
from kompetanseforum.results.queries.shown import copy_about, result_by_id, results_with_ids, standing
from kompetanseforum.results.rules import may_record_result, may_see_result
from kompetanseforum.results.views.rows import result_row


def _address(result: Result) -> str:
    return reverse("results:result", kwargs={"public_id": result.public_id})


def named(public_id: str) -> Named | None:
    result = result_by_id(public_id)
    if result is None:
        return None
    return Named(label=result.what if result.published_at else str(_("A result")), url=_address(result))


def evidence_named(public_id: str) -> Named | None:
    evidence = evidence_by_id(public_id)
    return Named(label=str(_("Evidence")), url=f"{_address(evidence.result)}#evidence") if evidence else None


def came_of_it(viewer: Viewer, thing: object) -> tuple[str, dict[str, object]] | None:
    """What came of a thing, on its own page, and for those who take part the way to write it down."""
    if not isinstance(thing, Model):
        return None
    origin, may_record = ref(thing), may_record_result(viewer, None)
    rows = [result_row(result) for result in results_of(origin)]
    if not rows and not may_record:
        return None
    return "results/_came_of_it.html", {"rows": rows, "origin": str(origin), "may_record": may_record}


def steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """A result in a thread, filled; one that is not published only for those who may see it."""
    found = {one.public_id: one for one in results_with_ids([one.id for one in refs]) if may_see_result(viewer, one)}
    return {one: _step(found[one.id]) for one in refs if one.id in found}


def _step(result: Result) -> Step:
    return Step(
        ref=ref(result),
        on=timezone.make_aware(datetime.combine(result.on, time(12))),
        kind=_("Result"),
        title=result.what,
        url=_address(result),
        text=f"{result.who}. {standing(result).word}.",
        here=f"{result.who}. {standing(result).word}.",
        dot="filled",
    )


def evidence_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    found = evidence_with_ids([one.id for one in refs])
    seen = {one.public_id: one for one in found if may_see_result(viewer, one.result)}
    return {one: _evidence_step(seen[one.id]) for one in refs if one.id in seen}


def _evidence_step(evidence: Evidence) -> Step:
    return Step(
        ref=ref(evidence),
        on=evidence.at,
        kind=_("Evidence"),
        title=evidence.title,
        url=f"{_address(evidence.result)}#evidence",
    )


def demo() -> None:
    """What came out of it for the invented firms and schools, of every strength."""
    people = {person.first_name.lower(): person for person in coordinators()}
    names = {row.key: row.name for row in demo_organisations()}
    known = organisations_named(list(names.values()))
    now = clock.now()
    for row in demo_results():
        by = Viewer(person=ref(people[row.by]), roles=frozenset({"coordinator"}))
        harvested = Harvested(
            what=row.what,
            who=row.who,
            organisation=known.get(names.get(row.organisation, "")),
            on=(now - timedelta(days=row.days_ago)).date(),
            place=row.place,
            kind=Kind(row.kind),
            good_for=row.good_for,
            is_expected=row.is_expected,
            is_good=row.is_good,
            significance=row.significance,
            contribution=row.contribution,
            also_because=row.also_because,
        )
        with clock.at(now - timedelta(days=max(row.days_ago - 2, 0))):
            result = record_result(harvested=harvested, by=by, origins=_origins(row))
            _stand_behind(row, result, by=by)
            if row.is_published:
                publish_result(result=result, by=by)


def _origins(row: DemoResult) -> list[Ref]:
    if row.pilot:
        return [ref(Pilot.objects.get(title=row.pilot))]
    return [ref(Voice.objects.filter(words__contains=row.need).earliest("pk").need)]


def _stand_behind(row: DemoResult, result: Result, *, by: Viewer) -> None:
    for title, url, words in row.evidence:
        add_evidence(result=result, title=title, url=url, words=words, by=by)
    for number, (role, reply, words) in enumerate(row.replies):
        email = f"{result.public_id}-{number}@forum.example"
        asked = ask_to_confirm(result=result, email=email, role=role, language="nb", by=by)
        reply_to(asked=asked, reply=Reply(reply), words=words)


def work() -> bool:
    """What the worker does again and again."""
    sent, forgotten = send_owed_letters(), forget_lapsed()
    return sent or forgotten


CAPABILITY = Capability(
    app="results",
    title=_("Results"),
    doors=(Door(label=_("Results"), url_name="results:results", order=50),),
    refs={"result": named, "evidence": evidence_named},
    panels_offered=("results.page", "result.detail"),
    panels_filled=dict.fromkeys(
        ("pilot.detail", "need.detail", "offer.detail", "challenge.detail", "room.detail", "brief.detail"), came_of_it
    ),
    thread_steps={"result": steps, "evidence": evidence_steps},
    personal_copy=copy_about,
    erase=forget_person,
    demo=demo,
    work=work,
    personal_data=(
        PersonalData(
            what=_("The e-mail address of somebody who is asked whether a result is so"),
            why=_("So that a result rests on more than the word of the one who wrote it"),
            kept_for=_("Until they have answered, at most 30 days"),
        ),
        PersonalData(
            what=_("Who wrote down a result, and who asked for a confirmation"),
            why=_("So that one can ask those who did it"),
            kept_for=_("Until you erase yourself on My page"),
        ),
    ),
)
