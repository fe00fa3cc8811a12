"""Ideas: one field, no account, the same walls as for a need, and a thread of what it becomes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import cancel_meeting
from kompetanseforum.ideas.actions import say_idea, withdraw_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import thread_for
from tests.events.test_meetings import a_meeting
from tests.events.test_meetings import page as meeting_page
from tests.threads.test_shown import CANARY, a_need

pytestmark = pytest.mark.django_db


def said(client: Client, **more: str) -> Idea:
    response = client.post("/ideer/ny", {"words": "Et øverom på hjul", "sending_key": "k"} | more)
    assert response.status_code == 302
    return Idea.objects.get(public_id=response["Location"].rsplit("/", 1)[-1])


def test_anybody_says_an_idea_in_one_field(client: Client, forum: object) -> None:
    idea = said(client)
    assert said(client) == idea
    assert "«Et øverom på hjul" in Client().get("/ideer/").content.decode()
    assert client.post("/ideer/ny", {"words": " "}).status_code == 422


def test_one_is_asked_for_an_idea_from_a_meeting_once_it_has_been_held(client: Client, forum: object) -> None:
    held, coming, cancelled = a_meeting(), a_meeting(days_ago=-3), a_meeting()
    cancel_meeting(cancelled, by=NOBODY)
    asked = ["Fikk du en idé der?" in meeting_page(client, one) for one in (held, coming, cancelled)]
    assert asked == [True, False, False]


@pytest.mark.parametrize(
    "more", [{"website": "x"}, {"words": f"{CANARY} ring 412 34 567"}, {"words": f"{CANARY} se www.example.com"}]
)
def test_what_looks_odd_is_held_until_somebody_has_looked(
    client: Client, coordinator_client: Client, more: dict[str, str]
) -> None:
    idea = said(client, **({"words": CANARY} | more))
    address = f"/ideer/{idea.public_id}"
    assert CANARY in client.get(address).content.decode()
    assert Client().get(address).status_code == 403
    assert CANARY not in Client().get("/ideer/").content.decode()
    assert CANARY in coordinator_client.get("/ideer/holdt").content.decode()
    coordinator_client.post(f"{address}/slipp-fram")
    html = Client().get(address).content.decode()
    assert CANARY in html and "412 34 567" not in html


@pytest.mark.slow
def test_many_at_once_from_one_place_wait(client: Client, forum: object, limits: None) -> None:
    statuses = [client.post("/ideer/ny", {"words": f"Idé {n}", "sending_key": f"{n}"}).status_code for n in range(41)]
    assert statuses == [302] * 40 + [422]
    assert Idea.objects.exclude(held_reason="").count() >= 30


def test_an_idea_from_a_meeting_stands_in_its_thread(client: Client, forum: object) -> None:
    meeting = a_meeting()
    assert (
        f"/ideer/ny?fra=meeting:{meeting.public_id}" in client.get(f"/moteplasser/{meeting.public_id}").content.decode()
    )
    idea = said(client, raised_in=f"meeting:{meeting.public_id}")
    assert [one.ref for one in thread_for(ref(idea), viewer=NOBODY).steps] == [ref(meeting), ref(idea)]


@pytest.mark.parametrize("nowhere", ["meeting:0000000000", "nonsense", "need:held"])
def test_an_idea_is_not_tied_to_what_its_sayer_cannot_see(client: Client, forum: object, nowhere: str) -> None:
    held = a_need(CANARY, is_held=True)
    said(client, raised_in=nowhere.replace("held", held.public_id))
    assert Edge.objects.count() == 0


def test_an_idea_becomes_a_need(client: Client, coordinator_client: Client, forum: object) -> None:
    idea, need = said(client), a_need("Øve på nattevakt")
    coordinator_client.post(f"/ideer/{idea.public_id}/behov/{need.public_id}")
    assert "Et øverom på hjul" in client.get(f"/behov/{need.public_id}").content.decode()
    assert f'href="/behov/{need.public_id}"' in client.get(f"/ideer/{idea.public_id}").content.decode()


def test_a_withdrawn_idea_loses_its_words_and_keeps_its_place(
    coordinator_client: Client, client: Client, forum: object, holder_client: Callable[..., Client]
) -> None:
    idea, need = say_idea(words=CANARY, language="nb", by=NOBODY), a_need("Øve")
    coordinator_client.post(f"/ideer/{idea.public_id}/behov/{need.public_id}")
    assert client.post(f"/ideer/{idea.public_id}/trekk").status_code == 403
    assert holder_client(ref(idea)).post(f"/ideer/{idea.public_id}/trekk").status_code == 302
    html = client.get(f"/behov/{need.public_id}").content.decode()
    assert "En idé som ble trukket" in html and CANARY not in html
    assert CANARY not in str(list(Idea.objects.values_list()))


@pytest.mark.parametrize(("withdraws", "words"), [(True, ""), (False, CANARY)])
def test_one_who_leaves_stands_nowhere(forum: object, withdraws: bool, words: str) -> None:
    ola = add_person(name="Ola Vik")
    idea = say_idea(words=CANARY, language="nb", by=Viewer(person=ref(ola)))
    erase_person(person=ola, withdraws_voices=withdraws)
    idea.refresh_from_db()
    assert (idea.words, idea.by) == (words, "")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_no_more_for_many(client: Client, forum: object, number: int) -> None:
    for each in range(number):
        say_idea(words=f"Idé {each}", language="nb", by=NOBODY)
    withdraw_idea(say_idea(words="Borte", language="nb", by=NOBODY), by=NOBODY)
    client.get("/ideer/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/ideer/").content.decode().count("row-words") == number
    assert len(asked) <= 8
