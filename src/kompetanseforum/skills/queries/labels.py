"""Reads: what a concept is called, in the reader's language or the nearest one we have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat

from kompetanseforum.skills.models import Label, LabelOrigin, LabelRole

# What is spoken here; a label in another language is a foreign word.
SPOKEN = ("nb", "nn", "en")
_NORWEGIAN = ("nb", "nn")
_ORIGINS = (LabelOrigin.LOCAL, LabelOrigin.CONFIRMED, LabelOrigin.OFFICIAL, LabelOrigin.MACHINE)


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A label with the language it is in; `is_foreign` when that is not one the reader asked for."""

    text: str
    language: str
    is_foreign: bool


def nameless(slug: str) -> ShownLabel:
    """What stands for a concept without any label."""
    return ShownLabel(text=slug, language="", is_foreign=False)


def _order(asked: str) -> list[str]:
    """Languages by how well they serve a reader of `asked`; what is not here comes last."""
    norwegian = [asked, *(other for other in _NORWEGIAN if other != asked)] if asked in _NORWEGIAN else [asked]
    return list(dict.fromkeys([*norwegian, "en", *_NORWEGIAN]))


def is_foreign(language: str, *, asked: str) -> bool:
    """Bokmål and nynorsk are not foreign to each other's readers."""
    return language != asked and not (language in _NORWEGIAN and asked in _NORWEGIAN)


def best_label(labels: Iterable[tuple[str, str, str]], *, language: str) -> ShownLabel | None:
    """The one to show of (language, origin, text) rows: own language first, our own words before official ones."""
    order = _order(language)
    ranked = sorted(
        labels,
        key=lambda row: (
            order.index(row[0]) if row[0] in order else len(order),
            _ORIGINS.index(LabelOrigin(row[1])),
            row,
        ),
    )
    if not ranked:
        return None
    found, _, text = ranked[0]
    return ShownLabel(text=text, language=found, is_foreign=is_foreign(found, asked=language))


def labels_of(concept_ids: Iterable[int], *, language: str) -> dict[int, ShownLabel]:
    """What to call each concept; one query."""
    rows: dict[int, list[tuple[str, str, str]]] = {}
    found = Label.objects.filter(concept__in=set(concept_ids), role=LabelRole.LABEL)
    for concept_id, tongue, origin, text in found.values_list("concept_id", "language", "origin", "text"):
        rows.setdefault(concept_id, []).append((tongue, origin, text))
    return {
        concept_id: label
        for concept_id, labels in rows.items()
        if (label := best_label(labels, language=language)) is not None
    }


@cache
def label_beside(concept: str, *, language: str) -> Subquery:
    """For a query of rows that have their concept in the column: what to call it, for `label_told`. As `best_label`.

    Put together once: it takes longer than to ask it.
    """
    tongues = [When(language=code, then=Value(number)) for number, code in enumerate(_order(language))]
    origins = [When(origin=origin, then=Value(number)) for number, origin in enumerate(_ORIGINS)]
    ranked = Label.objects.filter(concept=OuterRef(concept), role=LabelRole.LABEL).order_by(
        Case(*tongues, default=Value(len(tongues))), Case(*origins, default=Value(len(origins))), "language", "text"
    )
    return Subquery(ranked.annotate(told=Concat("language", Value(" "), "text")).values("told")[:1])


def label_told(told: str | None, *, language: str) -> ShownLabel | None:
    if told is None:
        return None
    found, _, text = told.partition(" ")
    return ShownLabel(text=text, language=found, is_foreign=is_foreign(found, asked=language))


def names_in_all_languages(concept_ids: Iterable[int]) -> list[str]:
    """Everything the concepts are called in the languages spoken here, for a search to find."""
    found = Label.objects.filter(
        Q(role=LabelRole.LABEL) | Q(role=LabelRole.EVERYDAY), concept__in=set(concept_ids), language__in=SPOKEN
    )
    return sorted(set(found.values_list("text", flat=True)))


def words_for(concept_id: int) -> dict[str, list[tuple[str, str]]]:
    """Language → (text, role) of everything others call it, preferred label first."""
    roles = list(LabelRole)
    rows = Label.objects.filter(concept=concept_id).values_list("language", "role", "origin", "text")
    ranked = sorted(
        rows, key=lambda row: (roles.index(LabelRole(row[1])), _ORIGINS.index(LabelOrigin(row[2])), row[3].casefold())
    )
    words: dict[str, dict[str, str]] = {}
    for language, role, _, text in ranked:
        words.setdefault(language, {}).setdefault(text, role)
    return {language: list(texts.items()) for language, texts in words.items()}


def own_words() -> dict[str, dict[str, dict[str, list[str]]]]:
    """URI → language → role → texts of the forum's own labels."""
    words: dict[str, dict[str, dict[str, list[str]]]] = {}
    rows = Label.objects.filter(origin=LabelOrigin.LOCAL).order_by("concept__uri", "language", "role", "text")
    for uri, language, role, text in rows.values_list("concept__uri", "language", "role", "text"):
        words.setdefault(uri, {}).setdefault(language, {}).setdefault(role, []).append(text)
    return words
