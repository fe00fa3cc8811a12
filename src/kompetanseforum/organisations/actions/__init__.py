"""Writes: organisations, the register they stand in, and who speaks for them. Nothing of it is saved anywhere else."""

from kompetanseforum.organisations.actions.known import (
    add_organisation,
    find_or_add_organisation,
    load_kinds,
)

__all__ = ["add_organisation", "find_or_add_organisation", "load_kinds"]
