"""No page of the loop asks the database more than twenty times, whoever looks, once it is at work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.trace import Relation
from kompetanseforum.anchoring.actions import Commitment, record_anchoring
from kompetanseforum.anchoring.models import State
from kompetanseforum.briefs.actions import Asked, make_brief, send_brief
from kompetanseforum.challenges.actions import gather, open_challenge
from kompetanseforum.codesign.actions import join_room, open_room, propose_change
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.pilots.actions import add_learnings, start_pilot
from kompetanseforum.results.actions import publish_result, record_result
from kompetanseforum.threads.actions import tie
from tests.briefs.conftest import whole
from tests.pilots.conftest import plan
from tests.results.test_results import harvested

MOST = 20
# Pages that many capabilities fill, as a coordinator who comes first sees them; not to grow.
MOST_AT_FIRST = {"briefs:brief": 21, "codesign:room": 23, "insight:report": 23, "needs:need": 27}


@pytest.fixture
def pages(transactional_db, forum, coordinator, person, noon) -> dict[str, str]:
    """One thread from a voice to a result, and the address of each thing in it."""
    firms = [add_organisation(name=f"Verksted {n}", sector="business") for n in range(2)]
    school = add_organisation(name="Glomma fagskole", sector="education")
    need = voice_need(said=Said(words="Vi trenger to som kan sveise"), by=None, organisation=firms[0]).need
    join_need(need=need, said=Said(words="Vi også"), by=None, organisation=firms[1])
    challenge = open_challenge(question="Hvordan kan vi?", about="", cycle=None, by=coordinator, start=ref(need))
    idea = say_idea(words="En lørdag på torget", language="nb", by=coordinator)
    gather(challenge, ref(idea), by=coordinator)
    brief = make_brief(said=whole(), needs=[need], by=person)
    send_brief(brief=brief, to=[Asked(organisation=school)], by=person)
    room = open_room(title="På kveld", educator=school, offer=None, brief=brief, by=coordinator)
    siv = join_room(room=room, name="Siv", sector="education", by=None)
    change = propose_change(room=room, part="method", topic="", today="", proposal="To lærere", why="", by=siv)
    pilot = start_pilot(plan=plan("To kvelder"), by=coordinator, origins=[ref(room)])
    add_learnings(pilot=pilot, learnings=["Kveld går"], by=coordinator)
    tie(upstream=ref(need), downstream=ref(pilot), relation=Relation.TESTED_BY, by=coordinator)
    commitment = Commitment(what="Hver vår", state=State.SUPPORTED, is_public=True)
    anchoring = record_anchoring(organisation=school, commitment=commitment, by=coordinator, about=ref(pilot))
    result = record_result(harvested=harvested(), by=coordinator, origins=[ref(pilot)])
    publish_result(result=result, by=coordinator)
    things = {
        "needs:need": need,
        "challenges:challenge": challenge,
        "ideas:idea": idea,
        "briefs:brief": brief,
        "codesign:room": room,
        "codesign:change": change,
        "pilots:pilot": pilot,
        "anchoring:anchoring": anchoring,
        "results:result": result,
    }
    lists = ("needs:needs", "needs:owed", "challenges:challenges", "ideas:ideas", "briefs:briefs", "codesign:rooms")
    lists += ("pilots:pilots", "pilots:learnings", "anchoring:anchorings", "results:results", "insight:threads")
    lists += ("insight:report", "events:meetings", "forum:cycles")
    found = {name: reverse(name, kwargs={"public_id": thing.public_id}) for name, thing in things.items()}
    return (
        found
        | {name: reverse(name) for name in lists}
        | {"threads:thread": reverse("threads:thread", kwargs={"thing": str(ref(need))})}
    )


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def too_many(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: number for name, path in pages.items() if (number := asked(client, path)) > MOST}


def asked_at_first(client: Client, address: str) -> int:
    """By the first who comes there since something happened: nothing is kept."""
    for kept in caches.all():
        kept.clear()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


@pytest.mark.slow
def test_the_first_look(pages: dict[str, str], coordinator_client: Client) -> None:
    """Coordinators are shown most: what is alike, what is held, what they may do."""
    first = {name: asked_at_first(coordinator_client, path) for name, path in pages.items()}
    many = {name: number for name, number in first.items() if number > MOST}
    assert {name: number for name, number in many.items() if number > MOST_AT_FIRST.get(name, MOST)} == {}


@pytest.mark.slow
def test_a_stranger(pages: dict[str, str]) -> None:
    assert too_many(Client(), pages) == {}


@pytest.mark.slow
def test_a_coordinator(pages: dict[str, str], coordinator_client: Client) -> None:
    assert too_many(coordinator_client, pages) == {}
    leader = pages["anchoring:anchoring"] + "/til-lederen"
    assert asked(coordinator_client, leader) <= MOST


@pytest.mark.slow
def test_one_who_has_written_something_sees_it_at_once(
    pages: dict[str, str], coordinator_client: Client, holder_client: Callable[..., Client], coordinator: Viewer
) -> None:
    cache.clear()
    room = pages["codesign:room"]
    assert "En lørdag til" not in coordinator_client.get(room).content.decode()
    coordinator_client.post(f"{room}/bli-med", {"sector": "public"})
    coordinator_client.post(f"{room}/foresla", {"del": "content", "about": "new", "proposal": "En lørdag til"})
    assert "En lørdag til" in coordinator_client.get(room).content.decode()
