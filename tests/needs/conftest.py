"""A small region for the tests of needs."""

from __future__ import annotations

import pytest

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.forum.actions import give_role, start_forum
from kompetanseforum.forum.models import Role
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.actions import add_organisation, load_kinds
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import Concept, Label

WELDING = "http://data.europa.eu/esco/skill/weld-aluminium"
TRUCK = "http://data.europa.eu/esco/skill/drive-truck"


@pytest.fixture
def region(db: None) -> None:
    start_forum()
    for code, name, preposition in [("3107", "Fredrikstad", "i"), ("3110", "Hvaler", "på"), ("3103", "Moss", "i")]:
        Municipality.objects.get_or_create(
            code=code,
            defaults={"name": name, "county_code": "31", "county_name": "Østfold", "preposition": preposition},
        )
    load_kinds(
        [
            ("boat_builder", "30.12", "en båtbygger", "ein båtbyggjar", "a boat builder"),
            ("other", "", "en virksomhet", "ei verksemd", "a workplace"),
        ]
    )
    for uri, nb, word in [
        (WELDING, "sveise aluminium", "aluminiumssveising"),
        (TRUCK, "kjøre gaffeltruck", "truckførerbevis"),
    ]:
        concept = Concept.objects.create(uri=uri, kind="skill")
        Label.objects.create(concept=concept, language="nb", role="label", origin="local", text=nb)
        Label.objects.create(concept=concept, language="nb", role="everyday", origin="local", text=word)


@pytest.fixture
def boat_builder(region: None) -> Organisation:
    return add_organisation(
        name="Hemmelig Båt AS",
        kind="boat_builder",
        sector="business",
        size="5-19",
        municipality=Municipality.objects.get(code="3110"),
    )


@pytest.fixture
def workshop(region: None) -> Organisation:
    return add_organisation(
        name="Åpent Verksted AS", sector="business", municipality=Municipality.objects.get(code="3107")
    )


@pytest.fixture
def coordinator(region: None) -> Person:
    person = add_person(name="Ingrid Aasgaard", phone="400 00 127")
    give_role(person=person, role=Role.COORDINATOR)
    return person


@pytest.fixture
def voice(boat_builder: Organisation) -> Voice:
    """A boat builder's voice: words for members only, name not shown."""
    return voice_need(
        said=Said(words="Hos oss må to lære å sveise aluminium.", people=2), by=None, organisation=boat_builder
    )
