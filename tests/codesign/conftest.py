"""A room about a school's offer, with a firm, a teacher and an apprentice in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.models import Brief
from kompetanseforum.codesign.actions import join_room, open_room
from kompetanseforum.codesign.models import Participant, Room
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.offers.actions import register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.organisations.models import Organisation
from tests.briefs.conftest import college, need, school, sent, teacher  # noqa: F401 fixtures of the briefs below


@pytest.fixture
def offer(forum: Forum, school: Organisation) -> Offer:  # noqa: F811
    content = Content(
        title="Sveis på dagtid",
        provider=school.name,
        description="I sveisehallen.",
        weeks=38,
        hours_per_week=35,
        delivery=("classroom",),
        outcomes=(OutcomeContent(text="sveise stål"), OutcomeContent(text="lese tegninger fra læreboka")),
    )
    return register_offer(content=content, source="form", by=None)


@pytest.fixture
def room(offer: Offer, school: Organisation, sent: Brief, noon: object) -> Room:  # noqa: F811
    return open_room(title="Sveising for folk i jobb", educator=school, offer=offer, brief=sent, by=NOBODY)


@pytest.fixture
def firm(room: Room) -> Participant:
    return join_room(room=room, name="Goran", sector="business", by=None)


@pytest.fixture
def lecturer(room: Room, school: Organisation) -> Participant:  # noqa: F811
    return join_room(room=room, name="Siv", sector="education", organisation=school, by=None)


@pytest.fixture
def apprentice(room: Room) -> Participant:
    return join_room(room=room, name="Amina", sector="student", by=None)


@pytest.fixture
def inside(holder_client: Callable[..., Client], firm: Participant) -> Client:
    """The firm's device."""
    return holder_client(ref(firm))


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
