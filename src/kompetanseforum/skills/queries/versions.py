"""Reads: which version of ESCO is here, what it changed, and when ESCO is asked for a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from kompetanse.esco import version_key
from kompetanseforum.core import clock
from kompetanseforum.skills.models import Concept, Edition, EscoWatch, SkillLink
from kompetanseforum.skills.queries.concepts import named

STARTER = "starter"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A concept that came, went, or is called something else; `links`: how often the forum's words speak of it."""

    slug: str
    label: str
    what: str
    was: str
    links: int


def watch() -> EscoWatch | None:
    return EscoWatch.objects.filter(pk=1).first()


def watch_due() -> EscoWatch | None:
    return EscoWatch.objects.filter(clock.is_due("next_at", longest=timedelta(days=7)), pk=1, is_on=True).first()


def newest_edition() -> Edition | None:
    """Of the newest version that is here."""
    rows = Edition.objects.exclude(version=STARTER).order_by("-imported_at", "-pk")
    return max(rows, key=lambda row: version_key(row.version), default=None)


def newest_change(language: str) -> Edition | None:
    """What the last version changed, as the reader's language has it where it is here."""
    rows = [row for row in Edition.objects.order_by("-imported_at", "-pk")[:50] if row.changes]
    last = [row for row in rows if row.version == rows[0].version]
    return next((row for row in last if row.language == language), last[0] if last else None)


def shown_changes_of(edition: Edition, *, most: int, language: str) -> list[ShownChange]:
    """Those that the forum speaks of first."""
    rows: Sequence[Sequence[str]] = edition.changes.get("rows", [])[:most]
    concepts = list(Concept.objects.filter(uri__in=[row[0] for row in rows]))
    names = {one.uri: one for one in named(concepts, language=language)}
    links = SkillLink.objects.filter(concept__in=concepts).order_by().values_list("concept__uri")
    count = dict(links.annotate(n=Count("pk")))
    return [
        ShownChange(slug=names[uri].slug, label=names[uri].label, what=what, was=was, links=count.get(uri, 0))
        for uri, what, was, _now in rows
        if uri in names
    ]
