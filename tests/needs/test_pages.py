"""Needs as people meet them: voicing one, finding one, joining, following by link."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import LinkVerdict, SkillLink
from kompetanseforum.skills.queries import named_concepts
from tests.needs.conftest import WELDING

pytestmark = pytest.mark.django_db


def told(client: Client, **more: Any) -> dict[str, Any]:
    form = {"step": "send", "words": "Vi trenger to som kan sveise aluminium", "sending_key": "key-1", "people": "2"}
    response = client.post("/behov/meld", form | more)
    return {
        "status": response.status_code,
        "url": response.headers.get("Location", ""),
        "html": response.content.decode(),
    }


def test_a_firm_without_account_voices_a_need_and_gets_a_name_a_date_and_a_link(
    client: Client, coordinator: Person
) -> None:
    sent = told(client, organisation="Skjærgårdsskrog AS", municipality="3110", kind="boat_builder", size="5-19")
    page = client.get(sent["url"]).content.decode()
    voice = Voice.objects.get()
    assert f"/behov/lenke/{link_secret(voice)}" in page
    assert (voice.organisation and voice.organisation.name, voice.people, voice.is_confirmed) == (
        "Skjærgårdsskrog AS",
        2,
        False,
    )


def test_sending_again_after_a_lost_answer_gives_the_same_page(client: Client, region: None) -> None:
    assert told(client)["url"] == told(client)["url"]
    assert Need.objects.count() == 1


def test_nothing_but_the_words_is_required(client: Client, region: None) -> None:
    assert told(client, words="")["status"] == 422
    assert told(client, people="")["status"] == 302


def test_what_was_typed_stands_there_after_an_error(client: Client, region: None) -> None:
    sent = told(client, email="kari", organisation="Skjærgårdsskrog AS")
    assert (sent["status"], Need.objects.count()) == (422, 0)
    assert 'value="Skjærgårdsskrog AS"' in sent["html"] and "sveise aluminium" in sent["html"]


def test_step_two_and_back_carry_everything(client: Client, region: None) -> None:
    forward = client.post(
        "/behov/meld", {"step": "details", "words": "Vi må lære truck", "sending_key": "k"}
    ).content.decode()
    assert 'name="words" value="Vi må lære truck"' in forward
    back = client.post(
        "/behov/meld", {"step": "words", "words": "Vi må lære truck", "organisation": "Verkstedet"}
    ).content.decode()
    assert "Vi må lære truck</textarea>" in back and 'name="organisation" value="Verkstedet"' in back


def test_the_forum_hears_while_one_types(client: Client, region: None) -> None:
    page = client.post("/behov/meld/hort", {"words": "Vi trenger aluminiumssveising"}).content.decode()
    assert "Sveise aluminium" in page and "<mark>aluminiumssveising</mark>" in page


@pytest.mark.parametrize("said", ["have", "not_needed", "offer", "nice_to_have", "need"])
def test_one_says_with_a_select_what_is_meant_and_it_is_kept(client: Client, region: None, said: str) -> None:
    [welding] = named_concepts([WELDING.rsplit("/", 1)[-1]], language="nb")
    name = f"says-{welding.slug}"
    heard = client.post("/behov/meld/hort", {"words": "Vi trenger aluminiumssveising", name: said}).content.decode()
    select = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', heard, re.DOTALL)
    assert select and re.findall(r'value="([^"]*)" selected', select[1]) == ["" if said == "need" else said]
    forward = client.post("/behov/meld", {"step": "details", "words": "Vi må sveise", "sending_key": "k", name: said})
    assert f'name="{name}" value="{said}"' in forward.content.decode()
    told(client, skill=welding.slug, shown=welding.slug, **{name: said})
    assert SkillLink.objects.get(concept__uri=WELDING).polarity == said


def test_what_is_not_needed_stands_apart_and_can_be_turned(client: Client, region: None) -> None:
    words = "Vi trenger ikke aluminiumssveising"
    quiet = client.post("/behov/meld/hort", {"words": words}).content.decode()
    [apart] = re.findall(r'<fieldset[^>]* id="quiet-chips".*?</fieldset>', quiet, re.DOTALL)
    assert "Ikke etterspurt, slik vi forstår deg" in apart and "<mark>aluminiumssveising</mark>" in apart
    [welding] = named_concepts([WELDING.rsplit("/", 1)[-1]], language="nb")
    assert "checked" not in apart and f'name="shown" value="{welding.slug}"' not in quiet
    # Left alone it is no verdict; ticked it is a need, whatever the words say.
    told(client, words=words)
    assert SkillLink.objects.get(concept__uri=WELDING).polarity == "not_needed"
    assert not LinkVerdict.objects.exists()
    turned = client.post("/behov/meld/hort", {"words": words, "skill": welding.slug}).content.decode()
    assert "Ikke etterspurt" not in turned and f'value="{welding.slug}" checked' in turned
    select = re.search(rf'name="says-{welding.slug}"[^>]*>(.*?)</select>', turned, re.DOTALL)
    assert select and re.findall(r'value="([^"]*)" selected', select[1]) == ["need"]


def test_a_select_that_says_nonsense_says_nothing(client: Client, region: None) -> None:
    [welding] = named_concepts([WELDING.rsplit("/", 1)[-1]], language="nb")
    told(client, skill=welding.slug, shown=welding.slug, **{f"says-{welding.slug}": "rubbish"})
    assert SkillLink.objects.get(concept__uri=WELDING).polarity == "need"


def test_a_tick_taken_away_stays_away_when_more_is_typed(client: Client, region: None) -> None:
    [welding] = named_concepts([WELDING.rsplit("/", 1)[-1]], language="nb")
    page = client.post("/behov/meld/hort", {"words": "Sveise aluminium", "shown": welding.slug}).content.decode()
    assert not re.search(r'name="skill" value="weld-aluminium"[^>]* checked', page)


@pytest.mark.slow
def test_members_words_and_names_stand_nowhere_in_public(client: Client, voice: Voice) -> None:
    for address in (
        "/",
        "/behov/",
        f"/behov/{voice.need.public_id}",
        "/behov/alle.csv",
        "/behov/alle.json",
        "/behov/venter",
    ):
        page = client.get(address).content.decode()
        assert "Hemmelig" not in page and "Hos oss må" not in page, address
    assert "Sveise aluminium" in client.get("/behov/").content.decode()


def test_words_for_members_are_not_found_by_a_search(client: Client, voice: Voice) -> None:
    assert client.get("/behov/alle.json?q=hos").json() == {"needs": []}
    assert len(client.get("/behov/alle.json?q=sveise").json()["needs"]) == 1


def test_the_coordinator_sees_words_and_name(client: Client, voice: Voice, coordinator: Person) -> None:
    client.force_login(coordinator)
    page = client.get(f"/behov/{voice.need.public_id}").content.decode()
    assert "Hemmelig Båt AS" in page and "Hos oss må" in page


def test_a_firm_that_hides_its_name_is_told_by_kind_place_and_size(client: Client, boat_builder: Organisation) -> None:
    voice = voice_need(said=Said(words="Truck", words_are_public=True), by=None, organisation=boat_builder)
    page = client.get(f"/behov/{voice.need.public_id}").content.decode()
    assert 'En båtbygger på Hvaler, <span class="nowrap">5–19</span> ansatte' in page


def test_a_held_need_is_in_no_list(client: Client, region: None) -> None:
    told(client, words="Ring 900 00 123 for kurs", words_are_public="on")
    stranger = Client()
    assert stranger.get("/behov/alle.json").json() == {"needs": []}
    assert stranger.get(f"/behov/{Need.objects.get().public_id}").status_code == 403
    assert client.get(f"/behov/{Need.objects.get().public_id}").status_code == 200


def test_opening_a_personal_link_changes_nothing_and_the_button_takes_it_into_use(voice: Voice) -> None:
    phone, address = Client(), f"/behov/lenke/{link_secret(voice)}"
    phone.get(address)
    assert phone.get(f"/behov/mitt/{voice.public_id}").status_code == 403
    assert phone.post(address).headers["Location"] == f"/behov/mitt/{voice.public_id}"
    assert phone.get(f"/behov/mitt/{voice.public_id}").status_code == 200


def test_a_wrong_link_is_not_found_and_the_page_says_that_it_is_not_whole(client: Client, voice: Voice) -> None:
    response = client.post("/behov/lenke/00000-00000-00000")
    assert response.status_code == 404 and "Lenken er ikke hel" in response.content.decode()


def test_one_tap_is_enough_where_the_device_is_known(client: Client, voice: Voice, workshop: Organisation) -> None:
    mine = voice_need(said=Said(words="Truck"), by=None, organisation=workshop)
    client.post(f"/behov/lenke/{link_secret(mine)}")
    client.post(f"/behov/{voice.need.public_id}/bli-med")
    assert list(voice.need.voices.values_list("organisation__name", flat=True)) == [
        "Hemmelig Båt AS",
        "Åpent Verksted AS",
    ]


def test_a_stranger_writes_one_field_and_is_marked_not_confirmed(client: Client, voice: Voice) -> None:
    address = f"/behov/{voice.need.public_id}/bli-med"
    assert "Andre ser det bare om du vil." in client.get(address).content.decode()
    assert client.post(address, {"organisation": ""}).status_code == 422
    client.post(address, {"organisation": "Ny Bedrift AS"})
    joined = voice.need.voices.exclude(pk=voice.pk).get()
    assert (joined.organisation and joined.organisation.name, joined.is_confirmed) == ("Ny Bedrift AS", False)


@pytest.mark.slow
def test_the_way_back_from_joining_takes_the_voice_away(client: Client, voice: Voice) -> None:
    page = client.post(
        f"/behov/{voice.need.public_id}/bli-med", {"organisation": "Ny AS"}, follow=True
    ).content.decode()
    undo = re.search(r'action="(/behov/mitt/\w+/trekk)"', page)
    assert undo
    client.post(undo.group(1))
    assert voice.need.voices.filter(withdrawn_at=None).count() == 1


@pytest.mark.slow
def test_many_forms_in_a_short_time_are_asked_to_wait_and_lose_nothing(
    client: Client, region: None, settings: Any
) -> None:
    settings.LIMITS_ARE_ON = True
    answers = [told(client, sending_key=f"key-{number}") for number in range(41)]
    assert [answer["status"] for answer in answers[-2:]] == [302, 429]
    assert "sveise aluminium" in answers[-1]["html"]


def test_a_long_text_is_refused_in_words_and_kept(client: Client, region: None) -> None:
    response = client.post("/behov/meld", {"step": "details", "words": "å" * 2001})
    assert response.status_code == 422 and "å" * 2001 in response.content.decode()


def test_filters_find_by_state_place_sector_and_skill(client: Client, voice: Voice, workshop: Organisation) -> None:
    voice_need(said=Said(words="Truck", words_are_public=True), by=None, organisation=workshop, horizon="later")

    def found(query: str) -> int:
        return len(client.get(f"/behov/alle.json?{query}").json()["needs"])

    assert [
        found(query)
        for query in ("", "nar=later", "kommune=3110", "sektor=business", "tilstand=met", "kompetanse=weld-aluminium")
    ] == [2, 1, 1, 2, 0, 1]


def test_the_export_never_starts_a_formula(client: Client, boat_builder: Organisation) -> None:
    voice_need(said=Said(words="=1+1", words_are_public=True), by=None, organisation=boat_builder)
    assert "'=1+1" in client.get("/behov/alle.csv").content.decode()


@pytest.mark.parametrize("address", ["/behov/", "/", "/behov/venter"])
@pytest.mark.slow
def test_a_list_asks_the_database_as_much_for_three_as_for_one(
    client: Client,
    region: None,
    workshop: Organisation,
    boat_builder: Organisation,
    django_assert_max_num_queries: Any,
    address: str,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    voice_need(said=Said(words="Sveise aluminium", words_are_public=True), by=None, organisation=workshop)
    one = queries()
    for words in ("Truckførerbevis", "Aluminiumssveising"):
        voice = voice_need(said=Said(words=words, words_are_public=True), by=None, organisation=workshop)
        join_need(need=voice.need, said=Said(), by=None, organisation=boat_builder)
    three = queries()
    assert (three, three <= 20) == (one, True)


def test_json_is_whole_and_says_who_answers(client: Client, boat_builder: Organisation) -> None:
    voice = voice_need(
        said=Said(words="Truckførerbevis", words_are_public=True, people=3), by=None, organisation=boat_builder
    )
    [row] = json.loads(client.get("/behov/alle.json").content)["needs"]
    assert (row["id"], row["words"], row["people"], row["municipalities"], row["answered_by"]) == (
        voice.need.public_id, "Truckførerbevis", 3, ["Hvaler"], "Kompetanseforum",
    )  # fmt: skip


def test_a_filter_that_is_on_stands_ticked_and_can_be_taken_off(client: Client, voice: Voice) -> None:
    page = client.get("/behov/?nar=now").content.decode()
    assert re.search(r'name="nar" value="now"[^>]* checked', page)
    assert re.search(r'<a[^>]*class="[^"]*active-filter[^"]*"[^>]*href="\?"', page) or 'href="?"' in page


def test_a_device_follows_a_need_without_an_account_and_may_stop(client: Client, boat_builder: Organisation) -> None:
    voice = voice_need(said=Said(words="Truckførerbevis", words_are_public=True), by=None, organisation=boat_builder)
    address = f"/behov/{voice.need.public_id}"
    client.post(f"{address}/folg")
    assert "Truckførerbevis" in client.get("/behov/mine").content.decode()
    assert Client().get("/behov/mine").content.decode().count("Truckførerbevis") == 0
    client.post(f"{address}/slutt-a-folge")
    assert "Truckførerbevis" not in client.get("/behov/mine").content.decode()


def test_the_same_form_sent_many_times_is_not_taken_for_many_alike(client: Client, region: None) -> None:
    for _time in range(7):
        told(client)
    assert Need.objects.get().held_reason == ""


@pytest.mark.slow
def test_five_forms_in_a_minute_from_one_place_are_held_from_the_fifth(client: Client, region: None) -> None:
    for number in range(5):
        told(client, sending_key=f"key-{number}")
    assert list(Need.objects.order_by("pk").values_list("held_reason", flat=True)) == ["", "", "", "", "same_place"]
