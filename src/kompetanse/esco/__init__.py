"""The ESCO classification as values, read from the Commission's files; and ISCO-08 ↔ STYRK-08."""

from kompetanse.esco.classification import (
    Broader,
    Classification,
    Concept,
    ConceptKind,
    Label,
    OccupationSkill,
)
from kompetanse.esco.crosswalk import is_isco, is_styrk, isco_to_styrk, styrk_to_isco
from kompetanse.esco.errors import EscoFileError, Problem
from kompetanse.esco.pages import SCHEMES, EscoPage, classification_of, read_page
from kompetanse.esco.reader import check_upload, read_classification
from kompetanse.esco.versions import guess_version, version_key

__all__ = [
    "SCHEMES",
    "Broader",
    "Classification",
    "Concept",
    "ConceptKind",
    "EscoFileError",
    "EscoPage",
    "Label",
    "OccupationSkill",
    "Problem",
    "check_upload",
    "classification_of",
    "guess_version",
    "is_isco",
    "is_styrk",
    "isco_to_styrk",
    "read_classification",
    "read_page",
    "styrk_to_isco",
    "version_key",
]
