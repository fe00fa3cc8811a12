"""What the gap map brings: a door, a data set, and figures on the page of a skill."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, DataFile, Door, OpenData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.gapmap.queries.behind import gap_of
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from kompetanseforum.gapmap.queries.followed import skills_followed_by
from kompetanseforum.gapmap.queries.kept import keep_map_ready
from kompetanseforum.gapmap.queries.matching import offers_matching
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.shown import shown_need
from kompetanseforum.skills.models import Concept, ConceptKind

_WHOLE = Cut(horizon=ALL_HORIZONS)


def figures(viewer: Viewer, concept: object) -> tuple[str, dict[str, object]] | None:
    """What is asked for and taught, whole: nothing where neither is."""
    if not isinstance(concept, Concept) or concept.kind != ConceptKind.SKILL:
        return None
    gap = gap_of(concept.uri, _WHOLE)
    if gap is None:
        return None
    return "gapmap/_figures.html", {"gap": gap, "slug": concept.slug, "longest": max(gap.asked, gap.places)}


def offers_beside(viewer: Viewer, need: object) -> tuple[str, dict[str, object]] | None:
    """The offers that come near to a need; where nothing of it may be read there is nothing to teach."""
    if not isinstance(need, Need):
        return None
    matches = offers_matching(need)
    is_told = bool(matches.slug) or shown_need(need, viewer=viewer).is_told
    return ("gapmap/_matching_offers.html", {"matches": matches}) if is_told else None


def followed_skills(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """What this viewer follows, on the page of its own needs."""
    followed = skills_followed_by(viewer)
    return ("gapmap/_followed.html", {"followed": followed}) if followed else None


CAPABILITY = Capability(
    app="gapmap",
    title=_("Unmet needs"),
    doors=(Door(label=_("Unmet needs"), url_name="gapmap:map", order=30),),
    warm=keep_map_ready,
    panels_filled={"skill.detail": figures, "need.detail": offers_beside, "mine.followed": followed_skills},
    open_data=(
        OpenData(
            label=_("Unmet needs, skill by skill"),
            url_name="gapmap:map",
            description=_("People asked for beside places taught, for each skill in the region."),
            files=(
                DataFile("CSV", "gapmap:export", {"extension": "csv"}),
                DataFile("JSON", "gapmap:export", {"extension": "json"}),
            ),
        ),
    ),
)
