"""Minutes to proposed needs: exact sentences, the words that made them needs, and whose they are."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.linking import Linker
from kompetanse.minutes import Entry, Register, judge, read_minutes, split_sentences
from kompetanse.minutes.measuring import measure, read_labelled
from tests.kompetanse.one_linker import one_linker

# Hearing by all of the vocabulary takes seconds to get ready: once, in one process.
pytestmark = pytest.mark.xdist_group("the whole vocabulary")

SETS = Path("tests/data/minutes")
REGISTER = Register(
    [
        Entry("b", "Borgskilt Profil AS"),
        Entry("g", "Glomma Laks AS"),
        Entry("v", "Glomma videregående"),
        Entry("d", "De Fire AS"),
    ]
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return one_linker()


def words(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def test_a_line_that_the_page_broke_is_one_sentence():
    broken = "Borgskilt Profil AS mangler to som kan sveise aluminium, helst med\nsertifikat. De har søkt lenge."
    assert words(broken) == [
        "Borgskilt Profil AS mangler to som kan sveise aluminium, helst med sertifikat.",
        "De har søkt lenge.",
    ]


def test_abbreviations_and_dates_end_no_sentence():
    assert words("Møtet var 14. januar, jf. Meld. St. 14 om f.eks. fag. Neste er kl. 9.") == [
        "Møtet var 14. januar, jf. Meld. St. 14 om f.eks. fag.",
        "Neste er kl. 9.",
    ]
    assert words("Vi mangler førerkort klasse D. Glomma Laks søker. Kari M. Moen kom.") == [
        "Vi mangler førerkort klasse D.",
        "Glomma Laks søker.",
        "Kari M. Moen kom.",
    ]


def test_bullets_are_left_out_and_headings_told():
    found = split_sentences("Behov:\n- sveisere\n2) kokker\n")
    assert [(one.text, one.is_item, one.is_heading) for one in found] == [
        ("Behov:", False, True),
        ("sveisere", True, False),
        ("kokker", True, False),
    ]


@given(st.text(alphabet="abc ÆØÅ.!?:\n\r\t-•1234567890»", max_size=400))
def test_every_sentence_stands_where_it_says(text: str):
    found = split_sentences(text)
    assert all(
        len(one.text) == one.end - one.start and one.text.split() == text[one.start : one.end].split() for one in found
    )
    assert all(one.end <= other.start for one, other in pairwise(found))
    kept = "".join(text[one.start : one.end] for one in found)
    # Nothing but white space, bullets and list numbers is left out.
    assert [letter for letter in kept if letter in "abcÆØÅ»"] == [letter for letter in text if letter in "abcÆØÅ»"]


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("Det ble bestemt at kurset i turnusplanlegging avlyses.", "decision"),
        ("Takk for kurset i førstehjelp, vi trengte det.", "thanks"),
        ("Fagskolen tilbyr kurs i sveising for dem som mangler fagbrev.", "offer"),
        ("I 2019 manglet vi sveisere, men det løste seg.", "history"),
        ("Neste møte handler om mangel på kokker.", "plan"),
        ("Vi trenger ikke flere sjåfører.", "have"),
    ],
)
def test_what_only_sounds_like_a_need_is_told_for_what_it_is(sentence: str, instead: str):
    judged = judge(sentence)
    assert (judged.is_need, judged.instead) == (False, instead)


def test_the_words_that_made_it_a_need_are_given():
    sentence = "Vi mangler folk som kan sveise."
    judged = judge(sentence)
    assert judged.is_need
    assert [sentence[cause.start : cause.end] for cause in judged.causes] == ["mangler"]


def test_an_organisation_is_known_by_a_short_form_that_is_its_alone():
    assert [(one.key, one.is_whole) for one in REGISTER.named_in("Borgskilt og Glomma Laks kom.")] == [
        ("b", False),
        ("g", True),
    ]
    assert REGISTER.named_in("Glomma kom, og borgskilt også.") == []


@pytest.mark.slow
def test_they_are_those_of_the_sentence_before(linker: Linker):
    text = "Borgskilt Profil holder til i Sarpsborg. De mangler folk som kan sveise aluminium."
    [proposal] = read_minutes(text, linker=linker, register=REGISTER).proposals
    assert (proposal.organisation and proposal.organisation.key, proposal.is_carried) == ("b", True)
    assert text[proposal.span.start : proposal.span.end] == "De mangler folk som kan sveise aluminium."


@pytest.mark.slow
def test_a_heading_that_asks_rules_the_items_below_and_no_more(linker: Linker):
    text = "Glomma Laks trenger:\n- automatikere\n- folk til røkting\n\nVedtak:\n- automatikere\n"
    found = read_minutes(text, linker=linker, register=REGISTER).proposals
    assert [(one.words, one.organisation and one.organisation.key) for one in found] == [
        ("automatikere", "g"),
        ("folk til røkting", "g"),
    ]


@pytest.mark.parametrize("half", ["seen", "unseen"])
@pytest.mark.slow
def test_needs_are_found_in_sentences_as_well_as_docs_minutes_says(linker: Linker, half: str):
    figures = measure(half, read_labelled(SETS / f"{half}.tsv"), linker=linker)
    assert figures.f1 >= 0.85
    assert figures.precision >= 0.95
    assert figures.sentences >= 180


@pytest.mark.slow
def test_a_hostile_text_costs_no_more_than_its_length(linker: Linker):
    hostile = ("a" * 3000 + " ") * 10 + "ikke " * 4000 + "kurs" * 4000 + "." * 4000
    began = time.process_time()
    read_minutes(hostile, linker=linker, register=REGISTER)
    assert time.process_time() - began < 10
