"""Offers as people meet them: finding one, reading it, registering one, bringing in a catalogue."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.actions import change_offer, end_offer
from kompetanseforum.offers.models import HeldReason, Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent, content_of
from kompetanseforum.skills.models import Concept
from tests.offers.conftest import WELDING, WELDING_COURSE, MakeOffer

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Truck på kveld",
    "provider": "Råde kurs",
    "kind": "course",
    "outcomes": "kjøre gaffeltruck\r\nlaste trygt",
    "language": "nb",
    "sending_key": "k1",
    "website": "",
}
HOLDER = Callable[[Ref], Client]


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="row-words"><a href="[^"]+">([^<]+)<', html)


# Finding


@pytest.mark.slow
def test_held_and_ended_offers_stand_in_no_list_and_no_file(client: Client, offered: MakeOffer):
    offered(replace(WELDING_COURSE, title="Åpent kurs"))
    offered(replace(WELDING_COURSE, title="Hemmelig kurs"), held=True)
    end_offer(offer=offered(replace(WELDING_COURSE, title="Nedlagt kurs")), by=None)
    assert titles(page(client, "/tilbud/")) == ["Åpent kurs"]
    for url in (
        "/tilbud/?q=kurs",
        "/tilbud/alle.csv",
        "/tilbud/alle.json",
        f"/kompetanse/{WELDING.rsplit('/', 1)[-1]}",
    ):
        html = page(client, url)
        assert "Åpent kurs" in html and "Hemmelig" not in html and "Nedlagt" not in html


@pytest.mark.slow
def test_filters_count_and_narrow(client: Client, offered: MakeOffer):
    offered()
    offered(replace(WELDING_COURSE, title="Truck på nett", municipality="3103", delivery=("online",), level="intro",
                    outcomes=(OutcomeContent("kjøre gaffeltruck"),)))  # fmt: skip
    assert titles(page(client, "/tilbud/?kommune=3103")) == ["Truck på nett"]
    assert titles(page(client, "/tilbud/?form=evening")) == ["Sveising for folk i jobb"]
    assert titles(page(client, "/tilbud/?niva=intro&form=evening")) == []
    assert titles(page(client, "/tilbud/?kompetanse=" + WELDING.rsplit("/", 1)[-1])) == ["Sveising for folk i jobb"]
    html = page(client, "/tilbud/?kommune=3103")
    # A filter's own counts are those of the other filters, so that one can change one's mind.
    assert re.search(r'value="3107"[^>]*><label[^>]*>Fredrikstad <span class="count">1<', html)
    assert re.search(r'value="evening"', html) is None


@pytest.mark.slow
@pytest.mark.usefixtures("noon")
def test_offers_that_start_soon(client: Client, offered: MakeOffer):
    offered(replace(WELDING_COURSE, title="Snart", starts=(date(2026, 1, 1), date(2026, 12, 1))))
    offered(replace(WELDING_COURSE, title="Siden", starts=(date(2027, 10, 1),)))
    offered(replace(WELDING_COURSE, title="Var", starts=(date(2026, 2, 1),)))
    assert titles(page(client, "/tilbud/?start=3")) == ["Snart"]
    assert titles(page(client, "/tilbud/?start=senere")) == ["Siden"]
    assert titles(page(client, "/tilbud/")) == ["Snart", "Siden", "Var"]


def test_an_expired_programme_is_told_of_and_shown_to_those_who_ask(client: Client, offered: MakeOffer):
    offered()
    offered(
        Content(
            title="Bilskade, Vg2",
            outcomes=(OutcomeContent("sveise", code="K4034", curriculum="LK06", is_counted=False),),
        )
    )
    html = page(client, "/tilbud/")
    assert (titles(html), "1 programområde med utgått læreplan" in html) == (["Sveising for folk i jobb"], True)
    assert titles(page(client, "/tilbud/?utgatt=1")) == ["Sveising for folk i jobb", "Bilskade, Vg2"]


def test_an_old_or_mistyped_address_still_finds_something(client: Client, offered: MakeOffer):
    offered()
    assert titles(page(client, "/tilbud/?niva=doktor&sorter=ukjent&kommune=abc&side=99&start=xx")) == [
        "Sveising for folk i jobb"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("url", ["/tilbud/", "/tilbud/?q=sveis", "/tilbud/alle.csv", "/tilbud/alle.json"])
def test_lists_ask_the_same_for_three_as_for_one(client: Client, offered: MakeOffer, url: str):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    offered()
    asked()  # what the process keeps
    one = asked()
    for number in (2, 3):
        offered(replace(WELDING_COURSE, title=f"Kurs {number}", provider=f"Skole {number}", municipality="3103"))
    assert (asked(), one <= 20) == (one, True)


@pytest.mark.slow
def test_one_offer_asks_the_same_however_much_it_says(client: Client, offered: MakeOffer):
    def asked(offer: Offer) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/tilbud/{offer.public_id}").status_code == 200
        return len(queries)

    small = offered(replace(WELDING_COURSE, outcomes=(OutcomeContent("sveise aluminium"),)))
    asked(small)
    large = offered(replace(WELDING_COURSE, outcomes=tuple(OutcomeContent(f"sveise aluminium {n}") for n in range(5))))
    for hours in (10, 11, 12):
        change_offer(offer=large, content=replace(WELDING_COURSE, hours_per_week=hours), by=None)
    few, many = asked(small), asked(large)
    # The names of places in versions are one more, whatever their number.
    assert many - few <= 1 and many <= 20


def test_files_hold_what_the_page_holds(client: Client, offered: MakeOffer):
    offer = offered(replace(WELDING_COURSE, title="=1+1"))
    [row] = list(csv.DictReader(io.StringIO(client.get("/tilbud/alle.csv").content.decode("utf-8-sig"))))
    assert (row["id"], row["title"], row["outcomes"]) == (
        offer.public_id,
        "'=1+1",
        "sveise aluminium med MIG | lese tegninger",
    )
    [as_json] = json.loads(page(client, "/tilbud/alle.json"))["offers"]
    assert (as_json["title"], as_json["skill_uris"], as_json["starts"]) == ("=1+1", [WELDING], ["2027-01-11"])


# Reading


def test_the_page_marks_the_words_and_tells_machines_the_same(client: Client, offered: MakeOffer):
    offer = offered(replace(WELDING_COURSE, description="Se </script><script>alert(1)</script>"))
    html = page(client, f"/tilbud/{offer.public_id}")
    assert "<mark>sveise aluminium</mark> med MIG" in html
    assert "<script>alert" not in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    course = json.loads(found[1])
    assert {name: course[name] for name in ("@type", "name", "provider", "offers")} == {
        "@type": "Course",
        "name": "Sveising for folk i jobb",
        "provider": {"@type": "Organization", "name": "Glomma videregående"},
        "offers": {"@type": "Offer", "category": "Paid", "price": 4900, "priceCurrency": "NOK"},
    }
    assert [one if isinstance(one, str) else one["url"] for one in course["teaches"]] == [
        "sveise aluminium med MIG",
        "lese tegninger",
        WELDING,
    ]
    assert course["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "courseMode": ["Onsite", "classroom", "evening"],
            "courseSchedule": {
                "@type": "Schedule",
                "repeatFrequency": "Weekly",
                "repeatCount": 5,
                "duration": "PT30H",
            },
            "courseWorkload": "PT150H",
            "location": {
                "@type": "Place",
                "name": "Fredrikstad",
                "identifier": {"@type": "PropertyValue", "propertyID": "kommunenummer", "value": "3107"},
            },
            "startDate": "2027-01-11",
        }
    ]


def test_a_change_stands_on_the_page_and_has_a_page(client: Client, offered: MakeOffer):
    offer = offered()
    change_offer(offer=offer, content=replace(WELDING_COURSE, hours_per_week=12), by=None)
    assert "30 → 12 timer i uka" in page(client, f"/tilbud/{offer.public_id}")
    html = page(client, f"/tilbud/{offer.public_id}/endret/1")
    assert html.index("30 timer i uka") < html.index("12 timer i uka")
    assert client.get(f"/tilbud/{offer.public_id}/endret/2").status_code == 404


def test_an_expired_goal_is_marked(client: Client, offered: MakeOffer):
    goals = (
        OutcomeContent("sveise aluminium", code="K1", curriculum="LK06", is_counted=False),
        OutcomeContent("måle", code="KM2"),
    )
    html = page(client, f"/tilbud/{offered(Content(title='Blandet, Vg2', outcomes=goals)).public_id}")
    assert html.count("Utgått læreplan (LK06)") == 1


def test_a_skills_page_says_who_teaches_it(client: Client, offered: MakeOffer):
    slug = WELDING.rsplit("/", 1)[-1]
    offer = offered()
    assert f'href="/tilbud/{offer.public_id}"' in page(client, f"/kompetanse/{slug}")
    end_offer(offer=offer, by=None)
    assert f'href="/tilbud/nytt?skill={slug}"' in page(client, f"/kompetanse/{slug}")


# Registering


@pytest.mark.slow
def test_a_visitors_offer_is_held_until_a_coordinator_has_looked(client: Client, coordinator_client: Client, region):
    sent = client.post("/tilbud/nytt", FORM)
    offer = Offer.objects.get()
    assert (sent.headers["Location"], offer.held_reason) == (f"/tilbud/takk/{offer.public_id}", HeldReason.VISITOR)
    assert "Takk" in page(client, sent.headers["Location"])
    assert client.get(f"/tilbud/{offer.public_id}").status_code == 200
    assert Client().get(f"/tilbud/{offer.public_id}").status_code == 403
    assert "Truck på kveld" in page(coordinator_client, "/tilbud/holdt")
    coordinator_client.post(f"/tilbud/{offer.public_id}/slipp-fram")
    assert Client().get(f"/tilbud/{offer.public_id}").status_code == 200


def test_the_form_becomes_the_offer(coordinator_client: Client, region):
    more = {"weeks": "5", "starts": "15.1.2027 og 1.3.2027", "delivery": ["evening"], "municipality": "3107", "price_nok": "0",
            "credits": "7.5", "is_part_time": "on", "level": "trade"}  # fmt: skip
    coordinator_client.post("/tilbud/nytt", FORM | more)
    offer = Offer.objects.get()
    assert (offer.held_reason, content_of(offer)) == (
        "",
        Content(title="Truck på kveld", provider="Råde kurs", weeks=5, starts=(date(2027, 1, 15), date(2027, 3, 1)),
                delivery=("evening",), municipality="3107", price_nok=0, credits=offer.credits, is_part_time=True, level="trade",
                outcomes=(OutcomeContent("kjøre gaffeltruck"), OutcomeContent("laste trygt"))),
    )  # fmt: skip


def test_a_filled_trap_is_told_to_the_coordinator(client: Client, region):
    client.post("/tilbud/nytt", FORM | {"website": "http://spam.example"})
    assert Offer.objects.get().held_reason == HeldReason.TRAP


def test_sending_twice_is_one_offer(client: Client, region):
    assert (
        client.post("/tilbud/nytt", FORM).headers["Location"] == client.post("/tilbud/nytt", FORM).headers["Location"]
    )
    assert Offer.objects.count() == 1


def test_errors_say_what_to_do_and_lose_nothing(client: Client, region):
    answer = client.post(
        "/tilbud/nytt", FORM | {"title": "", "starts": "i vår", "weeks": "mange", "url": "ikke en adresse"}
    )
    html = answer.content.decode()
    assert (answer.status_code, Offer.objects.count()) == (422, 0)
    for text in (
        "Skriv hva tilbudet heter",
        "«i vår» er ikke en dato",
        "Skriv et tall fra 0 til 1000 i «Hvor mange uker?»",
        "Begynn den med https://",
    ):
        assert text in html
    assert "laste trygt" in html and 'value="i vår"' in html


def test_what_is_to_be_put_right_names_its_field_in_the_order_of_the_page(client: Client, region):
    wrong = {"nkr_level": "12", "hours_per_week": "900", "price_nok": "-5", "starts": "i vår"}
    html = client.post("/tilbud/nytt", FORM | wrong).content.decode()
    told = [
        "Skriv et tall fra 0 til 168 i «Timer i uka»",
        "«i vår» er ikke en dato",
        "Skriv et tall fra 0 til 10000000 i «Pris i kroner»",
        "Skriv et tall fra 1 til 8 i «Nivå i NKR, 1 til 8»",
    ]
    places = [html.index(text) for text in told]
    assert places == sorted(places)


@pytest.mark.slow
def test_a_skill_asked_for_stands_in_the_form(client: Client, region):
    html = page(client, "/tilbud/nytt?skill=" + WELDING.rsplit("/", 1)[-1])
    assert "Noen spør etter «Sveise aluminium»" in html
    assert client.get("/tilbud/nytt?skill=finnes-ikke").status_code == 200


@pytest.mark.usefixtures("limits")
@pytest.mark.slow
def test_too_many_from_one_place_are_asked_to_wait(client: Client, region):
    answers = [client.post("/tilbud/nytt", FORM | {"sending_key": f"k{number}"}) for number in range(21)]
    assert ([answer.status_code for answer in answers[:20]], Offer.objects.count()) == ([302] * 20, 20)
    assert "Prøv igjen om" in answers[20].content.decode() and "laste trygt" in answers[20].content.decode()


@pytest.mark.slow
def test_only_its_device_and_coordinators_change_an_offer(
    client: Client, coordinator_client: Client, holder_client: HOLDER, offered: MakeOffer
):
    offer, other = offered(), offered()
    change = FORM | {"title": "Nytt navn"}
    for who in (client, holder_client(ref(other))):
        assert who.post(f"/tilbud/{offer.public_id}/endre", change).status_code == 403
        assert who.post(f"/tilbud/{offer.public_id}/avslutt").status_code == 403
    for who in (holder_client(ref(offer)), coordinator_client):
        assert who.get(f"/tilbud/{offer.public_id}/endre").status_code == 200
    holder_client(ref(offer)).post(f"/tilbud/{offer.public_id}/endre", change)
    offer.refresh_from_db()
    assert (offer.title, offer.version, offer.held_reason) == ("Nytt navn", 2, "")
    assert holder_client(ref(offer)).post(f"/tilbud/{offer.public_id}/slipp-fram").status_code == 403


def test_a_new_web_address_from_a_visitor_is_looked_at(holder_client: HOLDER, offered: MakeOffer):
    offer = offered()
    holder_client(ref(offer)).post(f"/tilbud/{offer.public_id}/endre", FORM | {"url": "https://spam.example/"})
    offer.refresh_from_db()
    assert offer.held_reason == HeldReason.ADDRESS


def test_changing_by_form_keeps_the_codes_of_unchanged_outcomes(coordinator_client: Client, offered: MakeOffer):
    goals = (
        OutcomeContent("sveise", code="KM1", curriculum="LK20"),
        OutcomeContent("måle", code="KM2", curriculum="LK20"),
    )
    offer = offered(Content(title="Vg2", outcomes=goals))
    coordinator_client.post(f"/tilbud/{offer.public_id}/endre", FORM | {"outcomes": "sveise\nlese tegning"})
    assert content_of(Offer.objects.get()).outcomes == (goals[0], OutcomeContent("lese tegning"))


def test_no_concept_is_needed_for_a_page(client: Client, forum):
    assert Concept.objects.count() == 0
    assert "Ingen underviser i dette ennå" in page(client, "/tilbud/")
