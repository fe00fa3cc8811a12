"""Small things of language, and which language a page is in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from kompetanseforum.core.middleware import chosen_language
from kompetanseforum.core.templatetags.words import unbroken
from kompetanseforum.core.text import capital, day, grouped, in_words, listing, uncapital

PLACES = ["Fredrikstad", "Hvaler", "Sarpsborg"]


@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Fredrikstad, Hvaler og Sarpsborg"),
        ("nn", "Fredrikstad, Hvaler og Sarpsborg"),
        ("en", "Fredrikstad, Hvaler and Sarpsborg"),
    ],
)
def test_a_list_ends_in_and(language: str, said: str):
    with translation.override(language):
        assert listing(PLACES) == said


def test_a_long_list_ends_in_a_number():
    assert (
        listing(["Moss", "Råde", *PLACES, "Halden", "Våler"]) == "Moss, Råde, Fredrikstad, Hvaler, Sarpsborg og to til"
    )
    assert listing(["Moss"]) == "Moss"
    assert listing([]) == ""


def test_small_numbers_are_words_and_large_ones_are_grouped():
    assert [in_words(number) for number in (1, 2, 7, 9, 10, 1350)] == ["1", "to", "sju", "ni", "10", "1\u00a0350"]
    assert grouped(1234567) == "1\u00a0234\u00a0567"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("text", "inside"),
    [("Sveise aluminium", "sveise aluminium"), ("I klasserom", "i klasserom"), ("Øve", "øve"), ("", ""), ("I", "i")]
    + [(same, same) for same in ("MIG-sveise aluminium", "IT-tryggleik", "T4", "C-kjøring", "PLS")],
)
def test_a_word_in_capitals_stays_so_inside_a_sentence(text: str, inside: str):
    assert uncapital(text) == inside


def test_a_capital_leaves_the_rest_alone():
    assert capital("en båtbygger i Indre Østfold") == "En båtbygger i Indre Østfold"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "near", "far", "next_year"),
    [
        ("nb", "mandag 7. desember", "7. mars", "4. januar 2027"),
        ("nn", "måndag 7. desember", "7. mars", "4. januar 2027"),
        ("en", "Monday 7 December", "7 March", "4 January 2027"),
    ],
)
def test_a_day_is_said_as_people_say_it(language: str, near: str, far: str, next_year: str, noon: datetime):
    with translation.override(language):
        assert day(date(2026, 12, 7), with_weekday=True) == near
        assert day(date(2026, 3, 7), with_weekday=True) == far
        assert day(date(2027, 1, 4)) == next_year


@pytest.mark.alike
@pytest.mark.parametrize(
    ("asked", "cookie", "given"),
    [
        ("", "", "nb"),
        ("en-GB,en;q=0.9", "", "nb"),
        ("nn-NO,nn;q=0.9,nb;q=0.8", "", "nn"),
        ("nb-NO,nn;q=0.8", "", "nb"),
        ("en,nn;q=0.8", "", "nn"),
        ("no", "", "nb"),
        ("nn", "en", "en"),
        ("nn", "klingon", "nn"),
    ],
)
def test_the_language_is_the_chosen_one_else_a_norwegian_one(asked: str, cookie: str, given: str):
    request = RequestFactory().get("/", headers={"accept-language": asked})
    request.COOKIES["forum_language"] = cookie
    assert chosen_language(request) == given


def test_choosing_a_language_leads_back(client: Client):
    answer = client.post("/sprak", {"language": "nn", "next": "/behov/?sok=sveis"})
    assert (answer.headers["Location"], answer.cookies["forum_language"].value) == ("/behov/?sok=sveis", "nn")


@pytest.mark.alike
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_choosing_a_language_never_leads_away(client: Client, elsewhere: str):
    answer: HttpResponse = client.post("/sprak", {"language": "nn", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_is_not_kept(client: Client):
    assert "forum_language" not in client.post("/sprak", {"language": "tlh"}).cookies


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_word_of_ours_stands_in_place_of_a_month(language: str):
    """Django asks for months by their English names: a button called "May" would answer."""
    with translation.override(language):
        said = [day(date(2020, month, 5)).split()[1] for month in range(1, 13)]
    assert said == [
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
        "desember",
    ]  # fmt: skip


def test_a_range_stands_on_one_line_and_nothing_else_is_touched():
    assert unbroken("En båtbygger på Hvaler, 5–19 ansatte") == (
        'En båtbygger på Hvaler, <span class="nowrap">5–19</span> ansatte'
    )
    assert unbroken("<b>Vik – og venner</b>") == "&lt;b&gt;Vik – og venner&lt;/b&gt;"
