"""What the export of a Course and its import must agree on."""

from __future__ import annotations

from kompetanseforum.offers.queries.content import Content

ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
MUNICIPALITY = "kommunenummer"
PART_TIME = "part-time"


def told_description(content: Content) -> str:
    """A Course must have one; the outcomes say most where there is none."""
    return content.description or "; ".join(one.text for one in content.outcomes[:5]) or content.title
