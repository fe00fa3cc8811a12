"""Reads: organisations, the register they stand in, and who speaks for them."""

from kompetanseforum.organisations.queries.register import (
    Half,
    ImportProgress,
    halves,
    import_by_id,
    kind_of,
    kinds_by_industry,
    places_of,
    progress_of,
    region,
    unit_named,
    units_like,
)
from kompetanseforum.organisations.queries.shown import (
    describe,
    forget_kinds,
    in_place,
    kind_choices,
    kinds,
    name_of,
    organisation_by_id,
    organisation_named,
    organisations_named,
)

__all__ = [
    "Half",
    "ImportProgress",
    "describe",
    "forget_kinds",
    "halves",
    "import_by_id",
    "in_place",
    "kind_choices",
    "kind_of",
    "kinds",
    "kinds_by_industry",
    "name_of",
    "organisation_by_id",
    "organisation_named",
    "organisations_named",
    "places_of",
    "progress_of",
    "region",
    "unit_named",
    "units_like",
]
