"""What the worker does: make a report that somebody has asked for."""

from __future__ import annotations

from django_tasks import task

from kompetanseforum.insight.actions import fail_report
from kompetanseforum.insight.exports.page import make_report as make
from kompetanseforum.insight.queries.made import made_by_id


@task()
def make_report(public_id: str) -> None:
    made = made_by_id(public_id)
    if made is None:
        return
    try:
        make(made)
    except Exception:
        # Whoever waits is told; the queue keeps what went wrong.
        fail_report(made)
        raise
