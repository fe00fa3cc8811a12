"""What the pages say of a need is so: how many, who sees it, and what becomes of it when it is held or withdrawn."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.skills.models import Concept
from tests.needs.conftest import WELDING
from tests.needs.test_pages import told

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_of_a_range_the_page_and_the_list_say_at_least(client: Client, region: None) -> None:
    """«2–4» is counted as two, and nobody is told that two is all."""
    told(client, words_are_public="on")
    need = Need.objects.get()
    for address in ("/behov/", f"/behov/{need.public_id}"):
        assert "Minst 2 personer" in client.get(address).content.decode()
    told(client, words_are_public="on", people="1", sending_key="key-2")
    assert "1 person ·" in client.get("/behov/").content.decode()


def test_what_is_withdrawn_promises_nothing_and_leads_to_no_closed_door(client: Client, region: None) -> None:
    thanks = told(client)["url"]
    voice = Voice.objects.get()
    link, mine = f"/behov/lenke/{link_secret(voice)}", f"/behov/mitt/{voice.public_id}"
    assert f'href="/behov/{voice.need.public_id}"' in client.get(mine).content.decode()
    client.post(f"{mine}/trekk")
    page = client.get(mine).content.decode()
    assert "Trukket" in page and "Det teller ikke lenger" in page
    assert f'href="/behov/{voice.need.public_id}"' not in page and link not in page
    assert client.get(thanks).headers["Location"] == mine
    assert "Det er trukket" in Client().get(link).content.decode()


def test_one_reads_on_ones_own_need_that_others_see_neither_name_nor_words(client: Client, region: None) -> None:
    told(client, organisation="Skjult Rør AS")
    address = f"/behov/{Need.objects.get().public_id}"
    page = client.get(address).content.decode()
    assert "Skjult Rør AS" in page and "Bare du og de som driver forumet, ser navnet." in page
    assert "Bare du og de som driver forumet, ser ordene." in page
    assert "Skjult Rør AS" not in Client().get(address).content.decode()


def test_what_was_typed_to_be_found_is_looked_for_when_one_goes_on(client: Client, region: None) -> None:
    """The button «Finn» was not pressed; what was typed is not lost, and what is not found holds nobody up."""
    form = {"step": "details", "words": "Vi trenger folk", "sending_key": "key-1"}
    found = client.post("/behov/meld", form | {"look_for": "sveise aluminium"}).content.decode()
    assert "Steg 1 av 2" in found and "Det som ligner mest på «sveise aluminium», står her nå" in found
    assert Concept.objects.get(uri=WELDING).slug in found
    # A device that keeps drafts does not write it into the field anew.
    assert re.search(r'name="look_for"[^>]* data-draft-skip [^>]*value=""', found)
    again = form | {"step": "words", "found": "sveise aluminium"}
    assert "Det som ligner mest på «sveise aluminium»" in client.post("/behov/meld", again).content.decode()
    none = client.post("/behov/meld", form | {"look_for": "xyzzy"}).content.decode()
    assert "Steg 1 av 2" in none and 'name="sought" value="xyzzy"' in none
    on = client.post("/behov/meld", form | {"look_for": "xyzzy", "sought": "xyzzy"}).content.decode()
    assert "Steg 2 av 2" in on


def test_what_is_held_is_removed_when_one_has_been_asked_once_more(
    client: Client, coordinator_client: Client, region: None
) -> None:
    told(client, words="Ring 900 00 123 for kurs")
    need = Need.objects.get()
    assert "Fjerne det?" in coordinator_client.get(f"/behov/{need.public_id}/fjern").content.decode()
    assert Voice.objects.get().withdrawn_at is None
    coordinator_client.post(f"/behov/{need.public_id}/fjern")
    assert Voice.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(("public", "said"), [("", "Ordene leses fortsatt bare av dem"), ("on", "Nå kan alle se det.")])
def test_what_is_released_is_said_to_be_seen_only_where_it_is(
    client: Client, coordinator_client: Client, region: None, public: str, said: str
) -> None:
    told(client, words="Ring 900 00 123 for kurs", words_are_public=public)
    answer = coordinator_client.post(f"/behov/{Need.objects.get().public_id}/slipp-fram", follow=True)
    assert said in answer.content.decode()


def test_step_two_says_what_is_counted_where_nothing_is_said(client: Client, region: None) -> None:
    page = client.post("/behov/meld", {"step": "details", "words": "Truck", "sending_key": "k"}).content.decode()
    assert "Uten svar teller vi én." in page and "Uten svar skriver vi «nå»." in page
