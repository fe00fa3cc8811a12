"""The thread as a drawing, and ties that are taken back, as people meet them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.threads.actions import tie
from kompetanseforum.threads.models import Edge
from tests.threads.test_shown import CANARY, a_need, an_offer, answered_by

pytestmark = pytest.mark.django_db


def drawn(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_drawing_has_a_dot_and_a_row_for_each_step_and_a_line_for_each_tie(client: Client, forum: object) -> None:
    offer = an_offer("Loddekurs")
    for number in range(3):
        answered_by(a_need(f"Lodde {number}"), offer)
    html = drawn(client, f"/trad/offer:{offer.public_id}")
    assert len(re.findall(r"<path [^>]*data-dot", html)) == html.count('class="lane-row"') == 4
    assert len(re.findall(r"<path (?![^>]*data-dot)", html.partition('class="lanes"')[2].partition("</svg>")[0])) == 3
    assert 'aria-current="step"' in html and 'aria-hidden="true"' in html


def test_a_thread_of_what_one_may_not_see_is_not_there(client: Client, forum: object) -> None:
    held = a_need(CANARY, is_held=True)
    assert client.get(f"/trad/need:{held.public_id}").status_code == 404
    for nothing in ("need:0000000000", "nothing", "unknown:7h3k2m9qxa"):
        assert client.get(f"/trad/{nothing}").status_code == 404


@pytest.mark.slow
def test_only_coordinators_see_who_tied_and_why(
    client: Client, coordinator_client: Client, coordinator: Viewer, person: Person
) -> None:
    need, offer = a_need("Lodde"), an_offer("Loddekurs")
    tie(
        upstream=ref(need), downstream=ref(offer), relation=Relation.ANSWERED_BY, by=coordinator, why=f"{CANARY} sa det"
    )
    address = f"/trad/offer:{offer.public_id}"
    assert f"«{CANARY} sa det»" in drawn(coordinator_client, address) and person.name in drawn(
        coordinator_client, address
    )
    assert CANARY not in drawn(client, address)
    assert client.get(f"/trad/knytning/{Edge.objects.get().public_id}/ta-tilbake").status_code == 403


@pytest.mark.slow
def test_a_coordinator_takes_a_tie_back_with_a_reason(coordinator_client: Client, person: Person) -> None:
    need, offer = a_need("Lodde"), an_offer("Loddekurs")
    answered_by(need, offer)
    address = f"/trad/knytning/{Edge.objects.get().public_id}/ta-tilbake"
    assert "Loddekurs" in drawn(coordinator_client, address)
    assert Edge.objects.get().taken_back_at is None
    assert coordinator_client.post(address, {"why": "x" * 501}).status_code == 422
    assert coordinator_client.post(address, {"why": "Et annet kurs"}).status_code == 302
    edge = Edge.objects.get()
    assert (edge.taken_back_by, edge.taken_back_why) == (str(ref(person)), "Et annet kurs")
    assert 'class="thread"' not in drawn(coordinator_client, f"/tilbud/{offer.public_id}")
    # It is taken back already.
    assert coordinator_client.post(address, {}).status_code == 404


@pytest.mark.slow
def test_the_ties_of_a_long_thread_come_sixty_at_a_time(coordinator_client: Client, coordinator: Viewer) -> None:
    offer = an_offer("Loddekurs")
    for number in range(61):
        tie(upstream=Ref("old", str(number)), downstream=ref(offer), relation=Relation.ANSWERED_BY, by=coordinator)
    address = f"/trad/offer:{offer.public_id}"
    first, second = (drawn(coordinator_client, f"{address}?side={side}") for side in (1, 2))
    assert (first.count("/ta-tilbake"), second.count("/ta-tilbake")) == (60, 1)
    assert "?side=2" in first and "?side=1" in second
