"""Offers as files, and as data for machines that read pages."""

from kompetanseforum.offers.exports.courses import course_json_ld
from kompetanseforum.offers.exports.tables import COLUMNS, as_csv, as_json

__all__ = ["COLUMNS", "as_csv", "as_json", "course_json_ld"]
