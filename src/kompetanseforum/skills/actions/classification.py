"""Writes: the ESCO classification into tables; all of it in one transaction, so that a break leaves the old version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kompetanse.esco import Classification, ConceptKind, EscoFileError, version_key
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.skills.actions.relations import store_broader, store_occupation_skills
from kompetanseforum.skills.actions.rows import insert_rows
from kompetanseforum.skills.actions.versions import Changed
from kompetanseforum.skills.actions.vocabulary import STARTER, labels_changed
from kompetanseforum.skills.facts import EscoImported
from kompetanseforum.skills.models import Concept, Edition, Label, LabelOrigin

# A new version of ESCO drops one or two in a hundred. When more are missing, it is the file that is not whole.
MOST_MISSING_SHARE = 0.2
MOST_MISSING = 50
_MOST_CHARACTERS = 400
_AT_ONCE = 2000

# What is being stored, rows done, rows in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one version, read."""

    version: str
    file_name: str
    classification: Classification


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. Counts are rows that the parts hold, by what they are."""

    is_changed: bool
    counts: Mapping[str, int] = field(default_factory=dict)


def import_esco(parts: Sequence[Part], *, by: Ref | None = None, progress: Progress | None = None) -> Imported:
    """Bring the parts in, in one transaction. The same files again change nothing, and the result says so.

    Labels and relations of our own are left alone; a newer version's are not replaced by an older one's; concepts
    that a newer version lacks become obsolete. Raises EscoFileError when much of what is here is missing.
    """
    counts: dict[str, int] = {}
    is_changed = False
    with transaction.atomic():
        for part in parts:
            if Edition.objects.filter(version=part.version, sha256=part.classification.sha256).exists():
                continue
            is_changed = True
            for name, count in _store(part, progress=progress).items():
                counts[name] = counts.get(name, 0) + count
            publish(EscoImported(version=part.version), by=by, about=Ref("esco", part.version.replace(".", "-")))
        if is_changed:
            labels_changed(" ".join(part.classification.sha256 for part in parts))
    return Imported(is_changed=is_changed, counts=counts)


class _Editions:
    """What has been imported before, asked for by what it held."""

    def __init__(self) -> None:
        self._rows = list(Edition.objects.exclude(version=STARTER))

    def is_superseded(self, version: str, what: str, *, language: str | None = None) -> bool:
        """Whether a newer version of `what` is here, in that language or in any."""
        rows = (row for row in self._rows if row.counts.get(what) and language in (None, row.language))
        return any(version_key(row.version) > version_key(version) for row in rows)

    def has_older(self, version: str, kind: str) -> bool:
        """Whether an older version of the kind is here, and none newer: then this one changes it."""
        known = [version_key(row.version) for row in self._rows if row.counts.get(kind)]
        return bool(known) and max(known) <= version_key(version) and min(known) < version_key(version)


def _store(part: Part, *, progress: Progress | None) -> dict[str, int]:
    read, editions = part.classification, _Editions()
    total = _size(read)
    done = 0

    def tell(stage: str, count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(stage, done, total)

    tell("concepts", 0)
    changed = Changed(kinds={kind for kind in read.kinds if editions.has_older(part.version, kind)})
    ids = _store_concepts(part, editions=editions, changed=changed)
    tell("labels", len(read.concepts))
    _store_labels(part, editions=editions, ids=ids, changed=changed)
    counts = {"concepts": len(read.concepts), "labels": len(read.labels)}
    tell("occupation_skills", len(read.labels))
    if read.occupation_skills is not None:
        counts["occupation_skills"] = len(read.occupation_skills)
        if not editions.is_superseded(part.version, "occupation_skills"):
            store_occupation_skills(read.occupation_skills, ids=ids)
        tell("broader", len(read.occupation_skills))
    for name, relations in (("broader_occupations", read.broader_occupations), ("broader_skills", read.broader_skills)):
        if relations is not None:
            counts[name] = len(relations)
            if not editions.is_superseded(part.version, name):
                store_broader(relations, is_of_skills=name == "broader_skills", ids=ids)
            tell("broader", len(relations))
    _note_editions(part, counts=counts, changed=changed)
    return counts


def _size(read: Classification) -> int:
    relations = (read.occupation_skills, read.broader_occupations, read.broader_skills)
    return len(read.concepts) + len(read.labels) + sum(len(rows or ()) for rows in relations)


def _note_editions(part: Part, *, counts: Mapping[str, int], changed: Changed) -> None:
    """One row for each language, with the number of labels by kind and of relations."""
    read = part.classification
    of: dict[str, dict[str, int]] = {language: {} for language in sorted(read.languages) or [""]}
    for label in read.labels:
        kinds = of[label.language]
        kinds[label.kind] = kinds.get(label.kind, 0) + 1
    relations = {name: count for name, count in counts.items() if name not in ("concepts", "labels")}
    Edition.objects.bulk_create(
        Edition(
            version=part.version,
            language=language,
            file_name=part.file_name[:200],
            sha256=read.sha256,
            counts=kinds | relations,
            changes=changed.told(language),
            imported_at=clock.now(),
        )
        for language, kinds in of.items()
    )


def _store_concepts(part: Part, *, editions: _Editions, changed: Changed) -> dict[str, int]:
    """The concepts' rows, and the id of every concept there is, by URI."""
    read, version = part.classification, part.version
    there = {row.uri: row for row in Concept.objects.all()}
    rows = []
    for concept in read.concepts:
        row = there.get(concept.uri)
        if row is None:
            # What an older version had and the newer one lacks is not brought back.
            if editions.is_superseded(version, concept.kind):
                continue
            row = Concept(uri=concept.uri)
        elif row.version and version_key(row.version) > version_key(version):
            continue
        wanted = (concept.kind, concept.code or row.code, concept.isco_group or row.isco_group, version, False)
        if row.pk is None or wanted != (row.kind, row.code, row.isco_group, row.version, row.is_obsolete):
            changed.note_here(
                concept.uri, kind=concept.kind, is_new=row.pk is None or not row.version or row.is_obsolete
            )
            row.kind, row.code, row.isco_group, row.version, row.is_obsolete = wanted
            rows.append(row)
    gone = _missing(part, there=there.values(), editions=editions)
    changed.gone += [row.uri for row in gone]
    rows += gone
    for row in rows:
        row.pk = None  # the URI finds the row
    Concept.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["uri"],
        update_fields=["kind", "code", "isco_group", "version", "is_obsolete"],
        batch_size=_AT_ONCE,
    )
    return dict(Concept.objects.values_list("uri", "pk"))


