"""Questions and their short answers are read together; every sentence keeps its own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.linking import Polarity
from kompetanse.linking.answers import utterances
from kompetanse.linking.hearing import hear
from kompetanse.linking.tokens import sentences
from tests.kompetanse.linking.terms import LINKER
from tests.kompetanse.linking.test_gold_clauses import said


@pytest.mark.parametrize(
    ("text", "target", "polarity"),
    [
        ("Trenger dere kokker? Nei, vi har nok.", "kokker", "have"),
        ("Trenger dere kokker? Nei.", "kokker", "not_needed"),
        ("Trenger dere kokker? Nei. Vi har nok.", "kokker", "have"),
        ("Trenger dere kokker? Ja, to stykker.", "kokker", "need"),
        ("Har dere folk som kan truck? Nei, dessverre.", "truck", "need"),
        ("Har dere folk som kan truck? Ja, fire.", "truck", "have"),
        ("Har dere behov for kokker? Nei.", "kokker", "not_needed"),
        ("Har dere ikke behov for kokker? Nei.", "kokker", "not_needed"),
        ("Er truck et krav? Nei, men det er en fordel.", "truck", "nice_to_have"),
        ("Trenger dere kokker? Nei, men vi mangler truckførere.", "kokker", "not_needed"),
        ("Trenger dere kokker? Nei, men vi mangler truckførere.", "truckførere", "need"),
    ],
)
def test_an_answer_tells_what_its_question_asked(text: str, target: str, polarity: str):
    assert said(text, target, language="nb") == polarity


def test_a_list_after_a_colon_is_what_stands_before_it():
    text = "Vi ser etter folk innen følgende fag: betong, forskaling og kokker."
    assert {said(text, one, language="nb") for one in ("betong", "forskaling", "kokker")} == {"need"}


def test_what_does_not_answer_is_weighed_alone():
    read = list(sentences("Hvem kan lære oss truck i løpet av høsten? Vi ringer gjerne. Vi har kokker.", limit=9))
    assert [list(one.tokens) for one in utterances(read)] == [list(one.tokens) for one in read]


def test_words_of_an_answer_stand_where_they_stood():
    text = "Trenger dere kokker? Nei, truck."
    for link in LINKER.link(text, language="nb", limit=50):
        assert {text[cause.start : cause.end] for cause in link.causes} <= {"kokker", "truck"}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["vi", "trenger", "ikke", "kokker", "?", "Nei.", "ja", ",", "har", ".", "\n- ", "har:", "nok"]),
        max_size=40,
    ).map(" ".join)
)
def test_every_sentence_has_a_stance_for_each_of_its_words(text: str):
    read = list(sentences(text, limit=1000))
    heard = hear(text, language="nb", assume=Polarity.NEED)
    assert [one.sentence for one in heard] == read
    assert all(len(one.stance.said) == len(one.sentence.tokens) for one in heard)
    assert all(number < len(one.sentence.tokens) for one in heard for number in one.stance.idle)
