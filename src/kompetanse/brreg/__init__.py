"""Enhetsregisteret: what a unit is, and its bulk files as a stream. Personal names stop here."""

from kompetanse.brreg.files import read_units
from kompetanse.brreg.numbers import is_organisation_number, nine_digits, plain_number
from kompetanse.brreg.problems import BrregError, Problem
from kompetanse.brreg.units import Unit, in_places, is_company_name, read_unit, readable, sector_of

__all__ = [
    "BrregError",
    "Problem",
    "Unit",
    "in_places",
    "is_company_name",
    "is_organisation_number",
    "nine_digits",
    "plain_number",
    "read_unit",
    "read_units",
    "readable",
    "sector_of",
]