def _missing(part: Part, *, there: Iterable[Concept], editions: _Editions) -> list[Concept]:
    """Concepts of older versions that this one, the newest, does not have: obsolete from now on."""
    read = part.classification
    uris = {concept.uri for concept in read.concepts}
    gone: list[Concept] = []
    for kind in read.kinds:
        if editions.is_superseded(part.version, kind):
            continue
        rows = [row for row in there if row.kind == kind and not row.is_obsolete]
        older = [
            row for row in rows if row.uri not in uris and version_key(row.version or "0") < version_key(part.version)
        ]
        if len(older) > max(MOST_MISSING, MOST_MISSING_SHARE * len(rows)):
            raise EscoFileError("much_is_missing", f"{part.file_name}: {kind}")
        gone += older
    for row in gone:
        row.is_obsolete = True
    return gone


def _store_labels(part: Part, *, editions: _Editions, ids: Mapping[str, int], changed: Changed) -> None:
    """Official labels of the kinds and languages in the part, in place of those that stood there."""
    read = part.classification
    pairs = {(label.kind, label.language) for label in read.labels}
    current = {
        (kind, language)
        for kind, language in pairs
        if not editions.is_superseded(part.version, kind, language=language)
    }
    wanted = {
        (ids[label.uri], label.language, label.role, label.text[:_MOST_CHARACTERS])
        for label in read.labels
        if (label.kind, label.language) in current and label.uri in ids
    }
    there = {
        (concept_id, tongue, role, text): pk
        for kind, language in current
        for pk, concept_id, tongue, role, text in _official(kind, language)
    }
    here = {ids[concept.uri]: concept.uri for concept in read.concepts if concept.uri in ids}
    changed.note_names(before=there, now=wanted, uris=here)
    # What a version leaves out keeps its name, for the links that people have confirmed.
    gone = [pk for key, pk in there.items() if key not in wanted and key[0] in here]
    for start in range(0, len(gone), _AT_ONCE):
        Label.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    insert_rows(
        Label,
        ("concept_id", "language", "role", "text", "origin"),
        ((*key, LabelOrigin.OFFICIAL.value) for key in sorted(wanted - there.keys())),
    )


def _official(kind: ConceptKind, language: str) -> Iterable[tuple[int, int, str, str, str]]:
    rows = Label.objects.filter(origin=LabelOrigin.OFFICIAL, language=language, concept__kind=kind)
    return rows.values_list("pk", "concept_id", "language", "role", "text")
