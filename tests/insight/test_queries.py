"""No page of the loop asks the database more than twenty times, whoever looks, the first who comes there too."""

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
from kompetanseforum.events.actions import Called, call_meeting, raise_need
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.offers.actions.registering import register_offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.queries import kinds
from kompetanseforum.pilots.actions import add_learnings, start_pilot
from kompetanseforum.results.actions import publish_result, record_result
from kompetanseforum.threads.actions import tie
from tests.briefs.conftest import whole
from tests.pilots.conftest import plan
from tests.results.test_results import harvested

MOST = 20


@pytest.fixture
def pages(transactional_db, forum, metal_trades, coordinator, person, noon) -> dict[str, str]:
    """One thread from a meeting to a result, and the address of each thing in it; its skill is heard in another need too,
    and taught."""
    firms = [add_organisation(name=f"Verksted {n}", sector="business") for n in range(2)]
    school = add_organisation(name="Glomma fagskole", sector="education")
    need = voice_need(
        said=Said(words="Vi trenger to som kan sveise aluminium", words_are_public=True), by=None, organisation=firms[0]
    ).need
    join_need(need=need, said=Said(words="Vi også"), by=None, organisation=firms[1])
    voice_need(said=Said(words="Vi trenger en som kan sveise aluminium"), by=None, organisation=firms[1])
    meeting = call_meeting(called=Called(title="Samling", starts_at=noon), by=coordinator)
    raise_need(meeting, need=need, by=coordinator)
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
    content = Content(
        title="Sveising på kveld", provider="Glomma fagskole", outcomes=(OutcomeContent("sveise aluminium"),)
    )
    register_offer(content=content, source="form", by=None)
    things = {
        "events:meeting": meeting,
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


def too_many(look: Callable[[Client, str], int], client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: number for name, path in pages.items() if (number := look(client, path)) > MOST}


def asked_at_first(client: Client, address: str) -> int:
    """By the first who comes there since something happened: of what was counted nothing is kept."""
    caches["counted"].clear()
    # With Redis both memories are one; these words are kept for an hour whatever happens.
    kinds()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


@pytest.mark.slow
@pytest.mark.parametrize("look", [asked_at_first, asked])
def test_a_stranger(look: Callable[[Client, str], int], pages: dict[str, str]) -> None:
    assert too_many(look, Client(), pages) == {}


@pytest.mark.slow
@pytest.mark.parametrize("look", [asked_at_first, asked])
def test_a_coordinator(look: Callable[[Client, str], int], pages: dict[str, str], coordinator_client: Client) -> None:
    """They are shown most: what is alike, what is held, what they may do."""
    pages |= {"leader": pages["anchoring:anchoring"] + "/til-lederen", "desk": reverse("home:desk")}
    assert too_many(look, coordinator_client, pages) == {}


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
