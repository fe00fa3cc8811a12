"""Reads: links from words to concepts, by what they belong to and by what they ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple  # Any: of a query of ids it matters only that it selects one column

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, Substr
from django.utils.translation import get_language

from kompetanse.esco import is_styrk, styrk_to_isco
from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core.counted import once_a_page
from kompetanseforum.core.joined import Joined
from kompetanseforum.skills.models import Concept, ConceptKind, LinkOrigin, SkillLink
from kompetanseforum.skills.queries.labels import ShownLabel, label_beside, label_told, nameless

# Only these count as demand.
ASKED = (Polarity.NEED, Polarity.NICE_TO_HAVE)


@dataclass(frozen=True, slots=True)
class LinkedSkill:
    """A link as a page shows it: the concept by name, and the words that caused it."""

    public_id: str
    subject_kind: str
    subject_id: str
    whole_kind: str
    whole_id: str
    concept_id: int
    uri: str
    slug: str
    kind: str
    label: str
    label_language: str
    is_foreign: bool
    causes: tuple[tuple[int, int], ...]
    cause_words: tuple[str, ...]
    score: float
    polarity: str
    is_by_person: bool
    confirmed_by: int
    rejected_by: int

    @property
    def is_asked(self) -> bool:
        return self.polarity in ASKED

    @property
    def is_rejected(self) -> bool:
        return self.rejected_by > self.confirmed_by

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by > 0 and not self.is_rejected


def links_for(whole: Ref) -> list[LinkedSkill]:
    """All links of what belongs to the whole, surest first."""
    question = f"links:{whole}:{get_language()}"
    return once_a_page(question, lambda: links_of_many(whole.kind, [whole.id]).get(whole.id, []))


def links_of_many(kind: str, ids: Sequence[str]) -> dict[str, list[LinkedSkill]]:
    """The id of each whole → its links, surest first; one query for all."""
    if not ids:
        return {}
    language = get_language() or "nb"
    links = SkillLink.objects.filter(whole_kind=kind, whole_id__in=ids).order_by("-score", "pk")
    found: dict[str, list[LinkedSkill]] = {}
    labels: dict[int, ShownLabel] = {}
    for row in map(_Row._make, links.values_list(*_COLUMNS, label_beside("concept", language=language))):
        label = labels.get(row.concept)
        if label is None:
            label = labels[row.concept] = label_told(row.told, language=language) or nameless(_slug(row.uri))
        found.setdefault(row.whole_id, []).append(_shown(row, label))
    return found


class _Row(NamedTuple):
    """A link with its concept, as a list of many needs reads hundreds."""

    public_id: str
    subject_kind: str
    subject_id: str
    whole_kind: str
    whole_id: str
    concept: int
    uri: str
    kind: str
    causes: list[tuple[int, int]]
    cause_words: list[str]
    score: float
    polarity: str
    origin: str
    confirmed_by: int
    rejected_by: int
    told: str | None


def _slug(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


_OF_CONCEPT = {"uri": "concept__uri", "kind": "concept__kind"}
_COLUMNS = [_OF_CONCEPT.get(name, name) for name in _Row._fields[:-1]]


def _shown(row: _Row, label: ShownLabel) -> LinkedSkill:
    return LinkedSkill(
        public_id=row.public_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        whole_kind=row.whole_kind,
        whole_id=row.whole_id,
        concept_id=row.concept,
        uri=row.uri,
        slug=_slug(row.uri),
        kind=row.kind,
        label=label.text,
        label_language=label.language,
        is_foreign=label.is_foreign,
        causes=tuple((start, end) for start, end in row.causes),
        cause_words=tuple(row.cause_words),
        score=row.score,
        polarity=row.polarity,
        is_by_person=row.origin == LinkOrigin.PERSON,
        confirmed_by=row.confirmed_by,
        rejected_by=row.rejected_by,
    )


def link_by_id(public_id: str) -> SkillLink | None:
    return SkillLink.objects.select_related("concept").filter(public_id=public_id).first()


def _asking(kind: str) -> QuerySet[SkillLink]:
    return SkillLink.objects.filter(whole_kind=kind, polarity__in=ASKED).exclude(rejected_by__gt=F("confirmed_by"))


def wholes_asking(kind: str, uris: Iterable[str]) -> QuerySet[SkillLink, str]:
    """Ids of those that ask for one of the concepts, for a filter."""
    return _asking(kind).filter(concept__uri__in=list(uris)).values_list("whole_id", flat=True)


def wholes_asking_group(kind: str, styrk_code: str) -> QuerySet[SkillLink, str]:
    """Ids of those that ask for an occupation in a STYRK-08 group (1 to 4 digits), for a filter."""
    if len(styrk_code) == 4:
        within = Q(concept__isco_group__in=styrk_to_isco(styrk_code) if is_styrk(styrk_code) else ())
    else:
        within = Q(concept__isco_group__startswith=styrk_code)
    return _asking(kind).filter(within, concept__kind=ConceptKind.OCCUPATION).values_list("whole_id", flat=True)


@dataclass(frozen=True, slots=True)
class Among:
    """Wholes that are counted: those whose public ids a query gives, or all but those, which is quicker for most of them."""

    ids: QuerySet[Any, Any]
    are_left_out: bool = False

    def of(self, links: QuerySet[SkillLink]) -> QuerySet[SkillLink]:
        return links.exclude(whole_id__in=self.ids) if self.are_left_out else links.filter(whole_id__in=self.ids)


def most_asked(kind: str, among: Among, *, most: int) -> dict[str, int]:
    """Slugs of the skills that most of the wholes ask for → how many ask, most first."""
    # Grouped without the concepts' table: then an index alone answers.
    rows = among.of(_asking(kind)).order_by().values_list("concept").annotate(n=Count("whole_id", distinct=True))
    counts = dict(rows)
    ordered = sorted(counts, key=lambda pk: -counts[pk])
    # Occupations are counted with them; among so many there are enough skills, nearly always.
    fewest = counts[ordered[: 5 * most][-1]] if ordered else 0
    found = _skills_among([pk for pk in ordered if counts[pk] >= fewest])
    if len(found) < most:
        found = _skills_among(ordered)
    ranked = sorted(found.items(), key=lambda row: (-counts[row[0]], row[1]))
    return {_slug(uri): counts[pk] for pk, uri in ranked[:most]}


def _skills_among(concepts: Sequence[int]) -> dict[int, str]:
    return dict(Concept.objects.filter(pk__in=concepts, kind=ConceptKind.SKILL).values_list("pk", "uri"))


def asked_by_group(kind: str, among: Among) -> dict[str, int]:
    """The first digit of the occupation's code → how many of the wholes ask for one in that group."""
    occupations = Concept.objects.filter(kind=ConceptKind.OCCUPATION).exclude(isco_group="")
    links = among.of(_asking(kind)).filter(concept__in=occupations.order_by().values("pk"))
    rows = links.annotate(group=Substr("concept__isco_group", 1, 1)).values_list("group")
    return dict(rows.annotate(n=Count("whole_id", distinct=True)).order_by())


