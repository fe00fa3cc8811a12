"""Catalogues and competence goals: understood in three languages, refused in plain words, never half stored."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from openpyxl import Workbook

from kompetanseforum.core.tables import CellError, TableError
from kompetanseforum.core.tables.cells import days, price, whole_number
from kompetanseforum.offers.imports import read_catalogue, udir_offers
from kompetanseforum.offers.imports.cells import outcomes
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent

pytestmark = pytest.mark.django_db

NB = "Kode;Tittel;Tilbyder;Læringsutbytte;Nivå;Kommune;Form;Uker;Timer i uka;Deltid;Start;Plasser;Pris\r\n"
ROW = "S1;Sveising på kveldstid;Glomma;sveise aluminium | lese tegninger;Fagbrev;Fredrikstad;Klasserom, kveld;5;12;ja;15.1.2027;12;4 900\r\n"
EXPECTED = Content(
    title="Sveising på kveldstid",
    provider="Glomma",
    level="trade",
    municipality="3107",
    delivery=("classroom", "evening"),
    weeks=5,
    hours_per_week=12,
    is_part_time=True,
    starts=(date(2027, 1, 15),),
    places_per_year=12,
    price_nok=4900,
    outcomes=(OutcomeContent("sveise aluminium"), OutcomeContent("lese tegninger")),
)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.alike
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_encoding_that_windows_writes(forum, encoding: str):
    read = read_catalogue((NB + ROW).encode(encoding), file_name="kurs.csv")
    assert ([one.content for one in read.offers], read.problems) == ([EXPECTED], [])


@pytest.mark.alike
@pytest.mark.parametrize(
    "headings",
    [
        "Kode;Tittel;Tilbyder;Plasser",
        "kurskode,NAMN,tilbydar,plassar i året",
        "Course ID\tName\tSchool\tPlaces (per year)",
    ],
)
def test_headings_in_three_languages(forum, headings: str):
    mark = next(mark for mark in ";,\t" if mark in headings)
    [brought] = read_catalogue(
        f"{headings}\n{mark.join(['A1', 'Sveis', 'Glomma', '12'])}\n".encode(), file_name="k.csv"
    ).offers
    assert (brought.source_id, brought.content) == ("A1", Content(title="Sveis", provider="Glomma", places_per_year=12))


def test_a_workbook_reads_like_a_csv(forum):
    content = workbook(
        ["Title", "Provider", "Start", "Weeks", "Part time", "Credits", "Learning outcomes"],
        ["Sveising", None, date(2027, 1, 15), 5.0, True, 7.5, "• sveise aluminium\n• lese tegninger"],
    )
    [brought] = read_catalogue(content, file_name="kurs.xlsx", provider="Glomma").offers
    assert brought.content == Content(
        title="Sveising", provider="Glomma", starts=(date(2027, 1, 15),), weeks=5, is_part_time=True, credits=Decimal("7.5"),
        outcomes=(OutcomeContent("sveise aluminium"), OutcomeContent("lese tegninger")),
    )  # fmt: skip


def test_each_error_tells_row_column_and_what_to_do(forum):
    bad = NB + ROW + "S2;;Glomma;;Doktorgrad;Atlantis;;fem;;kanskje;32.1.2027;;\r\n"
    read = read_catalogue(bad.encode(), file_name="kurs.csv")
    assert len(read.offers) == 1
    assert [(problem.where, problem.text) for problem in read.problems] == [
        ("Rad 3, kolonnen «Tittel»", "Her må det stå noe. Skriv det, eller ta bort raden."),
        ("Rad 3, kolonnen «Nivå»", "Vi kjenner ikke «Doktorgrad» her. Ordene som kan brukes, står der du velger fila."),
        ("Rad 3, kolonnen «Kommune»", "Ingen kommune heter «Atlantis». Skriv navnet eller de fire sifrene."),
        ("Rad 3, kolonnen «Uker»", "«fem» er ikke et helt tall. Skriv bare siffer, slik som 12."),
        ("Rad 3, kolonnen «Deltid»", "«kanskje» skal være ja eller nei."),
        ("Rad 3, kolonnen «Start»", "«32.1.2027» er ikke en dato. Skriv den som 2027-01-15 eller 15.1.2027."),
    ]


def test_errors_speak_the_readers_language(forum):
    read = read_catalogue(b"Tittel;Uker\nSveis;fem\n", file_name="kurs.csv")
    said = {}
    for language in ("nn", "en"):
        with translation.override(language):
            said[language] = f"{read.problems[0].where}: {read.problems[0].text}"
    assert said == {
        "nn": "Rad 2, kolonnen «Uker»: «fem» er ikkje eit heilt tal. Skriv berre siffer, slik som 12.",
        "en": "Row 2, column «Uker»: «fem» is not a whole number. Write figures alone, such as 12.",
    }


def test_a_row_is_told_by_where_it_begins_in_the_file(forum):
    read = read_catalogue(b'Tittel;Omtale;Uker\n"Sveis";"to\nlinjer";5\n\nTruck;;fem\n', file_name="kurs.csv")
    assert [problem.row for problem in read.problems] == [5]


def test_the_same_offer_twice_in_one_file_is_told(forum):
    read = read_catalogue(b"Tittel;Tilbyder\nSveis;Glomma\nsveis;GLOMMA\n", file_name="kurs.csv")
    assert (len(read.offers), [(p.row, p.code, p.detail) for p in read.problems]) == (1, [(3, "said_twice", "2")])


def test_without_an_id_the_title_and_provider_are_the_id(forum):
    first, second = (
        read_catalogue(f"Tittel;Tilbyder;Pris\nSveis;Glomma;{amount}\n".encode(), file_name="k.csv").offers[0].source_id
        for amount in (100, 200)
    )
    assert first == second


def test_headings_we_do_not_know_are_told(forum):
    assert read_catalogue(b"Tittel;Saksbehandler\nSveis;Kari\n", file_name="k.csv").unknown_headings == [
        "Saksbehandler"
    ]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (110 * 1024 * 1024))
    return file.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


HOSTILE = {
    "empty": (b"", "kurs.csv", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "kurs.csv", "empty"),
    "spaces": (b" \n\n ", "kurs.csv", "empty"),
    "headings only": (NB.encode(), "kurs.csv", "no_rows"),
    "no title": (b"Pris;Uker\n100;5\n", "kurs.csv", "no_column"),
    "title twice": (b"Tittel;Navn\nSveis;Sveis\n", "kurs.csv", "same_column_twice"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "kurs.csv", "not_text"),
    "bytes of no encoding": (b"Tittel;Pris\n\x81\x8d\x8f;5\n", "kurs.csv", "not_text"),
    "cut in a quote": (b'Tittel;Omtale\nSveis;"Ti kvelder i hal', "kurs.csv", "open_quote"),
    "cut in a row": (b"Tittel;Omtale;Pris\nSveis;fint;100\nTruck;fi", "kurs.csv", "cut_off"),
    "text named xlsx": (b"Tittel;Pris\nSveis;5\n", "kurs.xlsx", "not_xlsx"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kurs.xls", "old_excel"),
    "half a workbook": (half(workbook(["Tittel"], ["Sveis"])), "kurs.xlsx", "unreadable_xlsx"),
    "a zip that is no workbook": (b"PK\x03\x04 and then nothing", "kurs.xlsx", "unreadable_xlsx"),
    "a zip bomb": (bomb(), "kurs.xlsx", "unreadable_xlsx"),
    "too big": (b"Tittel\n" + b"x" * (10 * 1024 * 1024), "kurs.csv", "too_big"),
    "too many rows": (b"Tittel\n" + b"a\n" * 50_001, "kurs.csv", "too_many_rows"),
    "too many columns": (b"Tittel" + b";a" * 120 + b"\nb\n", "kurs.csv", "too_many_columns"),
}


@pytest.mark.alike
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.slow
def test_a_hostile_file_is_refused_in_plain_words(forum, name: str):
    content, file_name, code = HOSTILE[name]
    with pytest.raises(TableError) as refused:
        read_catalogue(content, file_name=file_name)
    assert refused.value.problem.code == code
    assert "%" not in refused.value.problem.text and refused.value.problem.text


def test_a_formula_from_our_own_export_comes_back_as_it_was(forum):
    [brought] = read_catalogue(b"Tittel\n'=1+1\n", file_name="k.csv").offers
    assert brought.content.title == "=1+1"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("written", "meant"),
    [("12", 12), ("4 900", 4900), ("4\u00a0900,-", 4900), ("4.900", 4900), ("kr 500", 500), ("12,0", 12)],
)
def test_numbers_as_people_write_them(written: str, meant: int):
    assert whole_number(10_000)(written) == meant


@pytest.mark.alike
@pytest.mark.parametrize("written", ["-5", "1e9", "5-10", "٣", "99999999999999"])
def test_what_is_no_number_is_told(written: str):
    with pytest.raises(CellError):
        whole_number(10_000)(written)


def test_free_is_a_price():
    assert (price("Gratis"), price("0")) == (0, 0)


def test_dates_as_people_write_them():
    assert days("15.1.2027, 2027-03-01 00:00:00 | 1/2/2027") == (date(2027, 1, 15), date(2027, 2, 1), date(2027, 3, 1))


def test_outcomes_lose_their_marks_and_doubles():
    found = outcomes("- sveise\n• lese\n3. måle\nsveise\n\n", language="nb")
    assert [one.text for one in found] == ["sveise", "lese", "måle"]


def test_the_command_stores_and_tells(region, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "kurs.csv"
    file.write_bytes((NB + ROW + "S2;;;;;;;;;;;;\r\n").encode("cp1252"))
    call_command("import_offers", str(file), source="Glomma")
    call_command("import_offers", str(file), source="GLOMMA")
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "1 new, 0 changed, 0 unchanged, 1 left out.",
        "0 new, 0 changed, 1 unchanged, 1 left out.",
    ]
    assert "Rad 3, kolonnen «Tittel»" in told.err
    assert [(offer.source, offer.source_id) for offer in Offer.objects.all()] == [("csv:Glomma", "S1")]


def test_the_command_refuses_in_words(region, tmp_path: Path):
    with pytest.raises(CommandError, match="Det finnes ingen fil"):
        call_command("import_offers", str(tmp_path / "borte.csv"), source="Glomma")


# Udir


def goal(code: str, text: str, *, plan: str = "LK20", areas: int = 1) -> dict[str, object]:
    area = {"utdanningsprogram": "BA", "utdanningsprogram_navn": "Bygg- og anleggsteknikk", "trinn": "vg2", "kode": "BAANL2----", "navn": "Anleggsteknikk"}  # fmt: skip
    return {
        "kode": code,
        "maal": text,
        "laereplanverk": plan,
        "programomraader": [area] * areas,
        "maalform_gjettet": "nb",
    }


def written(path: Path, *goals: object) -> Path:
    path.write_bytes(gzip.compress("\n".join(json.dumps(one) for one in goals).encode()))
    return path


def test_an_area_is_an_offer_and_its_goals_are_outcomes(tmp_path: Path):
    path = written(
        tmp_path / "g.jsonl.gz", goal("KM1", "grave  grøfter", areas=2), goal("K2", "sveise rør", plan="LK06")
    )
    [brought] = udir_offers(path)
    assert (brought.source_id, brought.content) == (
        "BAANL2----",
        Content(
            title="Anleggsteknikk, Vg2",
            kind="programme",
            description="Bygg- og anleggsteknikk",
            level="trade",
            nkr_level=4,
            outcomes=(
                OutcomeContent("grave grøfter", code="KM1", curriculum="LK20"),
                OutcomeContent("sveise rør", code="K2", curriculum="LK06", is_counted=False),
            ),
        ),
    )


API_GOAL = {
    "kode": "KM9999",
    "tittel": {
        "tekst": [{"spraak": "default", "verdi": "programmere CNC"}, {"spraak": "nob", "verdi": "programmere CNC"}]
    },
    "status": "https://data.udir.no/kl06/v201906/status/status_publisert",
    "grep-type": "http://psi.udir.no/ontologi/kl06/kompetansemaal_lk20",
    "tilhoerer-kompetansemaalsett": {"kode": "KV9999", "tittel": "Kompetansemål etter vg2"},
    "tilhoerer-laereplan": {"kode": "XXX99-01", "tittel": "Læreplan i industriteknologi"},
}


def test_a_goal_of_udirs_api_is_understood(tmp_path: Path):
    path = tmp_path / "goal.json"
    path.write_text(json.dumps(API_GOAL, indent=1))
    [brought] = udir_offers(path)
    assert (brought.source_id, brought.content.title, brought.content.outcomes) == (
        "KV9999",
        "Industriteknologi, Vg2",
        (OutcomeContent("programmere CNC", code="KM9999", curriculum="LK20"),),
    )


def test_a_goal_that_udir_has_taken_back_is_not_counted(tmp_path: Path):
    path = written(tmp_path / "g.gz", API_GOAL | {"status": "https://data.udir.no/kl06/v201906/status/status_utgaatt"})
    assert [one.is_counted for one in udir_offers(path)[0].content.outcomes] == [False]


@pytest.mark.alike
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ikke json",
        b"[]",
        b'{"kode": "K1"}',
        b"\x1f\x8b half",
        b"\xff\xfe",
        gzip.compress(b'{"kode": "K1"}', mtime=0)[:-9],
        b"[1, 2]",
        b'"x"',
    ],
)
def test_a_broken_file_of_goals_is_refused_in_words(tmp_path: Path, content: bytes):
    path = tmp_path / "g.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(TableError) as refused:
        udir_offers(path)
    assert refused.value.problem.text and "%" not in refused.value.problem.text
