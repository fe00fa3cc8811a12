"""What insight brings: the threads from question to answer, and the report on what came out of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, DataFile, Door, OpenData
from kompetanseforum.core.permissions import Viewer


def way_to_report(viewer: Viewer, about: object) -> tuple[str, dict[str, object]]:
    """On the page of results."""
    return "insight/_way_to_report.html", {}


CAPABILITY = Capability(
    app="insight",
    title=_("What came of it"),
    desk=(Door(label=_("What came of it: the report"), url_name="insight:report", order=12),),
    ways=(Door(label=_("From question to answer"), url_name="insight:threads", order=1),),
    panels_filled={"results.page": way_to_report},
    open_data=(
        OpenData(
            label=_("What came of it"),
            url_name="insight:report",
            description=_("What was asked, tried, anchored and changed in the last half-year, and who was heard."),
            files=(DataFile("JSON", "insight:report_data"),),
        ),
    ),
)
