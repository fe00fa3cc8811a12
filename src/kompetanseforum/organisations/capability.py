"""What organisations bring: kinds of workplace, and the demo forum's firms and schools."""

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, Named, PersonalData
from kompetanseforum.organisations.actions import load_kinds
from kompetanseforum.organisations.imports import builtin_kinds
from kompetanseforum.organisations.queries import describe, organisation_by_id


def install() -> None:
    load_kinds((row.key, row.nace, row.nb, row.nn, row.en) for row in builtin_kinds())


def named(public_id: str) -> Named | None:
    organisation = organisation_by_id(public_id)
    return Named(label=describe(organisation), url="") if organisation else None


CAPABILITY = Capability(
    app="organisations",
    title=_("Organisations"),
    refs={"organisation": named},
    install=install,
    personal_data=(
        PersonalData(
            what=_("Names of sole proprietors, where a firm's name is a person's"),
            why=_("So that one firm is counted once"),
            kept_for=_("Until the firm withdraws its last voice"),
        ),
    ),
)
