"""A survey's rows become voices: joined where somebody has said the same, closed by default, never doubled, undone whole."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import Workbook

from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.core.tables import TableError
from kompetanseforum.gapmap.models import DemandLine
from kompetanseforum.intake.models import Trace
from kompetanseforum.needs.actions import Said, answer_need, confirm_voice, join_need, voice_need, withdraw_voice
from kompetanseforum.needs.imports import read_survey
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import SkillLink
from tests.intake.conftest import Send

pytestmark = pytest.mark.django_db

SURVEY = (
    "Behov;Bedrift;Kommune;Antall;Når;Nivå;Form;Sektor;Ansatte\n"
    "Vi må sveise aluminium;Verftet;Fredrikstad;4;snart;Fagbrev;kveld, nett;privat;12\n"
    "Noen må kunne lese tegninger;Snekkeren;Moss;;;;;;\n"
)


def survey(text: str, speaker: str = "LO"):
    return read_survey(text.encode(), file_name="svar.csv", speaker=speaker)


def undo(client: Client, batch) -> dict[str, int]:
    client.post(f"/innhenting/{batch.public_id}/angre")
    batch.refresh_from_db()
    return {name: batch.counts[name] for name in ("gone", "stays")}


@pytest.mark.alike
@pytest.mark.parametrize(
    "headings", ["Behov;Bedrift;Antall personer", "Kva treng de?;Verksemd;Tal på personar", "Need;Company;How many"]
)
def test_headings_in_three_languages(forum, headings: str):
    [row] = survey(f"{headings}\nVi må sveise aluminium;Verftet;4\n").rows
    assert (row.words, row.organisation, row.people) == ("Vi må sveise aluminium", "Verftet", 4)


@pytest.mark.slow
def test_a_row_becomes_a_voice_with_all_it_says(send: Send):
    send(SURVEY, bring=True)
    voice = Voice.objects.get(organisation__name="Verftet")
    assert (voice.people, voice.place and voice.place.name, voice.forms, voice.language) == (
        4,
        "Fredrikstad",
        ["evening", "online"],
        "nb",
    )
    assert (voice.need.horizon, voice.need.level) == ("soon", "trade")
    firm = Organisation.objects.get(name="Verftet")
    assert (firm.sector, firm.size, firm.municipality and firm.municipality.name) == ("business", "5-19", "Fredrikstad")
    assert list(SkillLink.objects.values_list("subject_id", "concept__labels__text")) == [
        (voice.public_id, "sveise aluminium")
    ]


@pytest.mark.slow
def test_words_are_for_members_and_names_are_hidden(send: Send, client: Client):
    send(SURVEY, bring=True)
    voice = Voice.objects.get(organisation__name="Verftet")
    html = client.get(f"/behov/{voice.need.public_id}").content.decode()
    assert (voice.words_are_public, voice.name_is_public, voice.is_confirmed) == (False, False, False)
    assert "Vi må sveise" not in html and "Verftet" not in html and "svar.csv" not in html


def test_the_file_may_open_words_and_name(send: Send):
    send("Behov;Bedrift;Offentlig;Vis navn\nVi må sveise;Verftet;ja;ja\n", bring=True)
    assert Voice.objects.values_list("words_are_public", "name_is_public").get() == (True, True)


@pytest.mark.slow
def test_who_names_no_workplace_is_spoken_for_with_a_count(send: Send, page):
    send("Behov;Antall svar\nVi må sveise aluminium;40\n", name="Fagforbundet", bring=True)
    voice = Voice.objects.get()
    assert (voice.organisation, voice.spokesperson and voice.spokesperson.name, voice.sources) == (
        None,
        "Fagforbundet",
        40,
    )
    assert "40 sa det." in page(f"/behov/{voice.need.public_id}")


@pytest.mark.slow
def test_the_row_is_kept_as_evidence_for_those_who_answer(send: Send, page):
    send("Behov;Bedrift;Kommentar\nVi må sveise;Verftet;ringte to ganger\n", bring=True)
    html = page(f"/behov/{Need.objects.get().public_id}")
    assert "Slik sto det i svar.csv, rad 2" in html and "ringte to ganger" in html
    withdraw_voice(voice=Voice.objects.get(), by=None)
    assert Trace.objects.get().said == {}


def test_the_same_words_are_one_need_with_many_voices(send: Send):
    batch = send("Behov;Bedrift\nVi må sveise!;Verftet\nvi må  sveise;Skroget\n", bring=True)
    assert (batch.counts["new"], batch.counts["joined"]) == (1, 1)
    assert (Need.objects.count(), Need.objects.get().voices.count()) == (1, 2)


def test_a_row_joins_a_need_that_is_here_by_its_words_or_its_id(send: Send):
    need = voice_need(said=Said(words="Vi må sveise"), by=None).need
    send(f"Behov;Bedrift;Behov-id\nvi må sveise;Verftet;\nNoe annet;Skroget;{need.public_id}\n", bring=True)
    assert set(need.voices.values_list("organisation__name", flat=True)) == {None, "Skroget", "Verftet"}
    assert Need.objects.count() == 1


def test_a_need_that_is_not_here_is_told_by_row_and_column(forum):
    read = survey("Behov;Behov-id\nVi må sveise;7h3kaaaaaa\n")
    assert [(problem.where, problem.text) for problem in read.problems] == [
        (
            "Rad 2, kolonnen «Behov-id»",
            "Det er ingen åpen «7h3kaaaaaa» i forumet. La cellen stå tom, eller kopier id-en på nytt.",
        )
    ]


def test_one_voice_per_organisation_and_need(send: Send):
    firm = find_or_add_organisation(name="Verftet")
    voice_need(said=Said(words="Vi må sveise"), by=None, organisation=firm)
    batch = send("Behov;Bedrift\nVi må sveise;verftet\n", bring=True)
    assert (batch.counts["unchanged"], Voice.objects.count()) == (1, 1)


@pytest.mark.slow
def test_the_same_file_again_doubles_nothing(send: Send):
    send(SURVEY, bring=True)
    again = send(SURVEY, bring=True)
    assert (again.counts["unchanged"], Voice.objects.count(), Need.objects.count()) == (2, 2, 2)


def test_each_error_tells_row_column_and_what_to_do(forum):
    text = SURVEY + "Kurs;Firma;Atlantis;mange;i morgen;doktor;røyk;mafia;nesten ti\n;;;;;;;;\n;Firma;;;;;;;\n"
    read = survey(text)
    assert len(read.rows) == 2
    assert [(problem.row, problem.column, problem.code) for problem in read.problems] == [
        (4, "Kommune", "not_a_municipality"),
        (4, "Antall", "not_a_number"),
        (4, "Når", "not_a_choice"),
        (4, "Nivå", "not_a_choice"),
        (4, "Form", "not_a_choice"),
        (4, "Sektor", "not_a_choice"),
        (4, "Ansatte", "not_a_number"),
        (6, "Behov", "missing"),
    ]
    with translation.override("nn"):
        assert (
            read.problems[1].text == "«mange» er ikkje eit heilt tal. Skriv berre siffer, slik som 12."
            and read.problems[1].where == "Rad 4, kolonnen «Antall»"
        )


def test_a_workbook_reads_like_a_csv(forum):
    book = Workbook()
    for row in (["Behov", "Bedrift", "Antall"], ["=1+1 er ikke nok", "Verftet", 4.0]):
        book.active.append(row)
    book.active["A2"].data_type = "s"
    file = io.BytesIO()
    book.save(file)
    [row] = read_survey(file.getvalue(), file_name="svar.xlsx", speaker="LO").rows
    assert (row.words, row.people) == ("=1+1 er ikke nok", 4)


def test_without_a_column_of_words_the_file_will_not_do(forum):
    with pytest.raises(TableError) as refused:
        survey("Pris;Uker\n100;5\n")
    assert refused.value.problem.text == "Ingen kolonne er «Behov». Første rad må være overskrifter."


def test_words_with_a_phone_number_are_held_for_a_look(send: Send):
    send("Behov\nRing meg på 91 23 45 67\n", bring=True)
    assert Need.objects.get().held_reason == "phone_number"


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_comes_in_is_counted_and_what_is_undone_is_not(send: Send, coordinator_client: Client):
    batch = send(SURVEY, bring=True)
    assert DemandLine.objects.filter(until=None).count() == 1
    assert undo(coordinator_client, batch) == {"gone": 2, "stays": 0}
    assert (Need.objects.count(), SkillLink.objects.count(), Trace.objects.count()) == (0, 0, 0)
    assert DemandLine.objects.filter(until=None).count() == 0


@pytest.mark.slow
def test_what_is_undone_can_be_brought_in_again(send: Send, coordinator_client: Client):
    undo(coordinator_client, send(SURVEY, bring=True))
    assert send(SURVEY, bring=True).counts["new"] == 2


@pytest.mark.slow
def test_undoing_leaves_what_somebody_has_built_on(send: Send, coordinator_client: Client, page, person):
    batch = send("Behov;Bedrift\nsveise;A\nlese;B\nmåle;C\nlime;D\n", bring=True)
    of = {voice.words: voice for voice in Voice.objects.select_related("need")}
    with clock.at(clock.now() + timedelta(hours=1)):
        answer_need(
            need=of["sveise"].need, by=person, words="Ja", state="answered", next_answer_on=clock.today(), owner=person
        )
        join_need(need=of["lese"].need, said=Said(), by=None, organisation=find_or_add_organisation(name="E"))
        confirm_voice(voice=of["måle"], by=ref(person))
    html = page(f"/innhenting/{batch.public_id}")
    assert "3 blir stående" in html and "«sveise»" in html
    assert undo(coordinator_client, batch) == {"gone": 1, "stays": 3}
    assert set(Voice.objects.values_list("words", flat=True)) == {"sveise", "lese", "måle", ""}
    assert undo(coordinator_client, batch) == {"gone": 1, "stays": 3}


@pytest.mark.slow
def test_undoing_takes_a_joined_voice_from_a_need_that_stays(send: Send, coordinator_client: Client):
    need = voice_need(said=Said(words="Vi må sveise"), by=None).need
    batch = send("Behov;Bedrift\nvi må sveise;Verftet\n", bring=True)
    assert undo(coordinator_client, batch) == {"gone": 1, "stays": 0}
    assert (Need.objects.get(), need.voices.count()) == (need, 1)
