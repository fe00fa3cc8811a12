"""What the forum hears in somebody's words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kompetanse.linking import Polarity
from kompetanseforum.skills.actions.vocabulary import labels_changed
from kompetanseforum.skills.models import Concept, Label
from kompetanseforum.skills.queries import hear, words_as_they_are
from kompetanseforum.skills.queries.hearing import MOST_CHARACTERS, MOST_CHIPS
from tests.kompetanse.esco.making import PLAN, WELD, WELDER
from tests.skills.conftest import Concepts

pytestmark = pytest.mark.django_db


def test_a_skill_is_heard_with_the_words_that_caused_it(concepts: Concepts):
    words = "Vi trenger to som kan sveise aluminium i helga."
    heard = hear(words, language="nb")
    assert [one.uri for one in heard] == [WELD]
    assert (heard[0].slug, heard[0].kind, heard[0].label, heard[0].is_sure) == (
        "0001",
        "skill",
        "sveise aluminium",
        True,
    )
    assert heard[0].cause_words == ("sveise aluminium",)
    start, end = heard[0].causes[0]
    assert words[start:end] == "sveise aluminium"


def test_an_occupation_is_heard_where_it_is_named_and_is_never_ticked_for_anybody(concepts: Concepts):
    heard = {one.uri: one for one in hear("Vi trenger en sveiser.", language="nb")}
    assert heard[WELDER].is_sure is False


def test_what_is_not_needed_or_already_had_is_not_offered(concepts: Concepts):
    words = "Vi trenger ikke flere som kan sveise aluminium. Vi har nok som kan stelle pasienter. Vi trenger en arbeidsplan."
    assert [one.uri for one in hear(words, language="nb")] == [PLAN]


def test_with_offers_assumed_what_is_taught_is_heard(concepts: Concepts):
    for words in (
        "Kandidaten kan sveise aluminium.",
        "Studenten har lært å sveise aluminium",
        "Kandidaten kan:\n- sveise aluminium",
    ):
        assert [one.uri for one in hear(words, language="nb", assume=Polarity.OFFER)] == [WELD]
    # What one must have before one begins is not taught there.
    assert not hear("Søkere har fagbrev og kan sveise aluminium.", language="nb", assume=Polarity.OFFER)


@pytest.mark.slow
def test_labels_come_in_the_readers_language_whatever_the_words_are_in(concepts: Concepts):
    with translation.override("en"):
        assert [one.label for one in hear("Vi må stelle pasienter", language="nb")] == ["care for patients"]
    with translation.override("nn"):
        assert [one.label for one in hear("We must care for patients", language="en")] == ["stelle pasientar"]


def test_an_obsolete_skill_is_not_suggested(concepts: Concepts):
    Concept.objects.filter(pk=concepts.care.pk).update(is_obsolete=True)
    labels_changed("obsolete")
    assert hear("Vi må stelle pasienter", language="nb") == []


def test_where_much_is_said_at_once_words_are_heard_as_at_its_start(concepts: Concepts):
    with words_as_they_are():
        Label.objects.create(concept=concepts.weld, language="nb", role="everyday", origin="local", text="lime båter")
        labels_changed("learnt")
        assert hear("Vi må lime båter", language="nb") == []
    assert [one.uri for one in hear("Vi må lime båter", language="nb")] == [WELD]


@pytest.mark.parametrize("words", ["", "   \n", "«»", "\x00", "😀" * 50, "a" * 100_000, "ikke " * 3000])
def test_empty_hostile_and_endless_words_are_heard_as_nothing(concepts: Concepts, words: str):
    assert hear(words, language="nb") == []


def test_words_far_down_in_a_long_text_are_not_read(concepts: Concepts):
    assert hear("x " * MOST_CHARACTERS + "sveise aluminium", language="nb") == []


def test_hearing_asks_the_database_once_when_the_lexicon_stands(concepts: Concepts):
    hear("sveise aluminium", language="nb")
    with CaptureQueriesContext(connection) as queries:
        hear("sveise aluminium, arbeidsplan og pasientstell", language="nb")
    assert len(queries) == 1


@pytest.mark.slow
def test_no_more_chips_than_one_can_look_over(vocabulary: object):
    many = (
        "Vi trenger folk som kan sveise, male, lage mat, kjøre truck, føre regnskap, stelle pasienter, rengjøre, mure, "
    )
    assert len(hear(many + "programmere, selge, snekre, legge fliser og skjære plater.", language="nb")) <= MOST_CHIPS


def test_a_forum_without_words_hears_nothing(db: None):
    assert hear("sveise aluminium", language="nb") == []
