"""An address is read again and again: what is new comes in, what is gone is marked, and what goes wrong is told in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.outgoing import Bounds, Transport
from kompetanseforum.intake import jobs
from kompetanseforum.intake.actions import add_feed
from kompetanseforum.intake.clients import FeedClient
from kompetanseforum.intake.models import Batch, Feed
from kompetanseforum.offers.models import Offer
from tests.core.outside import Outside, after, outside, silent, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

BOUNDS = Bounds(timeout_seconds=0.3, deadline_seconds=0.6, most_bytes=10_000, attempts=1)


def courses(*names: str) -> bytes:
    return json.dumps([{"@type": "Course", "@id": f"urn:{name}", "name": name} for name in names]).encode()


@pytest.fixture
def school() -> Iterator[Outside]:
    with outside() as place:
        place.at["/kurs.json"] = status(200, courses("Sveis", "Truck"), ETag='"1"')
        yield place


@pytest.fixture
def feed() -> Feed:
    return add_feed(
        intake="tilbud", name="Glomma", address="https://skole.example/kurs.json", every_days=7, by=None, enqueue=str
    )


def read(feed: Feed, place: Outside) -> Batch | None:
    client = FeedClient(
        f"{place.address}/kurs.json", Transport(hosts=(place.address,), inside=True, bounds=BOUNDS), clock.now
    )
    feed.refresh_from_db()
    batch = jobs.read_now(feed, client=client)
    feed.refresh_from_db()
    return batch


def test_what_is_there_comes_in_and_the_next_time_is_set(feed: Feed, school: Outside):
    batch = read(feed, school)
    assert batch and (batch.state, batch.counts["new"], batch.feed) == ("done", 2, feed)
    assert sorted(Offer.objects.values_list("title", "source", "provider__name")) == [
        ("Sveis", "csv:Glomma", "Glomma"),
        ("Truck", "csv:Glomma", "Glomma"),
    ]
    assert (feed.state, feed.etag, (feed.next_at - clock.now()).days) == ("changed", '"1"', 6)
    assert FactRow.objects.filter(name="intake.FeedRead").count() == 1


def test_what_is_unchanged_is_not_sent_again_and_leaves_no_file(feed: Feed, school: Outside):
    read(feed, school)
    school.at["/kurs.json"] = status(304)
    assert read(feed, school) is None
    assert (school.asked[-1].headers["If-None-Match"], feed.state) == ('"1"', "unchanged")
    school.at["/kurs.json"] = status(200, courses("Sveis", "Truck"), ETag='"2"')
    assert (read(feed, school), feed.state, Batch.objects.count()) == (None, "unchanged", 1)


@pytest.mark.slow
def test_what_is_gone_is_marked_and_never_taken_away(feed: Feed, school: Outside, client: Client):
    read(feed, school)
    school.at["/kurs.json"] = status(200, courses("Sveis"))
    batch = read(feed, school)
    truck = Offer.objects.get(title="Truck")
    assert batch and (batch.counts["missing"], truck.missing_since is not None, truck.ended_at) == (1, True, None)
    assert "Kilden har det ikke lenger" in client.get(f"/tilbud/{truck.public_id}").content.decode()
    school.at["/kurs.json"] = status(200, courses("Sveis", "Truck"))
    read(feed, school)
    assert not Offer.objects.exclude(missing_since=None).exists()


@pytest.mark.alike
@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (status(204), "Fila er tom"),
        (status(404), "har ikke noe på den adressen"),
        (status(410), "har fjernet det for godt"),
        (status(429, Retry_After="9999"), "har for mye å gjøre akkurat nå"),
        (status(500), "har for mye å gjøre akkurat nå"),
        (silent(2), "svarte ikke"),
        (status(200, b"x" * 20_000), "forstår ikke"),
        (status(200, b"<html>Siden er flyttet</html>"), "Det er ikke noe kurs i fila"),
        (status(200, b'{"@type": "Course", "na'), "ikke JSON vi kan lese"),
    ],
)
@pytest.mark.slow
def test_a_bad_answer_is_told_and_what_was_here_stands(
    feed: Feed, school: Outside, behaviour: Callable[..., None], words: str, coordinator_client: Client
):
    school.at["/kurs.json"] = after(school.at["/kurs.json"], behaviour)
    read(feed, school)
    with clock.at(clock.now() + timedelta(days=7)):
        read(feed, school)
        html = coordinator_client.get("/innhenting/").content.decode()
        assert (feed.state, (feed.next_at - clock.now()).days) == ("failed", 1)
    said = words if words != "forstår ikke" else "på en måte forumet ikke forstår"
    assert said in html and "Sist det gikk bra" in html
    assert (Offer.objects.count(), Offer.objects.exclude(missing_since=None).count()) == (2, 0)


def test_the_worker_reads_what_is_due_and_two_workers_read_it_once(feed: Feed):
    assert not jobs.read_what_is_due()
    with clock.at(clock.now() + timedelta(days=8)):
        assert (jobs.read_what_is_due(), jobs.read_what_is_due()) == (True, False)
    assert DBTaskResult.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=9)):
        assert jobs.read_what_is_due(), "a job that was lost on its way is put in the queue again"


@pytest.mark.slow
def test_an_address_is_given_read_now_and_stopped_by_those_who_run_the_forum(
    coordinator_client: Client, client: Client
):
    form = {"address": "https://skole.example/kurs.csv", "name": "Skolen", "every_days": "1"}
    assert client.post("/innhenting/adresse/tilbud", form).status_code == 403
    for bad in ("http://skole.example/a", "javascript:alert(1)", ""):
        answer = coordinator_client.post("/innhenting/adresse/tilbud", form | {"address": bad})
        assert (answer.status_code, Feed.objects.count()) == (422, 0)
    for _ in range(2):
        coordinator_client.post("/innhenting/adresse/tilbud", form)
    feed = Feed.objects.get()
    html = coordinator_client.get("/innhenting/").content.decode()
    assert "https://skole.example/kurs.csv, hver dag" in html and "Ikke lest ennå" in html
    coordinator_client.post(f"/innhenting/adresse/{feed.public_id}/stopp")
    with clock.at(clock.now() + timedelta(days=9)):
        assert not jobs.read_what_is_due()
    assert coordinator_client.get("/innhenting/adresse/udir").status_code == 404


def test_the_forum_asks_no_machine_inside_the_house(feed: Feed):
    Feed.objects.update(address="https://127.0.0.1/kurs.json")
    jobs.read_feed.func(feed.public_id)
    feed.refresh_from_db()
    assert (feed.state, feed.problem) == ("failed", "NotAllowed")


def test_the_file_that_was_read_is_thrown_away(feed: Feed, school: Outside):
    batch = read(feed, school)
    assert batch and not default_storage.exists(batch.stored_as)
