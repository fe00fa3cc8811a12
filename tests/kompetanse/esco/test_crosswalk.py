"""STYRK is not ISCO: each difference is a fact that statistics depend on."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from kompetanse.esco import is_isco, is_styrk, isco_to_styrk, styrk_to_isco
from kompetanse.esco.crosswalk import IN_BOTH, ONLY_ISCO, ONLY_STYRK


def test_403_of_407_styrk_codes_are_those_of_isco():
    assert (len(IN_BOTH), len(ONLY_STYRK), len(ONLY_ISCO)) == (403, 4, 33)
    assert not IN_BOTH & ONLY_STYRK
    assert not IN_BOTH & ONLY_ISCO


def test_an_ordinary_code_is_the_same_both_ways():
    assert isco_to_styrk("7212") == ("7212",)
    assert styrk_to_isco("7212") == ("7212",)


def test_nurses_in_isco_are_nurses_and_specialist_nurses_in_styrk():
    assert isco_to_styrk("2221") == ("2223", "2221")


def test_nurses_and_specialist_nurses_in_styrk_are_nurses_in_isco():
    assert styrk_to_isco("2223") == ("2221",)
    assert styrk_to_isco("2221") == ("2221",)


@pytest.mark.parametrize("code", ["2224", "3439", "0000"])
def test_what_only_norway_has_is_not_mapped(code: str):
    assert is_styrk(code)
    assert not is_isco(code)
    assert styrk_to_isco(code) == ()


@pytest.mark.parametrize("code", sorted(ONLY_ISCO))
def test_isco_groups_without_a_styrk_group_are_not_mapped(code: str):
    assert is_isco(code)
    assert not is_styrk(code)
    assert isco_to_styrk(code) == ()


def test_there_and_back_ends_where_it_began_or_nowhere():
    for code in IN_BOTH | ONLY_STYRK:
        back = {there for isco in styrk_to_isco(code) for there in isco_to_styrk(isco)}
        assert not back or code in back


@pytest.mark.parametrize("code", ["2223", "3439", "0000", "99", "", "abcd"])
def test_what_is_no_isco_group_is_an_error(code: str):
    with pytest.raises(ValueError, match="not an ISCO-08 unit group"):
        isco_to_styrk(code)


@pytest.mark.parametrize("code", ["5412", "3221", "1", "", "abcd"])
def test_what_is_no_styrk_group_is_an_error(code: str):
    with pytest.raises(ValueError, match="not a STYRK-08 unit group"):
        styrk_to_isco(code)


@pytest.mark.real_data
def test_the_sets_are_those_of_statistics_norway_and_of_esco(real_data: Path):
    with gzip.open(real_data / "04_codes/styrk08.csv.gz", "rt", encoding="utf-8-sig") as file:
        styrk = {row["code"] for row in csv.DictReader(file) if len(row["code"]) == 4}
    with gzip.open(real_data / "01_esco/v1.1.1_en/ISCOGroups_en.csv.gz", "rt", encoding="utf-8-sig") as file:
        isco = {row["code"] for row in csv.DictReader(file) if len(row["code"]) == 4}
    assert styrk == IN_BOTH | ONLY_STYRK
    assert isco == IN_BOTH | ONLY_ISCO