def wholes_by_skill(kind: str, uris: Iterable[str]) -> dict[str, dict[str, str]]:
    """Each of the concepts that is asked for → the id of each that asks for it → its link's key, higher for a newer one.

    Fifty thousand rows come as one text for each concept: to read them one by one takes ten times as long.
    """
    rows = _asking(kind).filter(concept__uri__in=list(uris)).order_by().values_list("concept__uri")
    joined = rows.annotate(wholes=Joined("whole_id"), keys=Joined("pk"))
    return {uri: dict(zip(wholes.split(","), keys.split(","), strict=True)) for uri, wholes, keys in joined}


def asked_in_subject(kind: str, *, subject: str) -> Subquery:
    """For a query of subjects of wholes of that kind: what each asks for, to be read by `as_asked`."""
    of_one = _asking(kind).filter(subject_kind=subject, subject_id=OuterRef("public_id"))
    asked = of_one.order_by().values("subject_id")
    each = Concat("concept__uri", Value(" "), Cast("score", TextField()), output_field=TextField())
    return Subquery(asked.annotate(asked=Joined(each)).values("asked"))


def as_asked(joined: str | None) -> dict[str, float]:
    """The URI of each concept → how sure."""
    pairs = (each.split(" ") for each in joined.split(",")) if joined else ()
    return {uri: float(score) for uri, score in pairs}


@dataclass(frozen=True, slots=True)
class Asked:
    """A concept that is asked for, as filters know it."""

    kind: str
    slug: str
    isco_group: str


def asked_by(kind: str, ids: Collection[str]) -> dict[str, set[Asked]]:
    """Each whole → the concepts it asks for. One query."""
    rows = _asking(kind).filter(whole_id__in=ids) if ids else SkillLink.objects.none()
    found: dict[str, set[Asked]] = {}
    for whole_id, concept_kind, uri, group in rows.values_list(
        "whole_id", "concept__kind", "concept__uri", "concept__isco_group"
    ):
        found.setdefault(whole_id, set()).add(Asked(concept_kind, uri.rsplit("/", 1)[-1], group))
    return found


def wholes_sharing(kind: str, uris: Iterable[str], *, most: int) -> list[str]:
    """Ids of those that ask for the same concepts, most in common first, then the newest."""
    rows = _asking(kind).filter(concept__uri__in=list(uris)).values("whole_id")
    ranked = rows.annotate(common=Count("concept", distinct=True), newest=Max("pk")).order_by("-common", "-newest")
    return [row["whole_id"] for row in ranked[:most]]
