"""Writes: organisations, the register they stand in, and who speaks for them. Nothing of it is saved anywhere else."""

from kompetanseforum.organisations.actions.joining import CannotJoin, join_organisations, part_organisations
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
from kompetanseforum.organisations.actions.taking_part import go_on_into, take_into_cycle, take_out_of_cycle

__all__ = [
    "CannotJoin",
    "Presented",
    "add_organisation",
    "ask_to_represent",
    "confirm_representation",
    "end_representation",
    "find_or_add_organisation",
    "forget_person",
    "go_on_into",
    "join_organisations",
    "load_kinds",
    "note_contact",
    "part_organisations",
    "present_organisation",
    "take_into_cycle",
    "take_out_of_cycle",
]
