"""Municipalities, occupation groups and industries."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kompetanseforum.codes.actions import MunicipalityRow, load_builtin_municipalities, store_municipalities
from kompetanseforum.codes.imports import CodeFileError, ImportedCodes, import_codes
from kompetanseforum.codes.models import Industry, Municipality, OccupationGroup
from kompetanseforum.codes.queries import industry_name, major_groups, municipalities, occupation_group_name

pytestmark = pytest.mark.django_db

MUNICIPALITIES = "kommunenummer,kommunenavn,fylkesnummer,fylkesnavn\n"
CODES = "code,level,parentCode,name,shortName,notes\n"


def test_oestfold_has_its_twelve_by_name():
    load_builtin_municipalities()
    assert [(place.code, place.name, place.preposition) for place in municipalities(county_code="31")] == [
        ("3124", "Aremark", "i"),
        ("3107", "Fredrikstad", "i"),
        ("3101", "Halden", "i"),
        ("3110", "Hvaler", "på"),
        ("3118", "Indre Østfold", "i"),
        ("3122", "Marker", "i"),
        ("3103", "Moss", "i"),
        ("3120", "Rakkestad", "i"),
        ("3112", "Råde", "i"),
        ("3105", "Sarpsborg", "i"),
        ("3116", "Skiptvet", "i"),
        ("3114", "Våler", "i"),
    ]


def test_loading_again_changes_no_row():
    load_builtin_municipalities()
    before = list(Municipality.objects.order_by("pk").values_list())
    load_builtin_municipalities()
    assert list(Municipality.objects.order_by("pk").values_list()) == before


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_saw_another_does_not(turn: int):
    assert municipalities(county_code="03") == ()
    store_municipalities([MunicipalityRow("0301", "Oslo", "03", "Oslo")])
    assert [place.pk for place in municipalities(county_code="03")] == [Municipality.objects.get(code="0301").pk]


def test_an_import_brings_other_counties_and_new_names(tmp_path: Path):
    load_builtin_municipalities()
    file = tmp_path / "kommuner.csv"
    file.write_text(f"\ufeff{MUNICIPALITIES}3101,Halden kommune,31,Østfold\n4627,Askøy,46,Vestland\n")
    assert import_codes(file) == ImportedCodes("municipalities", 2)
    assert [(place.name, place.preposition) for place in municipalities(county_code="46")] == [("Askøy", "på")]
    assert Municipality.objects.get(code="3101").name == "Halden kommune"
    assert len(municipalities(county_code="31")) == 12


def test_styrk_and_sn2007_are_told_apart_by_their_codes(tmp_path: Path):
    (tmp_path / "styrk.csv").write_text(
        f"{CODES}2,1,,Akademiske yrker,,\n22,2,2,Medisinske yrker,,\n2223,4,22,Sykepleiere,,\n"
    )
    (tmp_path / "sn.csv.gz").write_bytes(
        gzip.compress(f'{CODES}C,1,,Industri,,"To\nlinjer"\n30.1,3,C,Skip,,\n'.encode())
    )
    assert import_codes(tmp_path / "styrk.csv") == ImportedCodes("occupation_groups", 3)
    assert import_codes(tmp_path / "sn.csv.gz") == ImportedCodes("industries", 2)
    assert occupation_group_name("2223") == "Sykepleiere"
    assert industry_name("30.1") == "Skip"


def test_a_new_edition_takes_the_place_of_the_old(tmp_path: Path):
    file = tmp_path / "styrk.csv"
    file.write_text(f"{CODES}1,1,,Ledere,,\n2,1,,Akademikere,,\n")
    import_codes(file)
    file.write_text(f"{CODES}2,1,,Akademiske yrker,,\n")
    import_codes(file)
    assert list(OccupationGroup.objects.values_list("code", "name")) == [("2", "Akademiske yrker")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b\n1,2\n", "unknown_columns"),
        (f"{CODES}1,1,,Ledere,,\n2,1,,Aka".encode(), "cut_off"),
        (f'{CODES}1,1,,"Ledere'.encode(), "cut_off"),
        (CODES.encode(), "cut_off"),
        (f"{CODES}1,1,,Håndverk,,\n".encode("latin-1"), "wrong_encoding"),
        (f"{MUNICIPALITIES}31,Halden,31,Østfold\n".encode(), "wrong_code"),
        (f"{CODES}A,1,,Jordbruk,,\n30.1.2,3,A,Skip,,\n".encode(), "wrong_code"),
    ],
)
def test_a_broken_file_changes_nothing(tmp_path: Path, content: bytes, code: str):
    load_builtin_municipalities()
    file = tmp_path / "codes.csv"
    file.write_bytes(content)
    with pytest.raises(CodeFileError) as caught:
        import_codes(file)
    assert caught.value.code == code
    assert (Municipality.objects.count(), OccupationGroup.objects.count(), Industry.objects.count()) == (12, 0, 0)


def test_half_a_gzipped_file(tmp_path: Path):
    file = tmp_path / "codes.csv.gz"
    file.write_bytes(gzip.compress((CODES + "1,1,,Ledere,,\n" * 500).encode())[:60])
    with pytest.raises(CodeFileError) as caught:
        import_codes(file)
    assert caught.value.code == "cut_off"


def test_the_command_tells_in_the_readers_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "kommuner.csv"
    file.write_text(f"{MUNICIPALITIES}4627,Askøy,46,Vestland\n")
    with translation.override("nb"):
        call_command("import_codes", str(file))
        assert capsys.readouterr().out == "kommuner.csv: 1 kommuner er på plass.\n"
        file.write_text("a,b\n1,2\n")
        with pytest.raises(CommandError, match="Kolonnene hører verken til kommuner, STYRK-08 eller SN2007: a, b"):
            call_command("import_codes", str(file))


def test_major_groups_have_everyday_words_in_three_languages():
    words = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            words[language] = dict(major_groups())
            assert occupation_group_name("7") == words[language]["7"]
    assert [texts["7"] for texts in words.values()] == ["Håndverk og bygg", "Handverk og bygg", "Crafts and building"]
    assert list(words["nb"]) == [str(digit) for digit in range(10)]


@pytest.mark.real_data
def test_the_real_files_come_in(real_data: Path):
    folder = real_data / "04_codes"
    assert [import_codes(folder / name) for name in ("kommuner_2024.csv", "styrk08.csv.gz", "sn2007.csv.gz")] == [
        ImportedCodes("municipalities", 357),
        ImportedCodes("occupation_groups", 582),
        ImportedCodes("industries", 1808),
    ]
    assert len(municipalities(county_code="31")) == 12
    assert occupation_group_name("2223") == "Sykepleiere"
