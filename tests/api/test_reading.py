"""Reading what is open: as on the pages, in the language asked for, page by page, and no second time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import HeldReason, Need
from kompetanseforum.offers.actions import register_offer
from kompetanseforum.offers.models import HeldReason as OfferHeld
from kompetanseforum.offers.queries.content import Content
from tests.gapmap.conftest import WELDING, WELDING_SLUG, Speak, Teach


def asked(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


# Needs


@pytest.mark.slow
def test_words_and_names_stand_there_only_for_those_who_may_read_them(
    speak: Speak, client: Client, coordinator_client: Client, holder_client: Callable[..., Client]
):
    hidden = speak("Vi må lære å sveise aluminium", by="Hemmelig Båt AS")
    for who, words in ((client, None), (coordinator_client, hidden.words), (holder_client(ref(hidden)), hidden.words)):
        [row] = asked(who, "needs")["items"]
        one = asked(who, f"needs/{hidden.need.public_id}")
        assert (row["words"], one["words"], one["spoken"][0]["words"]) == (words, words, words)
        assert ("Hemmelig" in str(row), "Hemmelig" in one["spoken"][0]["who"]) == (False, words is not None)


def test_what_all_may_read_is_told_in_full(speak: Speak, client: Client):
    voice = speak("Vi må lære å sveise aluminium", people=4, municipality="3110", is_public=True)
    [row] = asked(client, "needs?lang=en")["items"]
    assert row == {
        "id": f"need:{voice.need.public_id}",
        "url": f"http://testserver/behov/{voice.need.public_id}",
        "words": "Vi må lære å sveise aluminium",
        "skills": [
            {
                "uri": WELDING,
                "id": WELDING_SLUG,
                "label": "sveise aluminium",
                "label_language": "nb",
                "is_confirmed": False,
            }
        ],
        "state": {"code": "heard", "label": "Heard"},
        "horizon": {"code": "now", "label": "Now"},
        "level": None,
        "voices": 1,
        "people": 4,
        "municipalities": [{"code": "3110", "name": "Hvaler"}],
        "sectors": [{"code": "business", "label": "Business"}],
        "names": [],
        "voiced_at": row["voiced_at"],
        "changed_at": row["changed_at"],
        "next_answer_on": row["next_answer_on"],
        "answered_by": "Kompetanseforum",
    }


def test_what_is_held_or_withdrawn_is_in_no_list_and_closed(speak: Speak, client: Client):
    need = speak(is_public=True).need
    Need.objects.update(held_reason=HeldReason.ADDRESS)
    assert asked(client, "needs")["items"] == []
    answer = client.get(f"/api/v1/needs/need:{need.public_id}")
    assert (answer.status_code, "sveise" in answer.content.decode()) == (403, False)
    Need.objects.update(held_reason="", state="withdrawn")
    assert (asked(client, "needs")["total"], client.get(f"/api/v1/needs/{need.public_id}").status_code) == (0, 403)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("municipality=3107", ["truck"]),
        ("municipality=3107&municipality=3110", ["truck", "weld"]),
        ("sector=education", ["truck"]),
        (f"skill={WELDING_SLUG}", ["weld"]),
        ("horizon=soon", ["weld"]),
        ("q=GAFFELTRUCK", ["truck"]),
        ("state=met", []),
    ],
)
def test_the_filters_of_the_list_are_here(query: str, found: list[str], speak: Speak, client: Client):
    weld = speak("Sveise aluminium", by="Båt AS", municipality="3110", horizon="soon", is_public=True)
    truck = speak("Kjøre gaffeltruck", by="Skolen", sector="education", is_public=True)
    names = {f"need:{weld.need.public_id}": "weld", f"need:{truck.need.public_id}": "truck"}
    assert sorted(names[row["id"]] for row in asked(client, f"needs?{query}")["items"]) == found


@pytest.mark.slow
def test_a_list_goes_on_where_it_says(speak: Speak, client: Client):
    made = [speak(by=f"Firma {number}").need.public_id for number in range(5)]
    seen, address = [], "/api/v1/needs?per_page=2&lang=nn"
    while address:
        page = client.get(address).json()
        seen += [row["id"].removeprefix("need:") for row in page["items"]]
        address = page["next"]
    assert (seen, page["total"]) == (made[::-1], 5)
    assert asked(client, "needs?per_page=2&page=9") == {
        "total": 5, "page": 9, "per_page": 2, "next": None, "items": [],
    }  # fmt: skip


# Offers, skills


def test_offers_tell_all_they_say(teach: Teach, client: Client):
    offer = teach("sveise aluminium", places=12)
    [row] = asked(client, f"offers?skill={WELDING_SLUG}")["items"]
    assert row == asked(client, f"offers/offer:{offer.public_id}")
    assert (row["id"], row["places_per_year"], row["skills"][0]["uri"]) == (f"offer:{offer.public_id}", 12, WELDING)
    assert asked(client, "offers?level=master")["items"] == []


def test_an_offer_that_is_held_is_closed(region: None, client: Client):
    offer = register_offer(
        content=Content(title="Hemmelig kurs"), source="form", by=None, held_reason=OfferHeld.VISITOR
    )
    answer = client.get(f"/api/v1/offers/{offer.public_id}")
    assert (answer.status_code, "Hemmelig" in answer.content.decode()) == (403, False)
    assert asked(client, "offers")["items"] == []


def test_skills_are_found_by_name_and_heard_in_a_text(region: None, client: Client):
    [found] = asked(client, "skills?q=aluminium")["items"]
    text = "Vi trenger folk som kan sveise aluminium."
    answer = client.post("/api/v1/skills/heard", {"words": text}, content_type="application/json").json()
    [heard] = answer["items"]
    start, end = heard["causes"][0]
    assert (found["uri"], heard["uri"], answer["language"]) == (WELDING, WELDING, "nb")
    assert (text[start:end], heard["cause_words"][0]) == (heard["cause_words"][0], "sveise aluminium")
    assert asked(client, f"skills/{WELDING_SLUG}")["words"] == [
        {"language": "nb", "text": "sveise aluminium", "role": "label"}
    ]


# The same for all


def test_whoever_has_the_newest_gets_it_no_second_time(speak: Speak, client: Client):
    speak()
    first = client.get("/api/v1/needs")
    again = client.get("/api/v1/needs", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    speak(by="En til AS")
    newer = client.get("/api/v1/needs", headers={"If-None-Match": first.headers["ETag"]})
    assert (newer.status_code, newer.json()["total"]) == (200, 2)


def test_a_page_elsewhere_reads_what_everybody_may(forum: None, client: Client):
    headers = client.get("/api/v1/needs").headers
    assert (headers["Access-Control-Allow-Origin"], "Access-Control-Allow-Credentials" in headers) == ("*", False)
    assert {"Cookie", "Authorization"} <= {name.strip() for name in headers["Vary"].split(",")}


@pytest.mark.parametrize("path", ["needs", "offers", "gaps", "skills?q=sveise"])
@pytest.mark.slow
def test_three_rows_ask_the_database_no_more_than_one(path: str, speak: Speak, teach: Teach, client: Client, counted):
    def ask() -> int:
        counted()
        client.get(f"/api/v1/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/{path}").status_code == 200
        return len(queries)

    speak("Sveise aluminium", by="Båt AS", is_public=True)
    teach("sveise aluminium")
    one = ask()
    for number, words in enumerate(("Kjøre gaffeltruck", "Lage kjøttkaker og sveise aluminium")):
        speak(words, by=f"Firma {number}", municipality="3110", is_public=True)
        teach(words.lower(), municipality="3107")
    assert ask() == one
