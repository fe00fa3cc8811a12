"""What insight brings: the threads from question to answer, and the report on what came out of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, DataFile, Door, OpenData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.models import Cycle
from kompetanseforum.insight.actions import throw_away_all


def way_to_report(viewer: Viewer, about: object) -> tuple[str, dict[str, object]]:
    """On the page of results."""
    return "insight/_way_to_report.html", {}


def report_of_cycle(viewer: Viewer, cycle: object) -> tuple[str, dict[str, object]] | None:
    """On the page of a period: the report for its days, as far as they have come."""
    if not isinstance(cycle, Cycle):
        return None
    return "insight/_report_of_cycle.html", {"first": cycle.starts_on, "last": min(cycle.ends_on, clock.today())}


CAPABILITY = Capability(
    app="insight",
    title=_("What came of it"),
    desk=(Door(label=_("What came of it: the report"), url_name="insight:report", order=12),),
    ways=(Door(label=_("From question to answer"), url_name="insight:threads", order=1),),
    panels_filled={"results.page": way_to_report, "cycle.detail": report_of_cycle},
    erase=throw_away_all,
    open_data=(
        OpenData(
            label=_("What came of it"),
            url_name="insight:report",
            description=_("What was asked, tried, anchored and changed in the last half-year, and who was heard."),
            files=(DataFile("JSON", "insight:report_data"),),
        ),
    ),
)
