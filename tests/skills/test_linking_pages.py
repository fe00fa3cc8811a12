"""Pages of how words and skills are linked: one for anybody, the others for coordinators."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.skills.models import LinkingIndex, LocalWord, RelinkChange, Relinking, RelinkState
from tests.skills.conftest import Concepts

pytestmark = pytest.mark.django_db


def html(client: Client, name: str, **arguments: str) -> str:
    response = client.get(reverse(f"skills:{name}", kwargs=arguments))
    assert response.status_code == 200
    return response.content.decode()


def word(concepts: Concepts, text: str) -> LocalWord:
    return LocalWord.objects.create(concept=concepts.care, language="nb", text=text, made_at=clock.now())


def test_anybody_reads_how_it_works_how_good_it_is_and_where_it_fails(client: Client, concepts: Concepts):
    page = html(client, "how")
    assert "Slik virker det" in page and "Hvor det bommer" in page
    assert "Behov på norsk som ingen så på mens det ble laget" in page
    assert "ord sammenlignes" not in page and "sammenlignes ordene ett for ett her" in page


def test_others_than_coordinators_neither_see_nor_build(client: Client, concepts: Concepts):
    assert client.get(reverse("skills:linking")).status_code in (302, 403)
    client.post(reverse("skills:build"))
    client.post(reverse("skills:renew"))
    assert (LinkingIndex.objects.count(), Relinking.objects.count()) == (0, 0)


def test_a_coordinator_asks_for_an_index_and_for_hearing_anew_once(coordinator_client: Client, concepts: Concepts):
    for _ in range(2):
        coordinator_client.post(reverse("skills:build"))
        coordinator_client.post(reverse("skills:renew"))
    assert (LinkingIndex.objects.count(), Relinking.objects.count(), DBTaskResult.objects.count()) == (1, 1, 2)
    assert "Registeret venter på tur." in html(coordinator_client, "linking")


def test_a_word_is_taken_back_and_let_stand(coordinator_client: Client, concepts: Concepts):
    learnt = word(concepts, "stelle folk")
    coordinator_client.post(reverse("skills:take_back", kwargs={"public_id": learnt.public_id}))
    learnt.refresh_from_db()
    assert learnt.taken_back_at is not None
    assert "betyr ikke lenger det her" in html(coordinator_client, "linking")
    coordinator_client.post(reverse("skills:let_stand", kwargs={"public_id": learnt.public_id}))
    # Nobody confirms it any more, so there is nothing to let stand.
    assert not LocalWord.objects.exists()


def test_the_list_of_words_asks_as_much_for_three_as_for_one(coordinator_client: Client, concepts: Concepts):
    counts = []
    for texts in (("stelle folk",), ("stelle gamle", "stelle syke")):
        for text in texts:
            word(concepts, text)
        html(coordinator_client, "linking")
        with CaptureQueriesContext(connection) as queries:
            html(coordinator_client, "linking")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_a_hearing_is_listed_and_told_of_when_it_is_over(coordinator_client: Client, concepts: Concepts):
    now = clock.now()
    relinking = Relinking.objects.create(asked_at=now, changed_at=now, state=RelinkState.RUNNING, total=2, done=1)
    leads_there = reverse("skills:changes", kwargs={"public_id": relinking.public_id})
    page = html(coordinator_client, "linking")
    assert f"?hort={relinking.public_id}" in page and leads_there not in page
    Relinking.objects.update(state=RelinkState.DONE, done=2)
    assert leads_there in html(coordinator_client, "linking")
    part = coordinator_client.get(
        reverse("skills:linking"), {"hort": relinking.public_id}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Alle ord er hørt på nytt." in part and leads_there in part
    # It asks no more.
    assert "hx-get" not in part


def test_what_was_heard_anew_is_listed(coordinator_client: Client, concepts: Concepts):
    now = clock.now()
    relinking = Relinking.objects.create(asked_at=now, changed_at=now, came=1)
    assert "Ingenting er endret" in html(coordinator_client, "changes", public_id=relinking.public_id)
    voice, need = Ref("voice", "v1"), Ref("need", "n1")
    RelinkChange.objects.create(
        relinking=relinking,
        subject_kind=voice.kind,
        subject_id=voice.id,
        whole_kind=need.kind,
        whole_id=need.id,
        concept=concepts.care,
        now="not_needed",
    )
    page = html(coordinator_client, "changes", public_id=relinking.public_id)
    assert "Stelle pasienter" in page and "Ny kobling, trengs ikke." in page
