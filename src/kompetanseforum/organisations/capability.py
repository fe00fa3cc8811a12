"""What organisations bring: kinds of workplace, and the demo forum's firms and schools."""

from django.utils.translation import gettext_lazy as _

from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core.capability import Capability, Named, PersonalData
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.organisations.actions import add_organisation, load_kinds
from kompetanseforum.organisations.clients import SOURCE
from kompetanseforum.organisations.imports import builtin_kinds, demo_organisations
from kompetanseforum.organisations.jobs import ask_when_due
from kompetanseforum.organisations.queries import describe, organisation_by_id


def install() -> None:
    load_kinds((row.key, row.nace, row.nb, row.nn, row.en) for row in builtin_kinds())


def demo() -> None:
    places = {place.code: place for place in municipalities(county_code=this_forum().county_code)}
    for row in demo_organisations():
        add_organisation(
            name=row.name, kind=row.kind, sector=row.sector, size=row.size, municipality=places[row.municipality]
        )


def named(public_id: str) -> Named | None:
    organisation = organisation_by_id(public_id)
    return Named(label=describe(organisation), url="") if organisation else None


CAPABILITY = Capability(
    app="organisations",
    title=_("Organisations"),
    refs={"organisation": named},
    install=install,
    demo=demo,
    sources=(SOURCE,),
    work=ask_when_due,
    personal_data=(
        PersonalData(
            what=_("Names of sole proprietors, where a firm's name is a person's"),
            why=_("So that one firm is counted once"),
            kept_for=_("Until the firm withdraws its last voice"),
        ),
        PersonalData(
            what=_("Who brought in the register of organisations"),
            why=_("So that one can ask those who did it"),
            kept_for=_("As long as the forum"),
        ),
    ),
)
