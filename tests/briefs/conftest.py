"""Three needs of firms in the region, and two educators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.actions import Asked, BriefSaid, make_brief, send_brief
from kompetanseforum.briefs.models import Brief
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.actions import (
    add_organisation,
    ask_to_represent,
    confirm_representation,
)
from kompetanseforum.organisations.models import Organisation, Sector

# What must never be read in a brief.
CANARY_EMAIL = "canary-voice@secret.example"
CANARY_NAME = "Kanarifugl Båt AS"
CANARY_WORDS = "Kanarifuglen vil ikke siteres."


@pytest.fixture
def need(forum: Forum, noon: object) -> Need:
    """Two firms: one has said yes to name and words, the other to neither."""
    moss, hvaler = Municipality.objects.get(code="3103"), Municipality.objects.get(code="3110")
    hidden = add_organisation(name=CANARY_NAME, kind="boatbuilder", sector="business", size="5-19", municipality=hvaler)
    shown = add_organisation(
        name="Åpent Verksted AS", kind="workshop", sector="business", size="1-4", municipality=moss
    )
    said = Said(words=CANARY_WORDS, people=2, forms=["evening"], place=hvaler, email=CANARY_EMAIL)
    voice = voice_need(said=said, by=None, organisation=hidden, level="trade")
    join_need(
        need=voice.need,
        said=Said(
            words="Vi trenger tre som kan sveise.",
            people=3,
            forms=["evening"],
            words_are_public=True,
            name_is_public=True,
        ),
        by=None,
        organisation=shown,
    )
    return voice.need


@pytest.fixture
def school(forum: Forum) -> Organisation:
    return add_organisation(name="Elvebakken skole", sector=Sector.EDUCATION)


@pytest.fixture
def college(forum: Forum) -> Organisation:
    return add_organisation(name="Fjellheim fagskole", sector=Sector.EDUCATION)


@pytest.fixture
def teacher(school: Organisation, person: Person) -> Person:
    """Speaks for the school, confirmed."""
    teacher = add_person(name="Siv Lærer", email="siv@school.example")
    confirm_representation(ask_to_represent(person=teacher, organisation=school), by=person)
    return teacher


def whole(**changes: object) -> BriefSaid:
    """A brief that education can answer."""
    today = clock.today()
    values: dict[str, object] = {
        "title": "Sveising på kveldstid",
        "people": 5,
        "level": 4,
        "starts_from": today + timedelta(days=40),
        "starts_by": today + timedelta(days=120),
        "hours_per_week": 6,
        "delivery": ["place"],
        "times": ["evening"],
        "place": Municipality.objects.get(code="3107"),
        "payer": "employers",
        "answer_by": today + timedelta(days=14),
    }
    return BriefSaid(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def sent(need: Need, school: Organisation, college: Organisation, person: Person) -> Brief:
    brief = make_brief(said=whole(), needs=[need], by=person)
    send_brief(
        brief=brief,
        to=[Asked(organisation=school), Asked(organisation=college, email="post@college.example")],
        by=person,
    )
    brief.refresh_from_db()
    return brief
