"""What the register says of a unit, and what we keep of it."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kompetanse.brreg import BrregError, is_organisation_number, plain_number, read_unit, read_units, readable
from tests.kompetanse.brreg.making import as_csv, as_json, number, place, unit

FIXTURES = Path(__file__).parent / "fixtures"


def _fixture(name: str) -> dict:
    return json.loads((FIXTURES / f"brreg_{name}.json").read_text(encoding="utf-8"))


# Numbers


def test_the_last_digit_checks_the_others():
    assert is_organisation_number("923609016")
    for wrong in ("923609017", "932609016", "92360901", "9236090166", "92360901a", "٩٢٣٦٠٩٠١٦", ""):
        assert not is_organisation_number(wrong)


@given(some.integers(0, 9_999_999), some.integers(0, 8), some.integers(1, 9))
def test_one_wrong_digit_is_always_seen(serial: int, at: int, more: int):
    right = number(serial)
    wrong = right[:at] + str((int(right[at]) + more) % 10) + right[at + 1 :]
    assert is_organisation_number(right)
    assert not is_organisation_number(wrong)


def test_a_number_may_be_written_as_people_write_it():
    assert plain_number("NO 923 609 016 MVA") == plain_number("923.609.016") == "923609016"
    assert plain_number("923 609 017") == ""


# Units


def test_units_are_read_as_the_api_gives_them():
    big, small, sole = (read_unit(raw) for raw in _fixture("enheter_page")["_embedded"]["enheter"])
    assert (big.name, big.size, big.industry_code, big.municipality_code, big.sector) == (
        "Eksempel Mekanisk AS",
        "20-99",
        "25.620",
        "3107",
        "business",
    )
    assert (small.size, sole.size) == ("1-4", "")
    assert sole.is_sole_proprietor
    work = read_unit(_fixture("underenhet"))
    assert (work.is_place, work.parent, work.municipality_code) == (True, "999999901", "3107")


@pytest.mark.parametrize(
    ("employees", "flag", "size"),
    [
        (None, True, "1-4"),
        (None, False, ""),
        (0, False, ""),
        (5, True, "5-19"),
        (19, True, "5-19"),
        (20, True, "20-99"),
        (100, True, "100+"),
    ],
)
def test_one_to_four_are_told_by_the_flag_alone(employees: int | None, flag: bool, size: str):
    assert read_unit(unit(antallAnsatte=employees, harRegistrertAntallAnsatte=flag)).size == size


def test_a_sole_proprietors_name_never_comes_in():
    raw = unit(navn="NORDMANN SNEKKERI", organisasjonsform={"kode": "ENK"})
    assert "nordmann" not in repr(read_unit(raw)).lower()


def test_a_place_of_work_that_may_bear_a_persons_name_is_doubtful():
    assert read_unit(place(2, parent=number(1), navn="NORDMANN SNEKKERI")).is_name_doubtful
    assert not read_unit(place(2, parent=number(1), navn="NORDMANN SNEKKERI AS AVD MOSS")).is_name_doubtful


@pytest.mark.parametrize(
    ("fields", "sector"),
    [
        ({}, "business"),
        ({"naeringskode1": {"kode": "85.320"}, "institusjonellSektorkode": {"kode": "6500"}}, "education"),
        ({"naeringskode1": {"kode": "72.190"}}, "research"),
        ({"naeringskode1": {"kode": "94.200"}, "institusjonellSektorkode": {"kode": "7000"}}, "social_partner"),
        ({"organisasjonsform": {"kode": "KOMM"}}, "public"),
        ({"institusjonellSektorkode": {"kode": "6100"}, "naeringskode1": {"kode": "86.100"}}, "public"),
        ({"institusjonellSektorkode": {"kode": "7000"}, "naeringskode1": {"kode": "93.120"}}, "voluntary"),
        ({"naeringskode1": None, "institusjonellSektorkode": None}, "business"),
    ],
)
def test_the_sector_is_what_they_do_before_who_owns_them(fields: dict, sector: str):
    assert read_unit(unit(**fields)).sector == sector


def test_names_in_capitals_become_readable():
    assert readable("BÅTBYGGER'N OG SØNN AS AVD MOSS") == "Båtbygger'n og Sønn AS avd Moss"
    assert readable("Båtbygger'n") == "Båtbygger'n"


@pytest.mark.parametrize(
    "raw",
    [
        unit(organisasjonsnummer="12345"),
        unit(organisasjonsnummer=None),
        unit(organisasjonsform=None),
        unit(organisasjonsform="AS"),
        unit(antallAnsatte="mange"),
    ],
)
def test_a_register_that_changes_its_shape_is_seen(raw: dict):
    with pytest.raises(BrregError) as error:
        read_unit(raw)
    assert error.value.code == "changed_shape"


@pytest.mark.slow
@given(some.dictionaries(some.sampled_from([*unit(), "slettedato", "overordnetEnhet"]), some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=12),
    lambda inner: some.lists(inner, max_size=2) | some.dictionaries(some.sampled_from(["kode", "kommunenummer"]), inner),
)))  # fmt: skip
def test_nothing_the_register_may_say_is_worse_than_a_changed_shape(changed: dict):
    try:
        read_unit(unit() | changed)
    except BrregError as error:
        assert error.code == "changed_shape"


# Files


@pytest.mark.parametrize("is_packed", [True, False])
def test_json_and_csv_say_the_same(is_packed: bool):
    raws = [unit(1, navn="BÅT, «SØNN» & CO AS"), unit(2, antallAnsatte=None), place(3, parent=number(1))]
    units = [read_unit(raw) for raw in raws]
    assert list(read_units(io.BytesIO(as_json(raws, is_packed=is_packed)))) == units
    for delimiter in ",;":
        assert list(read_units(io.BytesIO(as_csv(raws, is_packed=is_packed, delimiter=delimiter)))) == units


def test_an_empty_register_is_a_register():
    assert list(read_units(io.BytesIO(b"[]"))) == []


@pytest.mark.parametrize("write", [as_json, as_csv])
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_file_that_stops_in_the_middle_says_so_and_loses_nothing_before(write, is_packed: bool):
    whole = write([unit(n) for n in range(300)], is_packed=is_packed)
    got = []
    with pytest.raises(BrregError) as error:
        got.extend(read_units(io.BytesIO(whole[: len(whole) * 2 // 3])))
    assert error.value.code in ("cut_off", "changed_shape")


@pytest.mark.parametrize("content", [b"<html>", b"", b"[1, 2]", b"\xff\xfe\x00", b"name;number\r\nA;1\r\n"])
def test_something_else_is_not_the_register(content: bytes):
    with pytest.raises(BrregError) as error:
        list(read_units(io.BytesIO(content)))
    assert error.value.code == "not_the_register"


@pytest.mark.slow
@pytest.mark.parametrize("start", [b'[{"navn": "', b"organisasjonsnummer,navn\n1,"])
def test_a_row_without_end_is_given_up(start: bytes):
    endless = gzip.compress(start + b"x" * 20_000_000)
    with pytest.raises(BrregError) as error:
        list(read_units(io.BytesIO(endless)))
    assert error.value.code == "broken_row"


@pytest.mark.slow
def test_a_large_file_takes_no_more_memory_than_a_small_one():
    def peak(many: int) -> int:
        file = io.BytesIO(as_json(unit(n) for n in range(many)))
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_units(file)) == many
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(6000) < 2 * peak(2000)
