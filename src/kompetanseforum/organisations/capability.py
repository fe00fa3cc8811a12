"""What organisations bring: kinds of workplace, their pages, who is of the house, and the demo forum's firms and schools."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.brreg import Unit, is_organisation_number
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import coordinators, cycles, invented_people, this_forum
from kompetanseforum.forum.rules import may_change_cycles
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    confirm_representation,
    forget_person,
    load_kinds,
    note_contact,
    present_organisation,
    take_into_cycle,
)
from kompetanseforum.organisations.actions.register import store_units
from kompetanseforum.organisations.clients import SOURCE
from kompetanseforum.organisations.imports import DemoPeople, builtin_kinds, demo_organisations, demo_people
from kompetanseforum.organisations.jobs import ask_when_due
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import (
    copy_about,
    describe,
    industry_of,
    is_of_a_host,
    kinds_by_industry,
    name_of,
    organisation_by_id,
    representations_of,
)
from kompetanseforum.organisations.queries.taking_part import members_of
from kompetanseforum.organisations.rules import HOUSE, is_of_the_house


def install() -> None:
    load_kinds((row.key, row.nace, row.nb, row.nn, row.en) for row in builtin_kinds())


def demo() -> None:
    """Invented firms and schools in an invented register, some with people who speak for them."""
    places = {place.code: place for place in municipalities(county_code=this_forum().county_code)}
    numbers = _invented_numbers()
    firms = {}
    units = []
    for row in demo_organisations():
        firms[row.key] = add_organisation(
            name=row.name,
            kind=row.kind,
            sector=row.sector,
            size=row.size,
            municipality=places[row.municipality],
            organisation_number=next(numbers),
        )
        units.append(_unit(firms[row.key]))
        if row.size == "100+":
            units += [_unit(firms[row.key], at=place, number=next(numbers)) for place in list(places)[:2]]
    store_units(units, places=places, kinds=kinds_by_industry(), seen_by=0)
    _demo_people(firms, demo_people())
    by = Viewer(person=ref(coordinators()[0]), roles=frozenset({"coordinator"}))
    for cycle in cycles():
        for name in _IN_CYCLES:
            take_into_cycle(cycle, name=name, by=by)


# The last is nobody's name.
_IN_CYCLES = (
    "Fylkeshuset, opplæring",
    "Fylkeshuset, næring og plan",
    "Raets bedriftsforbund",
    "Industriarbeiderne i øst, avdeling 12",
    "NAV Elvebyen",
    "Høgskolen Grenseland",
    "De videregående skolene",
)


def _invented_numbers() -> Iterator[str]:
    """Right by their check digit, and nobody's: those that are given out begin with 8 or 9."""
    return (str(number) for number in count(100_000_000) if is_organisation_number(str(number)))


def _unit(firm: Organisation, *, at: str = "", number: str = "") -> Unit:
    """As the register would tell of the firm, or of its place of work at `at`."""
    return Unit(
        number=number or firm.organisation_number or "",
        name=firm.name,
        form="BEDR" if at else "AS",
        industry_code=industry_of(firm.kind),
        size=firm.size if not at else "20-99",
        municipality_code=at or (firm.municipality.code if firm.municipality else ""),
        sector=firm.sector,
        parent=(firm.organisation_number or "") if at else "",
        is_closing=False,
        is_name_doubtful=False,
    )


def _demo_people(firms: dict[str, Organisation], rows: DemoPeople) -> None:
    now = clock.now()
    people = {person.name: person for person in invented_people()}
    for row in rows.presented:
        with clock.at(now - timedelta(days=200)):
            said = Presented(
                knows=row.knows, wants_to_be_found=True, departments=row.departments, runs_forum=row.runs_forum
            )
            present_organisation(firms[row.organisation], said=said, by=None)
    for speaker in rows.speakers:
        with clock.at(now - timedelta(days=speaker.days_ago)):
            person = people.get(speaker.name) or add_person(name=speaker.name, email=speaker.email)
            people[speaker.name] = person
            firm = firms[speaker.organisation]
            asked = ask_to_represent(
                person=person,
                organisation=firm,
                department=firm.departments.filter(name=speaker.department).first(),
                is_spokesperson=bool(speaker.spokesperson_with_consent_from),
                consent_from=speaker.spokesperson_with_consent_from,
                wants_to_be_shown=speaker.is_shown,
            )
            if not speaker.is_waiting:
                confirm_representation(asked, by=coordinators()[0])
    for talk in rows.contacts:
        on = (now - timedelta(days=talk.days_ago)).date()
        note_contact(organisation=firms[talk.organisation], by=people[talk.by], way=talk.way, on=on, about=talk.about)


def named(public_id: str) -> Named | None:
    organisation = organisation_by_id(public_id)
    if organisation is None:
        return None
    return Named(
        label=describe(organisation), url=reverse("organisations:organisation", kwargs={"public_id": public_id})
    )


def recognise(request: HttpRequest, viewer: Viewer) -> Viewer:
    """Who speaks for one of those that run the forum is of the house."""
    if viewer.person is None or is_of_the_house(viewer) or not is_of_a_host(viewer.person):
        return viewer
    return replace(viewer, roles=viewer.roles | {HOUSE})


def on_my_page(viewer: Viewer, person: object) -> tuple[str, dict[str, object]]:
    """For whom one speaks, on My page."""
    rows = [(one, name_of(one.organisation)) for one in representations_of(viewer.person)]
    return "organisations/_on_my_page.html", {"rows": rows, "is_of_the_house": is_of_the_house(viewer)}


def in_a_cycle(viewer: Viewer, cycle: object) -> tuple[str, dict[str, object]] | None:
    """Who takes part in a period."""
    if not isinstance(cycle, Cycle):
        return None
    shown, may_change = members_of(cycle, viewer=viewer), may_change_cycles(viewer, cycle)
    if not shown and not may_change:
        return None
    return "organisations/_in_cycle.html", {"cycle": cycle, "members": shown, "may_change": may_change}


CAPABILITY = Capability(
    app="organisations",
    title=_("Organisations"),
    desk=(
        Door(
            label=_("Who has talked with which firm"),
            url_name="organisations:everybody",
            order=15,
            permission="organisations.see_all",
        ),
        Door(
            label=_("The register of organisations"),
            url_name="organisations:register",
            order=40,
            permission="organisations.import_register",
        ),
    ),
    refs={"organisation": named},
    panels_offered=("organisation.detail", "organisation.aside"),
    panels_filled={"person.page": on_my_page, "cycle.members": in_a_cycle},
    recognise=recognise,
    personal_copy=copy_about,
    erase=forget_person,
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
            what=_("Who speaks for an organisation, since when, and who confirmed it"),
            why=_("So that nobody speaks for others without their knowing"),
            kept_for=_("Until you erase yourself on My page"),
        ),
        PersonalData(
            what=_("Who of the house has talked with a firm, when, and about what in one line"),
            why=_("So that firms are not asked the same by everybody"),
            kept_for=_("As long as the organisation is in the forum"),
        ),
        PersonalData(
            what=_("Names of people who take part in a period, when they have said yes"),
            why=_("So that all can see who is behind what comes first"),
            kept_for=_("As long as the period stands; a coordinator takes a name away when asked"),
        ),
        PersonalData(
            what=_("Who brought in the register of organisations"),
            why=_("So that one can ask those who did it"),
            kept_for=_("As long as the forum"),
        ),
    ),
)
