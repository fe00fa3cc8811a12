"""How alike two needs are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.alike import asked, likeness
from kompetanse.alike.measuring import measure_pairs, read_pairs
from tests.kompetanse.one_linker import one_linker

_WORDS = st.sampled_from(
    [
        "vi",
        "trenger",
        "sveise",
        "aluminium",
        "kokker",
        "engelsk",
        "tegninger",
        "ledelse",
        "skift",
        "kurs",
        "i",
        "for",
        "på",
        "tysk",
    ]
)
_ASKED = st.builds(
    lambda words, skills: asked(" ".join(words), skills=skills, language="nb"),
    st.lists(_WORDS, max_size=8),
    st.dictionaries(st.sampled_from("abcd"), st.floats(0.1, 1), max_size=3),
)


@given(_ASKED, _ASKED)
def test_likeness_goes_both_ways_and_stays_between_none_and_all(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).score <= 1


def test_a_need_is_itself_and_what_shares_nothing_is_not():
    one = asked("Vi trenger folk som kan sveise aluminium", skills={"a": 0.9})
    assert likeness(one, one).score == 1
    assert likeness(one, asked("Kurs i turnusplanlegging", skills={"b": 0.9})).score == 0


def test_where_each_says_more_they_are_neighbours():
    german = asked("Salg og kundeservice på tysk", skills={"salg": 0.9, "kunde": 0.9, "tysk": 0.9})
    phone = asked("Salg og kundeservice på telefon", skills={"salg": 0.9, "kunde": 0.9})
    assert not likeness(german, phone).is_suggested


@pytest.mark.parametrize("half", ["seen", "unseen"])
@pytest.mark.slow
@pytest.mark.xdist_group("the whole vocabulary")
def test_nearly_every_suggestion_is_right(half: str):
    figures = measure_pairs(half, read_pairs(Path("tests/data/duplicates.tsv")), linker=one_linker())
    assert figures.precision >= 0.95
    assert figures.suggested >= 20
