""" "Who is with us": those who want to be found, by what they need, offer and know; and nobody else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, voice_need, withdraw_voice
from kompetanseforum.network.actions import CardSaid, keep_card
from kompetanseforum.network.models import Card, CardLine
from kompetanseforum.offers.actions.registering import register_offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    confirm_representation,
    present_organisation,
)
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import SkillLink
from tests.network.conftest import MakePerson, browser_of, carded

pytestmark = pytest.mark.django_db


def _firm(name: str, *, place: str = "3107", is_found: bool = True, knows: str = "", **fields) -> Organisation:
    given = {"kind": "workshop", "sector": "business", "size": "5-19"} | fields
    firm = add_organisation(name=name, municipality=Municipality.objects.get(code=place), **given)
    present_organisation(firm, said=Presented(wants_to_be_found=is_found, knows=knows), by=None)
    return firm


def _slug(kind: str) -> str:
    """The skill that was heard best in the words of a card or an organisation."""
    links = SkillLink.objects.filter(whole_kind=kind, concept__kind="skill", cause_words__icontains="aluminium")
    best = links.order_by("-score", "pk").first()
    assert best is not None
    return best.concept.slug


def _names(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/hvem-er-med/{query}").content.decode()
    return re.findall(r'<h2 class="row-words"><a href="[^"]+">([^<]+)</a>', page)


def test_only_those_who_want_to_be_found_stand_there(client: Client, forum: Forum, somebody: MakePerson):
    _firm("Elvekanten AS")
    _firm("Skjult AS", is_found=False)
    carded(somebody("Ola Nes"))
    keep_card(somebody("Liv Berg"), said=CardSaid())
    gone = somebody("Per Ås")
    carded(gone)
    gone.is_active = False
    gone.save()
    assert _names(client) == ["Elvekanten AS", "Ola Nes"]


def test_a_sole_proprietor_stands_there_without_the_name(client: Client, forum: Forum):
    firm = _firm("Kari Nordmann")
    firm.is_sole_proprietor = True
    firm.save()
    assert _names(client) == ["Et verksted i Fredrikstad, 5–19 ansatte"]
    assert _names(client, "?q=nordmann") == []


@pytest.mark.slow
def test_people_are_found_by_what_they_know_offer_and_look_for(client: Client, few_words: Forum, somebody: MakePerson):
    carded(somebody("Ola Nes"), knows="sveise aluminium")
    carded(somebody("Liv Berg"), needs="en som kan sveise aluminium")
    carded(somebody("Per Ås"), offers="kurs i prosjektledelse")
    assert _names(client, "?q=sveise") == ["Liv Berg", "Ola Nes"]
    slug = _slug("card")
    assert _names(client, f"?kompetanse={slug}&som=knows") == ["Ola Nes"]
    assert _names(client, f"?kompetanse={slug}&som=needs") == ["Liv Berg"]
    assert _names(client, f"?kompetanse={slug}&som=offers") == []
    assert _names(client, "?som=offers") == ["Per Ås"]
    page = client.get("/hvem-er-med/?q=Ola").content.decode()
    assert re.search(r"<strong>Kan:</strong> [^<]*aluminium", page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_organisations_are_found_by_needs_offers_and_what_they_know(client: Client, few_words: Forum):
    asks, teaches, knows = (
        _firm("Spør AS"),
        _firm("Skolen", sector="education"),
        _firm("Kan AS", knows="sveise aluminium"),
    )
    voice_need(
        said=Said(words="Vi trenger folk som kan sveise aluminium", name_is_public=True), by=None, organisation=asks
    )
    register_offer(
        content=Content(title="Sveising", provider="Skolen", outcomes=(OutcomeContent("sveise aluminium"),)),
        source="demo",
        source_id="1",
        by=None,
    )
    assert teaches.offers.count() == 1
    slug = _slug("organisation")
    assert [_names(client, f"?kompetanse={slug}&som={side}") for side in ("needs", "offers", "knows")] == [
        ["Spør AS"],
        ["Skolen"],
        ["Kan AS"],
    ]
    present_organisation(knows, said=Presented(wants_to_be_found=True, knows=""), by=None)
    assert _names(client, f"?kompetanse={slug}&som=knows") == []


def test_what_a_firm_asks_for_without_its_name_is_not_told_here(client: Client, few_words: Forum):
    """The canary: one voice without a name, one withdrawn."""
    firm = _firm("Elvekanten AS")
    said = {"words": "Vi trenger folk som kan sveise aluminium"}
    voice_need(said=Said(**said), by=None, organisation=firm)
    withdraw_voice(voice=voice_need(said=Said(**said, name_is_public=True), by=None, organisation=firm), by=None)
    assert SkillLink.objects.filter(subject_kind="voice").count() >= 1
    assert _names(client, "?som=needs") == []
    assert "aluminium" not in client.get("/hvem-er-med/").content.decode().casefold()


def test_filters_tell_how_many_they_would_leave(client: Client, forum: Forum):
    _firm("A AS")
    _firm("B AS", place="3103", size="1-4")
    _firm("C", sector="public", place="3103")
    assert _names(client, "?kommune=3103&sektor=business") == ["B AS"]
    assert _names(client, "?storrelse=1-4") == ["B AS"]
    page = client.get("/hvem-er-med/?kommune=3103").content.decode()
    assert re.search(r'name="sektor" value="business".*?<span class="count">1<', page)
    assert re.search(r'name="kommune" value="3107".*?<span class="count">1<', page)


def test_where_a_person_works_is_told_only_when_both_want_it(client: Client, forum: Forum, somebody: MakePerson):
    hidden = _firm("Skjult AS", is_found=False)
    ola = somebody("Ola Nes")
    carded(ola)
    confirm_representation(ask_to_represent(person=ola, organisation=hidden, wants_to_be_shown=True), by=ola)
    assert "Skjult" not in client.get("/hvem-er-med/").content.decode()
    present_organisation(hidden, said=Presented(wants_to_be_found=True), by=None)
    page = client.get("/hvem-er-med/?hvem=person").content.decode()
    assert '<p class="row-who">Skjult AS</p>' in page
    ask_to_represent(person=ola, organisation=hidden, wants_to_be_shown=False)
    assert "Skjult AS" not in client.get("/hvem-er-med/?hvem=person").content.decode()


@pytest.mark.slow
def test_the_list_asks_the_database_as_often_with_many_as_with_few(
    client: Client, few_words: Forum, somebody: MakePerson, django_assert_max_num_queries
):
    def fill(many: int) -> None:
        for n in range(many):
            firm = _firm(f"Firma {many}{n}", knows="sveise aluminium")
            voice_need(said=Said(words="Vi må kunne legge fliser", name_is_public=True), by=None, organisation=firm)
            person = somebody(f"Tal {many}{n}")
            carded(person, knows="sveise aluminium")
            confirm_representation(
                ask_to_represent(person=person, organisation=firm, wants_to_be_shown=True), by=person
            )

    fill(1)
    with django_assert_max_num_queries(40) as few:
        client.get("/hvem-er-med/")
    fill(3)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/hvem-er-med/")


# One's own card


def test_consents_are_one_for_each_purpose_and_keep_their_moment(somebody: MakePerson, noon: datetime):
    ola = somebody("Ola Nes")
    client = browser_of(ola)
    client.post("/hvem-er-med/meg", {"knows": "Sveise", "wants_to_be_found": "on"})
    card = Card.objects.get()
    assert (card.found_since, card.askable_since) == (noon, None)
    with clock.at(noon + timedelta(days=5)):
        client.post("/hvem-er-med/meg", {"knows": "Sveise", "wants_to_be_found": "on", "may_be_asked": "on"})
    card.refresh_from_db()
    assert (card.found_since, card.askable_since) == (noon, noon + timedelta(days=5))
    client.post("/hvem-er-med/meg", {"may_be_asked": "on"})
    card.refresh_from_db()
    assert (card.found_since, card.askable_since, CardLine.objects.count()) == (None, None, 0)


def test_a_card_taken_back_is_seen_by_its_owner_alone(client: Client, somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    card = carded(ola, knows="Sveise")
    address = f"/hvem-er-med/{card.public_id}"
    assert "Ola Nes" in client.get(address).content.decode()
    keep_card(ola, said=CardSaid())
    assert [one.get(address).status_code for one in (client, browser_of(liv), browser_of(ola))] == [403, 403, 200]


def test_what_was_written_before_is_unlinked_when_it_goes(few_words: Forum, somebody: MakePerson):
    ola = somebody("Ola Nes")
    carded(ola, knows="sveise aluminium")
    assert SkillLink.objects.filter(whole_kind="card").exists()
    carded(ola, knows="")
    assert not SkillLink.objects.filter(whole_kind="card").exists()
