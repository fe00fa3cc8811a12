"""Writes: what a newer version of ESCO changed, and whether there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from kompetanse.esco import version_key
from kompetanseforum.core import clock
from kompetanseforum.skills.actions.fetching import start_fetching
from kompetanseforum.skills.models import EscoUpload, EscoWatch, SkillLink
from kompetanseforum.skills.queries.versions import newest_edition

# ESCO comes in a new version about once a year.
ASK_EVERY = timedelta(days=7)
AFTER_A_FAILURE = timedelta(days=1)
# A job that was lost on its way is put in the queue again.
_WHILE_ASKING = timedelta(hours=2)
# So many are told by name, those that the forum speaks of first.
MOST_TOLD = 200

Enqueue = Callable[[str], object]
# Concept, language, role and text.
LabelKey = tuple[int, str, str, str]


@dataclass(slots=True)
class Changed:
    """Concepts by URI that came, went, or are called something else than in the older version. `kinds`: those that an
    older version was here of; of the others nothing has changed, all of it is new."""

    kinds: set[str]
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    # By language: URI, old name and new name.
    renamed: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def note_here(self, uri: str, *, kind: str, is_new: bool) -> None:
        if is_new and kind in self.kinds:
            self.new.append(uri)

    def note_names(self, *, before: Iterable[LabelKey], now: Iterable[LabelKey], uris: Mapping[int, str]) -> None:
        known = {(pk, language): text for pk, language, role, text in before if role == "label"}
        for pk, language, role, text in sorted(now):
            was = known.get((pk, language)) if role == "label" else None
            if was is not None and was != text and pk in uris:
                self.renamed.setdefault(language, []).append((uris[pk], was, text))

    def told(self, language: str) -> dict[str, object]:
        """As an edition keeps it: how many, and the rows that are told by name; nothing when nothing has changed."""
        renamed = self.renamed.get(language, [])
        rows = [*((uri, "gone", "", "") for uri in self.gone), *((uri, "renamed", was, now) for uri, was, now in renamed),
                *((uri, "new", "", "") for uri in self.new)]  # fmt: skip
        if not rows:
            return {}
        spoken_of = set(
            SkillLink.objects.filter(concept__uri__in=[*self.gone, *(uri for uri, _was, _now in renamed)])
            .values_list("concept__uri", flat=True)
            .distinct()
        )
        first = sorted(rows, key=lambda row: row[0] not in spoken_of)
        return {
            "new": len(self.new),
            "gone": len(self.gone),
            "renamed": len(renamed),
            "rows": [list(row) for row in first[:MOST_TOLD]],
        }


def watch_esco(*, is_on: bool, languages: Sequence[str]) -> EscoWatch:
    """Ask each week from now on, or no more."""
    watch, _is_new = EscoWatch.objects.update_or_create(
        pk=1, defaults={"is_on": is_on, "languages": list(languages), "next_at": clock.now()}
    )
    return watch


def claim_watch(watch: EscoWatch, *, enqueue: Callable[[], object]) -> bool:
    """Put the question in the queue. False when another worker did it first."""
    with transaction.atomic():
        due = EscoWatch.objects.filter(pk=watch.pk, next_at=watch.next_at, is_on=True)
        if not due.update(next_at=clock.now() + _WHILE_ASKING):
            return False
        enqueue()
    return True


def note_newest(watch: EscoWatch, *, version: str, enqueue: Enqueue) -> EscoUpload | None:
    """ESCO has this version: it is fetched when what is here is older, in the languages that are here."""
    _note(watch, newest=version, problem="", problem_detail="", next_at=clock.now() + ASK_EVERY)
    here = newest_edition()
    if here is not None and version_key(here.version) >= version_key(version):
        return None
    return start_fetching(languages=watch.languages, by=None, enqueue=enqueue)


def note_no_answer(watch: EscoWatch, *, problem: str, detail: str) -> None:
    """Asked again tomorrow; what was known stands."""
    _note(watch, problem=problem[:40], problem_detail=detail[:200], next_at=clock.now() + AFTER_A_FAILURE)


def _note(watch: EscoWatch, **values: object) -> None:
    EscoWatch.objects.filter(pk=watch.pk).update(asked_at=clock.now(), **values)
