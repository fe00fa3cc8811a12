"""A thread as people see it: in order of time, with what they may read and no word more, and never broken silently."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, merge_needs, part_needs, voice_need, withdraw_voice
from kompetanseforum.needs.models import HeldReason, Need
from kompetanseforum.offers.actions.registering import end_offer, register_offer
from kompetanseforum.offers.models import HeldReason as OfferHeldReason
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.threads.actions import tie
from kompetanseforum.threads.queries import thread_for

pytestmark = pytest.mark.django_db

CANARY = "KANARIFUGL"


def a_need(words: str, *, firm: str = "Verkstedet", is_held: bool = False, is_public: bool = True) -> Need:
    place = Municipality.objects.order_by("code").first()
    organisation = add_organisation(name=f"{firm} {words}", kind="workshop", municipality=place)
    said = Said(words=words, words_are_public=is_public)
    reason = HeldReason.PHONE_NUMBER if is_held else None
    return voice_need(said=said, by=None, organisation=organisation, held_reason=reason).need


def an_offer(title: str, *, is_held: bool = False) -> Offer:
    reason = OfferHeldReason.VISITOR if is_held else None
    return register_offer(
        content=Content(title=title, provider="Fagskolen"), source="form", by=None, held_reason=reason
    )


def answered_by(need: Need, offer: Offer) -> None:
    tie(upstream=ref(need), downstream=ref(offer), relation=Relation.ANSWERED_BY, by=NOBODY)


def titles(here: Ref, *, viewer: Viewer = NOBODY) -> list[str]:
    return [one.step.title if one.step else f"hidden {one.hidden}" for one in thread_for(here, viewer=viewer).steps]


def page(client: Client, thing: Need | Offer) -> str:
    address = f"/behov/{thing.public_id}" if isinstance(thing, Need) else f"/tilbud/{thing.public_id}"
    return client.get(address).content.decode()


def test_a_need_and_the_offer_that_answers_it_show_each_other(client: Client, forum: object) -> None:
    need, offer = a_need("Vi må lære å lodde"), an_offer("Loddekurs")
    answered_by(need, offer)
    assert f'href="/tilbud/{offer.public_id}">Loddekurs</a>' in page(client, need)
    there = page(client, offer)
    assert f'href="/behov/{need.public_id}">«Vi må lære å lodde»</a>' in there
    here = re.search(r'aria-current="step">.*?</li>', there, re.DOTALL)
    assert here and "Loddekurs" in here.group()


def test_a_thing_without_ties_has_no_thread(client: Client, forum: object) -> None:
    assert 'class="thread"' not in page(client, an_offer("Loddekurs"))


def test_neighbours_in_the_same_challenge_are_not_in_each_others_thread(forum: object) -> None:
    first, second, offer = a_need("Lodde"), a_need("Lime"), an_offer("Kurs i lodding og liming")
    answered_by(first, offer)
    answered_by(second, offer)
    assert titles(ref(first)) == ["«Lodde»", "Kurs i lodding og liming"]
    assert titles(ref(offer)) == ["«Lodde»", "«Lime»", "Kurs i lodding og liming"]


@pytest.mark.slow
def test_what_the_viewer_may_not_see_is_a_step_without_words(
    client: Client, forum: object, coordinator: Viewer
) -> None:
    needs = [a_need(f"{CANARY} {number}", is_held=True) for number in range(2)]
    offer, held = an_offer("Loddekurs"), an_offer(f"{CANARY} tilbud", is_held=True)
    for need in needs:
        answered_by(need, offer)
        answered_by(need, held)
    assert titles(ref(offer)) == ["hidden 2", "Loddekurs"]
    assert "To ting er tatt bort" in page(client, offer) and CANARY not in page(client, offer)
    assert titles(ref(offer), viewer=coordinator) == [f"«{CANARY} 0»", f"«{CANARY} 1»", "Loddekurs"]
    assert f"{CANARY} tilbud" in titles(ref(needs[0]), viewer=coordinator)


def test_words_for_members_stay_with_members_in_a_thread_too(client: Client, forum: object) -> None:
    offer = an_offer("Loddekurs")
    answered_by(a_need(CANARY, firm=f"{CANARY}FIRMA", is_public=False), offer)
    assert 'class="thread"' in page(client, offer) and CANARY not in page(client, offer)


@pytest.mark.slow
def test_what_is_withdrawn_stays_in_the_thread_and_says_so(client: Client, forum: object) -> None:
    need, offer = a_need(CANARY), an_offer("Loddekurs")
    answered_by(need, offer)
    withdraw_voice(voice=need.voices.get(), by=None)
    assert titles(ref(offer)) == ["Et behov som ble trukket", "Loddekurs"]
    assert CANARY not in page(client, offer)
    end_offer(offer=offer, by=None)
    offer.refresh_from_db()
    assert "Gis ikke lenger" in page(client, offer)


def test_what_is_deleted_leaves_a_step(forum: object) -> None:
    need, offer = a_need("Lodde"), an_offer("Loddekurs")
    answered_by(need, offer)
    Need.objects.all().delete()
    assert titles(ref(offer)) == ["hidden 1", "Loddekurs"]


@pytest.mark.slow
def test_a_merged_need_stands_as_the_kept_one_and_parts_again(forum: object, person: Person) -> None:
    kept, merged = a_need("Lodde"), a_need("Lodde fint")
    offer, other = an_offer("Loddekurs"), an_offer("Finlodding")
    answered_by(kept, offer)
    answered_by(merged, other)
    merge = merge_needs(kept=kept, merged=merged, by=person)
    assert titles(ref(other)) == ["«Lodde»", "Finlodding"]
    also = thread_for(ref(kept), viewer=NOBODY, also=[ref(merged)])
    assert [one.step and one.step.title for one in also.steps] == ["«Lodde»", "Loddekurs", "Finlodding"]
    part_needs(merge=merge, by=person)
    assert titles(ref(other)) == ["«Lodde fint»", "Finlodding"]


def test_a_date_that_is_wrong_gives_way_to_the_tie(forum: object) -> None:
    with clock.at(clock.now().replace(year=2020)):
        offer = an_offer("Loddekurs")
    need = a_need("Lodde")
    answered_by(need, offer)
    assert titles(ref(offer)) == ["«Lodde»", "Loddekurs"]


def test_a_needs_page_tells_answers_and_ties_in_order_of_time(
    client: Client, coordinator_client: Client, forum: object, person: Person
) -> None:
    need = a_need("Lodde")
    form = {"words": "Vi ser på det", "state": "in_dialogue", "owner": person.public_id, "next_answer_on": "2030-01-01"}
    coordinator_client.post(f"/behov/{need.public_id}/svar", form)
    answered_by(need, an_offer("Loddekurs"))
    steps = re.findall(r'<li class="step".*?</li>', page(client, need), re.DOTALL)
    told = [re.sub(r"<[^>]+>|\s+", " ", step) for step in steps]
    assert [
        word in line for word, line in zip(("Du er her", "Vi ser på det", "Loddekurs", "Svar fra"), told, strict=True)
    ] == [True] * 4
    assert 'data-dot="open"' in steps[-1] and 'data-line="dashed"' in steps[-2]


@pytest.mark.parametrize("number", [1, 25])
@pytest.mark.slow
def test_a_thread_asks_no_more_for_many_than_for_few(forum: object, number: int) -> None:
    offer = an_offer("Loddekurs")
    for each in range(number):
        answered_by(a_need(f"Lodde {each}"), offer)
    with CaptureQueriesContext(connection) as asked:
        assert len(thread_for(ref(offer), viewer=NOBODY).steps) == number + 1
    assert len(asked) <= 9, [query["sql"][:200] for query in asked]
