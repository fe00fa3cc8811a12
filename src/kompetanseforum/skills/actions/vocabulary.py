"""Writes: the starter vocabulary that ships with the library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction

from kompetanse.vocabulary import Entry, Pair, Vocabulary, read_vocabulary
from kompetanseforum.core import clock
from kompetanseforum.skills.models import (
    Concept,
    Edition,
    Label,
    LabelOrigin,
    LabelRevision,
    LabelRole,
    OccupationSkill,
)

STARTER = "starter"
# The version of ESCO that the vocabulary's URIs are of.
MADE_FOR = "1.1.1"
_AT_ONCE = 1000


def load_vocabulary(vocabulary: Vocabulary | None = None) -> bool:
    """Bring the starter vocabulary's concepts, words and pairs in place. False when they stood there already.

    The vocabulary owns every label and pair of origin "local": what it no longer has, goes.
    """
    words = vocabulary or read_vocabulary()
    sha256 = hashlib.sha256(repr(words).encode()).hexdigest()
    if Edition.objects.filter(version=STARTER, sha256=sha256).exists():
        return False
    with transaction.atomic():
        concepts = _concepts([*words.skills, *words.occupations])
        counts = {
            "concepts": len(concepts),
            "labels": _labels([*words.skills, *words.occupations], concepts=concepts),
            "occupation_skills": _pairs(words.pairs, concepts=concepts),
        }
        Edition.objects.filter(version=STARTER).delete()
        Edition.objects.create(
            version=STARTER, sha256=sha256, file_name="kompetanse.vocabulary", counts=counts, imported_at=clock.now()
        )
        labels_changed(sha256)
    return True


def labels_changed(what: str, *, is_source: bool = True) -> None:
    """Tell every process that its lexicon is old. The same changes in the same order give the same token.

    `is_source`: they came from files, so that the index is old too.
    """
    known = LabelRevision.objects.filter(pk=1).first()
    token = hashlib.sha256(f"{known.token if known else ''} {what}".encode()).hexdigest()
    values: dict[str, object] = {"token": token}
    if is_source:
        before = (known.source or known.token) if known else ""
        values |= {"source": hashlib.sha256(f"{before} {what}".encode()).hexdigest(), "changed_at": clock.now()}
    LabelRevision.objects.update_or_create(pk=1, defaults=values)


def _concepts(entries: list[Entry]) -> dict[str, int]:
    Concept.objects.bulk_create(
        (Concept(uri=entry.uri, kind=entry.kind, isco_group=entry.isco, version=MADE_FOR) for entry in entries),
        ignore_conflicts=True,
        batch_size=_AT_ONCE,
    )
    wanted = {entry.uri for entry in entries}
    return {uri: pk for uri, pk in Concept.objects.values_list("uri", "pk") if uri in wanted}


def _words_of(entry: Entry) -> Iterator[tuple[str, str, str]]:
    for language, text in entry.labels.items():
        yield language, LabelRole.LABEL, text
    for language, texts in entry.words.items():
        for text in texts:
            yield language, LabelRole.EVERYDAY, text


def _labels(entries: list[Entry], *, concepts: dict[str, int]) -> int:
    wanted = {(concepts[entry.uri], *words) for entry in entries for words in _words_of(entry)}
    rows = Label.objects.filter(origin=LabelOrigin.LOCAL).values_list("pk", "concept_id", "language", "role", "text")
    there = {(concept_id, language, role, text): pk for pk, concept_id, language, role, text in rows}
    _delete_labels([pk for key, pk in there.items() if key not in wanted])
    Label.objects.bulk_create(
        (
            Label(concept_id=concept_id, language=language, role=role, origin=LabelOrigin.LOCAL, text=text)
            for concept_id, language, role, text in sorted(wanted - there.keys())
        ),
        batch_size=_AT_ONCE,
    )
    return len(wanted)


def _delete_labels(ids: list[int]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        Label.objects.filter(pk__in=ids[start : start + _AT_ONCE]).delete()


def _pairs(pairs: tuple[Pair, ...], *, concepts: dict[str, int]) -> int:
    wanted = {
        (concepts[pair.occupation], concepts[pair.skill]): pair.relation == "essential"
        for pair in pairs
        if pair.occupation in concepts and pair.skill in concepts
    }
    there = {(row.occupation_id, row.skill_id): row for row in OccupationSkill.objects.filter(origin=LabelOrigin.LOCAL)}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    OccupationSkill.objects.filter(pk__in=gone).delete()
    OccupationSkill.objects.bulk_create(
        (
            OccupationSkill(
                occupation_id=occupation, skill_id=skill, is_essential=is_essential, origin=LabelOrigin.LOCAL
            )
            for (occupation, skill), is_essential in wanted.items()
        ),
        update_conflicts=True,
        unique_fields=["occupation", "skill"],
        update_fields=["is_essential", "origin"],
        batch_size=_AT_ONCE,
    )
    return len(wanted)
