"""The map as people meet it: ranked, cut, opened, downloaded, and never telling more than it may."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.vocabulary import read_vocabulary
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.needs.actions import answer_need, import_shortages
from kompetanseforum.skills.actions.relinking import ask_to_relink
from kompetanseforum.skills.jobs import relink_words
from kompetanseforum.skills.models import Broader, Concept, Label, OccupationSkill, SkillLink
from tests.gapmap.conftest import COOKING, TRUCK, WELDING, WELDING_SLUG, Speak, Teach

pytestmark = pytest.mark.django_db

SKILL = f"/udekket/{WELDING_SLUG}"


@pytest.fixture(autouse=True)
def _stand_still(noon: datetime) -> None:
    """A Monday before noon."""


def page(client: Client, address: str = "/udekket/") -> str:
    rebuild()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What stands on the page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(html: str) -> list[str]:
    table = html[html.index('<table class="fold">') : html.index("</table>")]
    return [words(row) for row in re.findall(r"<tr>.*?</tr>", table, re.S)[1:]]


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    rebuild()
    text = client.get(f"/udekket/alle.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_widest_gap_stands_first_with_its_doubts_and_one_action(client: Client, speak: Speak, teach: Teach) -> None:
    speak(kept=(WELDING,), people=20)
    speak("Vi må kjøre gaffeltruck", people=6)
    teach("sveise aluminium", places=12)
    assert rows(page(client)) == [
        "Sveise aluminium Få innspill 20 12 8 : Sveise aluminium +8 på en måned Vi trenger også dette : Sveise aluminium",
        "Kjøre gaffeltruck Ingen underviser, få innspill, stort sett koblet automatisk 6 0 6 : Kjøre gaffeltruck +6 på en måned "
        "Tilby dette : Kjøre gaffeltruck",
    ]


def test_while_all_words_are_heard_anew_the_numbers_say_that_they_may_be_off(client: Client, speak: Speak) -> None:
    speak()
    told = "Forumet hører alle ord på nytt akkurat nå"
    relinking = ask_to_relink(total=1, by=None, enqueue=lambda public_id: None)
    for address in ("/udekket/", SKILL):
        assert told in page(client, address)
    relink_words.func(relinking.public_id)
    for address in ("/udekket/", SKILL):
        assert told not in page(client, address)


def test_the_actions_lead_on_with_the_skill(client: Client, speak: Speak, teach: Teach) -> None:
    speak()
    assert f"{reverse('offers:register')}?skill={WELDING_SLUG}" in page(client)
    teach("sveise aluminium", places=3)
    assert f"{reverse('needs:voice')}?skill={WELDING_SLUG}" in page(client)


def test_what_is_being_tried_is_the_next_step(client: Client, speak: Speak, teach: Teach, person: Person) -> None:
    voice = speak(people=20)
    teach("sveise aluminium")
    answer_need(
        need=voice.need, by=person, words="Vi prøver", state="in_pilot", next_answer_on=clock.today(), owner=person
    )
    assert f"/behov/?tilstand=in_pilot&amp;kompetanse={WELDING_SLUG}" in page(client)


def test_change_is_since_a_month_ago(client: Client, speak: Speak, noon: datetime) -> None:
    with clock.at(noon - timedelta(days=60)):
        voice = speak(people=20)
    with clock.at(noon - timedelta(days=5)):
        speak("", need=voice.need, by="Båt To AS", people=3)
    [row] = rows(page(client))
    assert "23 : Sveise aluminium +3 på en måned" in row


def test_times_are_kept_apart(client: Client, speak: Speak) -> None:
    speak(people=5)
    speak("Vi må kjøre gaffeltruck", by="B", people=7, horizon="later")
    assert [row["people"] for row in exported(client)] == ["5"]
    assert [row["people"] for row in exported(client, "?nar=later")] == ["7"]
    assert [row["people"] for row in exported(client, "?nar=alle")] == ["7", "5"]


def test_filters_cut_the_table_and_stand_in_the_downloads(client: Client, speak: Speak) -> None:
    speak(people=5)
    speak("Vi må kjøre gaffeltruck", by="Kommunen", people=7, municipality="3103", sector="public")
    html = page(client, "/udekket/?kommune=3103")
    assert [row.split()[0] for row in rows(html)] == ["Kjøre"]
    assert "/udekket/alle.csv?kommune=3103" in html
    assert [row["label"] for row in exported(client, "?sektor=public")] == ["kjøre gaffeltruck"]


def test_an_address_that_makes_no_sense_shows_the_map(client: Client, speak: Speak) -> None:
    speak()
    assert rows(page(client, "/udekket/?nar=i-fjor&kommune=xx&sektor=xx&yrke=99&side=-3")) == rows(page(client))


@pytest.mark.slow
def test_what_only_one_side_has_is_listed(client: Client, speak: Speak, teach: Teach) -> None:
    speak()
    teach("lage kjøttkaker")
    said = words(page(client))
    assert "Etterspurt, men ingen underviser Sveise aluminium." in said
    assert "Det undervises i dette, men ingen spør etter det Lage kjøttkaker." in said
    assert [row["verdict"] for row in exported(client, "?vis=ingen-spor")] == ["taught_but_not_asked"]
    assert rows(page(client, "/udekket/?vis=ingen-spor"))[0].endswith("Vi trenger dette : Lage kjøttkaker")


def test_an_empty_forum_says_what_to_do(client: Client, region: object) -> None:
    assert "Ingen spør etter noe her ennå" in page(client)


def test_the_sentence_tells_sums_and_freshness(client: Client, speak: Speak) -> None:
    voice = speak()
    speak("", need=voice.need, by="Båt To AS")
    said = words(page(client))
    assert (
        "Personer det spørres etter nå, hele Østfold. 1 behov, 2 innspill. Se alle åpne behov . Oppdatert i dag klokka 11.30."
        in said
    )


# The municipalities


@pytest.mark.slow
def test_a_tile_tells_people_and_less_than_five_as_that(client: Client, speak: Speak) -> None:
    speak(people=14)
    speak(by="Liten AS", people=2, municipality="3110")
    tiles = dict(re.findall(r'tile-name">([^<]+)</span> <span class="tile-number">([^<]+)<', page(client)))
    assert (tiles["Fredrikstad"], tiles["Hvaler"], tiles["Aremark"]) == ("14", "&lt;5", "–")


def test_a_tile_opens_its_municipality_and_closes_it_again(client: Client, speak: Speak) -> None:
    speak()
    assert '<a class="tile" data-step="1" href="/udekket/?kommune=3107">' in page(client)
    assert 'href="/udekket/" aria-current="true"' in page(client, "/udekket/?kommune=3107")


def test_who_has_been_silent_is_asked(client: Client, speak: Speak, noon: datetime) -> None:
    with clock.at(noon - timedelta(days=100)):
        speak(municipality="3110")
    speak(by="Ny AS", municipality="3107")
    said = page(client)
    assert "har ingen sagt noe på 90 dager" in said and "Hvaler" in said.partition("har ingen sagt noe")[0][-300:]
    assert "mailto:?subject=" in said


@pytest.mark.slow
def test_a_cell_of_few_people_hides_its_number_everywhere(client: Client, speak: Speak) -> None:
    speak(people=3)
    cell = "?kommune=3107&sektor=business"
    [row] = rows(page(client, f"/udekket/{cell}"))
    assert "Færre enn fem personer &lt;5".replace("&lt;", "<") in row and "3" not in row
    assert {exported(client, cell)[0][name] for name in ("people", "confirmed", "unmet", "change_in_a_month")} == {"<5"}
    opened = words(page(client, SKILL + cell))
    assert "Færre enn fem personer." in opened and "3 personer" not in opened


@pytest.mark.parametrize("address", ["/udekket/finnes-ikke", "/udekket/fag-finnes-ikke"])
def test_what_there_is_none_of_is_not_found(client: Client, region: object, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/udekket/", "/udekket/alle.csv", "/udekket/alle.json", SKILL, f"/kompetanse/{WELDING_SLUG}"]
)
def test_a_hidden_firm_and_its_words_stand_nowhere(client: Client, speak: Speak, address: str) -> None:
    speak("Hos oss i bua må to sveise aluminium", by="Hemmelig Båt AS")
    html = page(client, address)
    assert "luminium" in html
    assert "Hemmelig" not in html and "Hos oss" not in html and "i bua" not in html


def test_a_coordinator_reads_members_words(coordinator_client: Client, speak: Speak) -> None:
    speak("Hos oss i bua må to sveise aluminium", by="Hemmelig Båt AS")
    html = words(page(coordinator_client, SKILL))
    assert "Hos oss i bua må to" in html and "Hemmelig Båt AS" in html


def test_a_skill_s_own_page_has_the_figures(client: Client, speak: Speak, teach: Teach) -> None:
    speak(people=20, horizon="later")
    teach("sveise aluminium", places=12)
    said = words(page(client, f"/kompetanse/{WELDING_SLUG}"))
    assert "Det spørres etter 20 personer , og det er 12 plasser i året." in said


# Groups


@pytest.mark.slow
def test_a_voice_counts_once_in_a_group_of_esco(client: Client, speak: Speak, teach: Teach) -> None:
    pillar, craft = (
        Concept.objects.create(uri=f"http://data.europa.eu/esco/skill/{name}", kind="skill_group", code=code)
        for name, code in (("pillar", "S"), ("craft", "S1"))
    )
    Label.objects.create(concept=craft, language="nb", role="label", origin="official", text="håndverk")
    Broader.objects.create(concept=craft, broader=pillar)
    for uri in (WELDING, TRUCK):
        Broader.objects.create(concept=Concept.objects.get(uri=uri), broader=craft)
    speak("Vi må sveise aluminium og kjøre gaffeltruck", people=20)
    teach("sveise aluminium", "kjøre gaffeltruck", places=12)
    assert rows(page(client, "/udekket/?etter=gruppe")) == [
        "Håndverk Få innspill, stort sett koblet automatisk 20 12 8 : Håndverk +8 på en måned Se kompetansene : Håndverk"
    ]
    said = words(page(client, "/udekket/craft"))
    assert "Det spørres etter 20 personer, 12 plasser i året. 8 er udekket." in said
    assert "Kjøre gaffeltruck 8 av 20 udekket" in said and "Sveise aluminium 8 av 20 udekket" in said


@pytest.mark.slow
def test_until_esco_is_here_skills_are_grouped_by_trade(client: Client, speak: Speak) -> None:
    entry = next(entry for entry in read_vocabulary().skills if entry.trade == "maritime")
    Concept.objects.filter(uri=WELDING).update(uri=entry.uri)
    speak(people=20)
    assert rows(page(client, "/udekket/?etter=gruppe"))[0].startswith("Båt og sjø")
    assert "Det spørres etter 20 personer" in words(page(client, "/udekket/fag-maritime"))


def test_a_device_follows_a_skill_without_an_account_and_may_stop(client: Client, speak: Speak) -> None:
    speak(people=3)
    client.post(f"{SKILL}/folg")
    mine = words(page(client, "/behov/mine"))
    assert "Sveise aluminium Det spørres etter 3 personer, 0 plasser i året. 3 er udekket." in mine
    assert "3 flere udekket enn for en måned siden." in mine
    assert "Sveise aluminium" not in words(page(Client(), "/behov/mine"))
    client.post(f"{SKILL}/slutt-a-folge")
    assert "Kompetanser du følger" not in words(page(client, "/behov/mine"))


def test_what_one_follows_opens_nothing(client: Client, speak: Speak) -> None:
    """A link held gives rights; a thing followed gives none."""
    speak(people=3)
    client.post(f"{SKILL}/folg")
    client.get("/udekket/")
    [link] = SkillLink.objects.all()
    assert client.post(f"/kompetanse/kobling/{link.public_id}/vurder", {"is_right": "1"}).status_code == 403


@pytest.mark.slow
def test_a_row_on_its_way_to_being_met_is_followed(client: Client, speak: Speak, teach: Teach) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        speak(people=30)
    teach("sveise aluminium", places=12)
    html = page(client)
    assert f'action="{SKILL}/folg"' in html and "Følg" in words(html)
    client.post(f"{SKILL}/folg")
    html = page(client)
    assert f'action="{SKILL}/folg"' not in html and "Se hvordan det går" in words(html)


# How much it asks of the database


@pytest.mark.slow
def test_nothing_changes_in_number_of_queries_with_more_rows(client: Client, speak: Speak, teach: Teach) -> None:
    speak()
    teach("sveise aluminium")
    one = {address: _queries(client, address) for address in ("/udekket/", SKILL, "/udekket/alle.csv")}
    speak("Vi må kjøre gaffeltruck", by="B")
    speak("Vi må lage kjøttkaker", by="C", municipality="3103")
    speak(by="D")
    teach("sveise aluminium", "lage kjøttkaker")
    three = {address: _queries(client, address) for address in one}
    assert three == one
    assert max(one.values()) <= 20


def _queries(client: Client, address: str) -> int:
    page(client, address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


# Statistics


def test_statistics_stand_beside_the_voices_and_are_not_added(client: Client, speak: Speak) -> None:
    speak(people=20)
    import_shortages(
        source="nav", county="ostfold", rows=[(2017, "2223", "Sykepleiere", 425), (2017, "7212", "Sveisere", 25)]
    )
    said = words(page(client))
    assert "NAV anslo i 2017 at Østfold manglet 425 sykepleiere av 450 i alt." in said
    assert "20 0 20" in said


def test_the_list_of_occupations_tells_what_is_essential_and_what_is_not_mapped(client: Client, speak: Speak) -> None:
    nurse = Concept.objects.create(
        uri="http://data.europa.eu/esco/occupation/nurse", kind="occupation", isco_group="2221"
    )
    welder = Concept.objects.create(
        uri="http://data.europa.eu/esco/occupation/welder", kind="occupation", isco_group="7212"
    )
    for occupation, uri in ((nurse, COOKING), (welder, COOKING), (welder, WELDING)):
        OccupationSkill.objects.create(
            occupation=occupation, skill=Concept.objects.get(uri=uri), is_essential=True, origin="official"
        )
    numbers = [("2223", "Sykepleiere", 425), ("7212", "Sveisere", 25), ("2224", "Vernepleiere", 10)]
    import_shortages(source="nav", county="ostfold", rows=[(2017, *row) for row in numbers])
    html = page(client, "/udekket/statistikk")
    assert rows(html) == [
        "Sykepleiere 2223 425 Lage kjøttkaker",
        "Sveisere 7212 25 Sveise aluminium , Lage kjøttkaker",
        "Vernepleiere 2224 10 Ikke koblet",
    ]
    assert "Lage kjøttkaker 2 av 2" in words(html) and "Sveise aluminium 1 av 2" in words(html)


def test_without_statistics_the_page_says_so(client: Client, region: object) -> None:
    assert "Ingen statistikk er hentet inn ennå." in page(client, "/udekket/statistikk")
