"""Reads: organisations, and how each is spoken of where its name is not shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.counted import once_a_page
from kompetanseforum.core.text import capital
from kompetanseforum.organisations.models import Joining, Kind, Organisation, RegisterUnit, SizeClass

_KINDS_KEY = "organisations.kinds"


def kinds() -> dict[str, dict[str, str]]:
    """Key → language → `en båtbygger`. A list asks it for each voice, and the memory copies what it gives."""
    return once_a_page(_KINDS_KEY, _kinds)


def _kinds() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] | None = cache.get(_KINDS_KEY)
    if known is None:
        known = {kind.key: {"nb": kind.text_nb, "nn": kind.text_nn, "en": kind.text_en} for kind in Kind.objects.all()}
        cache.set(_KINDS_KEY, known, timeout=3600)
    return known


def forget_kinds() -> None:
    cache.delete(_KINDS_KEY)


def kind_choices() -> list[tuple[str, str]]:
    """For a select: key and text in the reader's language, alphabetically, the unspecific one last."""
    language = get_language() or "nb"
    rows = [(key, capital(texts.get(language, texts["nb"]))) for key, texts in kinds().items() if key != "other"]
    return sorted(rows, key=lambda row: row[1])


def industry_of(kind: str) -> str:
    """The industry code of an everyday kind of workplace."""
    return Kind.objects.filter(key=kind).values_list("industry_code", flat=True).first() or ""


def describe(organisation: Organisation | RegisterUnit | None) -> str:
    """`En båtbygger på Hvaler, 5–19 ansatte`: who speaks, without the name."""
    language = get_language() or "nb"
    texts = kinds().get(organisation.kind if organisation else "other") or kinds().get("other", {})
    text = capital(texts.get(language) or texts.get("nb", ""))
    if organisation is None:
        return text
    if organisation.municipality:
        text = f"{text} {in_place(organisation.municipality)}"
    if organisation.size:
        text = f"{text}, {SizeClass(organisation.size).label}"
    return text


def name_of(organisation: Organisation) -> str:
    """Its name, or what it is where the name is a person's who has not said that others may see it."""
    is_hidden = organisation.is_sole_proprietor and organisation.name_shared_at is None
    return describe(organisation) if is_hidden or not organisation.name else organisation.name


def in_place(municipality: Municipality) -> str:
    """`på Hvaler`, `i Moss`, `in Moss`."""
    preposition = "in" if get_language() == "en" else municipality.preposition
    return f"{preposition} {municipality.name}"


def organisation_named(name: str, *, municipality: Municipality | None) -> Organisation | None:
    """The one of that name there. Names are compared without case; without a municipality the name alone must be one."""
    found = Organisation.objects.filter(Q(name=name.strip()) | Q(name__iexact=name.strip()))
    if municipality is not None:
        found = found.filter(Q(municipality=municipality) | Q(municipality=None))
    rows = list(found.exclude(name="").order_by("pk")[:2])
    if not rows:
        return _joined_called(name.strip(), municipality=municipality)
    return rows[0] if len(rows) == 1 or municipality is not None else None


def _joined_called(name: str, *, municipality: Municipality | None) -> Organisation | None:
    """The one that an organisation of that name was found to be."""
    found = Joining.objects.filter(name__iexact=name, undone_at=None).exclude(name="").select_related("kept")
    if municipality is not None:
        found = found.filter(Q(joined__municipality=municipality) | Q(joined__municipality=None))
    kept = {the_one(row.kept) for row in found[:2]}
    return kept.pop() if len(kept) == 1 else None


def the_one(organisation: Organisation) -> Organisation:
    """The organisation, or the one that it was found to be."""
    while organisation.joined_into is not None:
        organisation = organisation.joined_into
    return organisation


def names_in_sector(sectors: Collection[str], *, most: int) -> dict[str, list[str]]:
    """Sector → some who belong to it, by name; those with no name are left out."""
    found: dict[str, list[str]] = {}
    for sector in sorted(sectors):
        rows = Organisation.objects.select_related("municipality").filter(sector=sector).exclude(name="")
        found[sector] = [name_of(row) for row in rows.order_by("name", "pk")[:most]]
    return found


def organisation_by_id(public_id: str) -> Organisation | None:
    """The organisation, or the one that it was found to be."""
    found = Organisation.objects.select_related("municipality", "joined_into").filter(public_id=public_id).first()
    return the_one(found) if found else None


def joining_by_id(public_id: str) -> Joining | None:
    return Joining.objects.select_related("kept", "joined").filter(public_id=public_id, undone_at=None).first()


def joinings_of(organisation: Organisation) -> list[Joining]:
    """Those that were found to be this one, and can be parted from it again."""
    return list(organisation.joinings.filter(undone_at=None).select_related("by"))


def organisations_named(names: Sequence[str]) -> dict[str, Organisation]:
    """Name → organisation, for those that exist."""
    found = Organisation.objects.select_related("municipality").filter(name__in=names)
    return {organisation.name: organisation for organisation in found}


def organisations_with_ids(ids: Collection[str]) -> dict[str, Organisation]:
    """Public id → organisation, for those that are there."""
    if not ids:
        return {}
    rows = Organisation.objects.select_related("municipality").filter(public_id__in=ids)
    return {row.public_id: row for row in rows}
