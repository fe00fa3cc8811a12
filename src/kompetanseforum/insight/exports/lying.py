"""A thread as it lies down on a wide screen: asked, tried, came out. A stopped one ends in a square of the same size."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.core.text import capital, day
from kompetanseforum.insight.queries.threads import ToldThread
from kompetanseforum.needs.views.rows import Step
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import learnt_last, standing
from kompetanseforum.results.queries.shown import standing as result_standing


def lying(threads: Sequence[ToldThread]) -> list[list[Step]]:
    return [[_asked(thread), _tried(thread), _came_out(thread)] for thread in threads]


def _asked(thread: ToldThread) -> Step:
    asked, when = thread.asked, _("It was asked for")
    if asked is None:
        return Step(when=when, title=_("It began with an idea"), side="asked", dot="filled")
    url = reverse("needs:need", kwargs={"public_id": asked.public_id})
    return Step(when=when, title=asked.title, text=asked.who, url=url, side="asked", dot="filled")


def _tried(thread: ToldThread) -> Step:
    pilot = thread.pilot
    text = f"{pilot.who}." if pilot.decision else f"{standing(pilot).when}. {pilot.who}."
    return Step(
        when=_("It was tried"),
        title=pilot.title,
        url=_address(pilot),
        text=text,
        line="solid" if thread.has_come_out else "dashed",
    )


def _came_out(thread: ToldThread) -> Step:
    pilot, result, when = thread.pilot, thread.result, _("It came of it")
    if result is not None:
        text = f"{result.who}. {result_standing(result).word}."
        url = reverse("results:result", kwargs={"public_id": result.public_id})
        return Step(when=when, title=result.what, text=text, url=url, dot="filled")
    if not pilot.decision:
        ends = _("Decided after %(date)s.") % {"date": day(pilot.ends_on)} if pilot.ends_on else ""
        return Step(when=when, title=_("Not yet"), text=ends, url=_address(pilot), dot="open")
    learnt = learnt_last(pilot)
    told = _("%(decision)s, because %(why)s") % {
        "decision": Decision(pilot.decision).label,
        "why": pilot.decision_why,
    }
    title = _("We learnt: %(words)s") % {"words": learnt.rstrip(".")} if learnt else capital(told)
    dot = "square" if thread.is_stopped else "filled"
    text = f"{capital(told).rstrip('.')}." if learnt else ""
    return Step(when=when, title=title, text=text, url=_address(pilot), dot=dot)


def _address(pilot: Pilot) -> str:
    return reverse("pilots:pilot", kwargs={"public_id": pilot.public_id})
