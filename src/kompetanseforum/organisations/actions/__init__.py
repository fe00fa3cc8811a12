"""Writes: organisations, the register they stand in, and who speaks for them. Nothing of it is saved anywhere else."""

from kompetanseforum.organisations.actions.known import (
    add_organisation,
    find_or_add_organisation,
    load_kinds,
)
from kompetanseforum.organisations.actions.people import (
    Presented,
    ask_to_represent,
    confirm_representation,
    end_representation,
    forget_person,
    note_contact,
    present_organisation,
)

__all__ = [
    "Presented",
    "add_organisation",
    "ask_to_represent",
    "confirm_representation",
    "end_representation",
    "find_or_add_organisation",
    "forget_person",
    "load_kinds",
    "note_contact",
    "present_organisation",
]
