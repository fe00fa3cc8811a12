"""The report as JSON."""

from __future__ import annotations

from django.db.models import prefetch_related_objects

from kompetanseforum.insight.queries.report import Heard, Report
from kompetanseforum.insight.queries.threads import ToldThread
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.results.queries.shown import strength_of


def report_data(report: Report) -> dict[str, object]:
    """What stands on the page, for a program. Below five a number of organisations is null."""
    sums = report.sums
    prefetch_related_objects([thread.pilot for thread in report.threads], "learnings")
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "sums": {name: getattr(sums, name) for name in sums.__dataclass_fields__},
        "threads": [_thread(thread) for thread in report.threads],
        "results": [
            {
                "id": result.public_id,
                "what": result.what,
                "who": result.who,
                "on": result.on.isoformat(),
                "kind": result.kind,
                "good_for": result.good_for,
                "is_expected": result.is_expected,
                "is_good": result.is_good,
                "contribution": result.contribution,
                "also_because": result.also_because,
                "strength": str(strength_of(result).value),
            }
            for result in report.results
        ],
        "anchorings": [
            {
                "id": one.public_id,
                "organisation": name_of(one.organisation),
                "what": one.what,
                "state": one.state,
                "until": one.until.isoformat() if one.until else None,
                "is_reported": one.is_reported,
            }
            for one in report.anchorings
        ],
        "periods": [
            {
                "id": told.cycle.public_id,
                "title": told.cycle.title,
                "from": told.cycle.starts_on.isoformat(),
                "to": told.cycle.ends_on.isoformat(),
                "priorities": told.cycle.first_things,
                "method": told.cycle.method,
                "members": [member.name for member in told.members],
                "summary": told.cycle.summary,
            }
            for told in report.cycles
        ],
        "heard": {
            "sectors": _heard(report.sectors),
            "sizes": _heard(report.sizes),
            "municipalities": _heard(report.places),
        },
    }


def _thread(thread: ToldThread) -> dict[str, object]:
    pilot = thread.pilot
    return {
        "asked": thread.asked.title if thread.asked else None,
        "need": thread.asked.public_id if thread.asked else None,
        "pilot": pilot.public_id,
        "tried": pilot.title,
        "begins_on": pilot.begins_on.isoformat(),
        "decision": pilot.decision or None,
        "decision_why": pilot.decision_why,
        "learnings": [learning.words for learning in pilot.learnings.all()],
        "result": thread.result.public_id if thread.result else None,
    }


def _heard(groups: list[Heard]) -> list[dict[str, object]]:
    return [{"group": group.label, "organisations": group.organisations} for group in groups]
