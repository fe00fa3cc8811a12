"""Pages of ESCO's open API to a Classification: each page is read as it comes, kept as plain rows, and put together at the end."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.esco.classification import Classification, Concept, ConceptKind, Label, LabelRole, OccupationSkill
from kompetanse.esco.errors import EscoFileError

Json = Mapping[str, Any]  # Any: JSON, as another machine wrote it

# What is asked for, in which list of the API; small ones first, so that what is wrong is seen early.
SCHEMES: Mapping[str, tuple[str, str, ConceptKind]] = {
    "isco": ("concept-list", "http://data.europa.eu/esco/concept-scheme/isco", ConceptKind.ISCO_GROUP),
    "occupations": ("occupation-list", "http://data.europa.eu/esco/concept-scheme/occupations", ConceptKind.OCCUPATION),
    "skills": ("skill-list", "http://data.europa.eu/esco/concept-scheme/skills", ConceptKind.SKILL),
}
# ESCO writes "no" for bokmål.
_LANGUAGES = {"no": "nb"}
_VERSION = re.compile(r"selectedVersion=v?(\d+(?:\.\d+){1,2})")
_GROUP_IN_CODE = re.compile(r"(\d{4})\.")
_CONCEPT = re.compile(r"http://data\.europa\.eu/esco/\w+/[\w-]+")


@dataclass(frozen=True, slots=True)
class EscoPage:
    """`rows` is [[uri, code, ISCO group, [[language, role, text], …], [essential skills], [optional skills]], …]."""

    scheme: str
    version: str
    total: int
    count: int
    rows: list[Any]  # Any: nested rows, as they are kept in a JSON column


def read_page(scheme: str, body: Json, *, languages: Iterable[str]) -> EscoPage:
    """Raises ValueError where the answer has another form than we know."""
    try:
        found: Json = body["_embedded"]
        listed = body["_links"].get("concepts", [])
        version = next((match[1] for one in listed if (match := _VERSION.search(one["href"]))), "")
        spoken = frozenset(languages)
        rows = [_row(uri, one, spoken) for uri, one in found.items() if one.get("status") != "obsolete"]
        return EscoPage(scheme=scheme, version=version, total=int(body["total"]), count=len(found), rows=rows)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a page of ESCO's: {error!r}") from error


def _row(uri: str, one: Json, languages: frozenset[str]) -> list[Any]:  # Any: nested rows
    if not _CONCEPT.fullmatch(uri):
        raise TypeError(uri)
    labels = [[tongue, "label", text] for tongue, text in sorted(one["preferredLabel"].items()) if tongue in languages]
    for tongue, texts in sorted(one.get("alternativeLabel", {}).items()):
        labels += [[tongue, "alternative", text] for text in texts if tongue in languages]
    links: Json = one["_links"]
    code = str(one.get("code") or "")
    # One that lies under another occupation names no group; its own code begins with it (2310.1.4).
    in_code = _GROUP_IN_CODE.match(code)
    group = [uri.rpartition("/C")[2] for uri in _uris(links.get("broaderIscoGroup"))] or (
        [in_code[1]] if in_code else []
    )
    return [
        uri,
        code,
        group[0] if group else "",
        labels,
        _uris(links.get("relatedEssentialSkill") or links.get("hasEssentialSkill")),
        _uris(links.get("relatedOptionalSkill") or links.get("hasOptionalSkill")),
    ]


def _uris(links: Any) -> list[str]:  # Any: one link, many, or none
    many = links if isinstance(links, list) else [links] if links else []
    return [one["uri"] for one in many if one.get("uri")]


def classification_of(pages: Iterable[tuple[str, list[Any]]], *, totals: Mapping[str, int]) -> Classification:
    """(scheme, rows) of every page. Raises EscoFileError when a scheme has fewer than it said it had."""
    concepts: dict[str, Concept] = {}
    labels: dict[Label, None] = {}
    relations: dict[OccupationSkill, None] = {}
    counts = dict.fromkeys(totals, 0)
    digest = hashlib.sha256()
    for scheme, rows in pages:
        kind = SCHEMES[scheme][2]
        digest.update(json.dumps([scheme, rows], ensure_ascii=False).encode())
        for uri, code, group, said, essential, optional in rows:
            counts[scheme] += uri not in concepts
            concepts.setdefault(uri, Concept(uri, kind, code, group))
            labels |= dict.fromkeys(_labels(uri, kind, said))
            for is_essential, skills in ((True, essential), (False, optional)):
                relations |= {OccupationSkill(uri, skill, is_essential): None for skill in skills}
    # What is obsolete is among those counted; it is a few in a hundred.
    if short := next((scheme for scheme, total in totals.items() if counts[scheme] < 0.9 * total), None):
        raise EscoFileError("much_is_missing", short)
    return Classification(
        concepts=tuple(concepts.values()),
        labels=tuple(labels),
        languages=frozenset(label.language for label in labels),
        kinds=frozenset(SCHEMES[scheme][2] for scheme in totals),
        occupation_skills=tuple(relations) if "occupations" in totals else None,
        broader_occupations=None,
        broader_skills=None,
        sha256=digest.hexdigest(),
    )


def _labels(uri: str, kind: ConceptKind, said: Iterable[tuple[str, LabelRole, str]]) -> Iterable[Label]:
    preferred = {tongue: text for tongue, role, text in said if role == "label"}
    for tongue, role, text in said:
        if role == "label" or text != preferred.get(tongue):
            yield Label(uri, kind, _LANGUAGES.get(tongue, tongue), role, " ".join(text.split()))
