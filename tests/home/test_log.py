"""The log: every kind of fact has words, coordinators find what they look for, and nobody erased is named."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.actions.leaving import erase_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import fact_name, kinds, publish, told
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.facts import RoleGiven
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, answer_need, voice_need
from kompetanseforum.needs.facts import NeedHeld
from kompetanseforum.needs.models import State, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.skills.facts import LinksRenewed

LOG = "/skrivebord/logg"


@pytest.mark.parametrize("name", kinds())
def test_no_kind_of_fact_lacks_a_sentence(name: str):
    kind = kinds()[name]
    assert set(kind.details) <= {field.name for field in fields(kind)}
    for language in ("nb", "nn"):
        with translation.override(language):
            assert kind.says and str(kind.says) != str(kind.says)[:1], name
    with translation.override("en"):
        english = str(kind.says)
    with translation.override("nb"):
        assert str(kind.says) != english


def test_a_kind_that_is_gone_from_the_code_is_still_told():
    assert told(FactRow(name="moons.MoonFound", content={})) == "moons.MoonFound"


@pytest.fixture
def voice(forum: Forum, noon: datetime) -> Voice:
    return voice_need(
        said=Said(words="Vi mangler folk som kan sveise"), by=None, organisation=add_organisation(name="Verftet AS")
    )


def _rows(client: Client, query: str = "") -> list[tuple[str, ...]]:
    """The table, cell by cell, as it is read."""
    text = client.get(f"{LOG}{query}").content.decode()
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    return [tuple(" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in row) for row in cells if row]


@pytest.mark.slow
def test_it_says_who_did_what_and_when(voice: Voice, person: Person, coordinator_client: Client):
    ola = add_person(name="Ola Vik")
    with clock.at(clock.now() + timedelta(hours=1)):
        answer_need(
            need=voice.need, by=person, owner=person, words="Prøv.", state=State.IN_PILOT, next_answer_on=clock.today()
        )
        publish(RoleGiven(person=ref(ola), role="guest"), by=ref(person), about=ref(ola))
    assert [row for row in _rows(coordinator_client) if "Koordinator" not in row[0]] == [
        ("Ga noen en rolle: Gjest", "Kari Lunde", "23. november 12:30", "Alt om Ola Vik"),
        ("Svarte på et behov: Prøves", "Kari Lunde", "23. november 12:30", "Alt om dette: Svarte på et behov: Prøves"),
        ("Meldte et behov", "Den som har lenken", "23. november 11:30", "Alt om dette: Meldte et behov"),
    ]


@pytest.mark.slow
def test_nobodys_words_stand_in_it(person: Person, voice: Voice, coordinator_client: Client):
    pages = [coordinator_client.get(path).content.decode() for path in (LOG, f"{LOG}?ting=need:{voice.need.public_id}")]
    files = coordinator_client.get(f"{LOG}.csv").content.decode()
    for text in (*pages, files):
        assert voice.need.public_id in text
        assert [word for word in ("sveise", "Verftet") if word in text] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Slettet person"), ("nn", "Sletta person"), ("en", "Erased person")]
)
def test_whoever_is_erased_stands_without_a_name(language: str, words: str, voice: Voice, coordinator_client: Client):
    gone = add_person(name="Liv Borte")
    publish(NeedHeld(need=ref(voice.need)), by=ref(gone), about=ref(voice.need))
    before = coordinator_client.get(LOG).content.decode()
    gone.delete()
    coordinator_client.cookies["forum_language"] = language
    after = [coordinator_client.get(path).content.decode() for path in (LOG, f"{LOG}.csv")]
    assert ("Liv Borte" in before, words in before) == (True, False)
    assert [("Liv Borte" in text, words in text) for text in after] == [(False, True)] * 2


@pytest.mark.slow
def test_one_who_erased_themselves_is_told_as_erased_and_not_as_nobody(voice: Voice, coordinator_client: Client):
    gone = add_person(name="Liv Borte", email="liv@borte.no")
    publish(NeedHeld(need=ref(voice.need)), by=ref(gone), about=ref(voice.need))
    erase_person(person=gone, withdraws_voices=False)
    did = [row[:2] for row in _rows(coordinator_client, "?hva=needs.NeedHeld")]
    assert did == [("Holdt et behov igjen til noen har sett på det", "Slettet person")]
    assert gone.public_id not in str(list(FactRow.objects.values_list()))


@pytest.mark.slow
def test_one_finds_by_person_kind_thing_and_day(voice: Voice, person: Person, coordinator_client: Client):
    need = ref(voice.need)
    with clock.at(clock.now() + timedelta(days=2)):
        publish(NeedHeld(need=need), by=ref(person), about=need)
        publish(
            NeedHeld(need=Ref("need", "other00000")),
            by=ref(add_person(name="Ola Vik")),
            about=Ref("need", "other00000"),
        )
    found = {
        query: [row[0] for row in _rows(coordinator_client, query)]
        for query in (
            "?hvem=lunde",
            f"?hvem={ref(person)}",
            "?hvem=ingen+slik",
            "?hva=needs.NeedVoiced",
            f"?ting={need}",
            "?fra=2026-11-24&hva=needs.NeedHeld",
            "?til=2026-11-24&hva=needs.NeedVoiced",
            "?fra=2026-11-25&til=2026-11-25&hvem=ola",
        )
    }
    held, voiced = "Holdt et behov igjen til noen har sett på det", "Meldte et behov"
    assert list(found.values()) == [[held], [held], [], [voiced], [held, voiced], [held, held], [voiced], [held]]


def test_a_day_that_is_none_is_told_and_the_rest_still_stands(voice: Voice, coordinator_client: Client):
    answer = coordinator_client.get(f"{LOG}?fra=i+g%C3%A5r&hva=moons.MoonFound")
    assert (answer.status_code, "Velg en dag, eller skriv den som 2026-11-23" in answer.content.decode()) == (422, True)
    backwards = coordinator_client.get(f"{LOG}?fra=2026-11-24&til=2026-11-23")
    assert (backwards.status_code, "Det slutter før det begynner" in backwards.content.decode()) == (422, True)


@pytest.mark.slow
def test_it_is_cut_in_pages_and_the_file_is_whole(voice: Voice, coordinator_client: Client):
    need = ref(voice.need)
    for _number in range(60):
        publish(NeedHeld(need=need), by=None, about=need)
    everything = FactRow.objects.count()
    shown = [len(_rows(coordinator_client, query)) for query in ("", "?side=2", "?side=3", "?side=x")]
    assert shown == [50, everything - 50, 0, 50]
    file = coordinator_client.get(f"{LOG}.csv?hva=needs.NeedHeld")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert (len(rows), rows[0]["about"], rows[0]["fact"], rows[0]["at"]) == (
        60, str(need), "needs.NeedHeld", "2026-11-23T10:30:00+00:00",
    )  # fmt: skip


@pytest.mark.slow
def test_what_the_forum_does_to_many_things_at_once_stands_on_one_line_that_opens(
    voice: Voice, person: Person, coordinator_client: Client
):
    for number in range(67):
        whole = Ref("need", f"need{number:06}")
        with clock.at(clock.now() + timedelta(minutes=5, milliseconds=number)):
            publish(LinksRenewed(whole=whole), by=None, about=whole)
    with clock.at(clock.now() + timedelta(minutes=7)):
        publish(LinksRenewed(whole=ref(voice.need)), by=None, about=ref(voice.need))
        publish(LinksRenewed(whole=ref(voice.need)), by=ref(person), about=ref(voice.need))
    heard = "?hva=skills.LinksRenewed"
    assert [row[1:] for row in _rows(coordinator_client, heard)] == [
        ("Kari Lunde", "23. november 11:37", "Alt om dette: Hørte ordene på nytt"),
        ("Ingen innlogget", "23. november 11:37", "Alt om dette: Hørte ordene på nytt"),
        ("Ingen innlogget", "23. november 11:35", "Se alle 67: Hørte ordene på nytt"),
    ]
    assert "Meldte et behov" in [row[0] for row in _rows(coordinator_client)]
    page = unescape(coordinator_client.get(LOG).content.decode())
    [opens] = re.findall(r'href="(\?hva=skills\.LinksRenewed&minutt=[^"]+)"', page)
    assert [len(_rows(coordinator_client, opens + side)) for side in ("", "&side=2")] == [50, 17]
    assert "23. november 11:35" in coordinator_client.get(LOG + opens).content.decode()
    # About one thing, and in the file, every line stands.
    assert len(_rows(coordinator_client, "?ting=need:need000003")) == 1
    assert coordinator_client.get(f"{LOG}.csv{heard}").content.decode().count("skills.LinksRenewed") == 69
    assert len(_rows(coordinator_client, "?minutt=i+g%C3%A5r")) == len(_rows(coordinator_client))


@pytest.mark.slow
def test_the_log_asks_the_database_as_much_for_three_as_for_one(voice: Voice, coordinator_client: Client):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            coordinator_client.get(LOG)
        return len(queries)

    asked()
    one = asked()
    for name in ("Ola Vik", "Liv Moe", "Per Dal"):
        publish(NeedHeld(need=ref(voice.need)), by=ref(add_person(name=name)), about=ref(voice.need))
    assert asked() == one


def test_every_kind_is_named_by_its_folder():
    assert all(fact_name(kind) == name for name, kind in kinds().items())
