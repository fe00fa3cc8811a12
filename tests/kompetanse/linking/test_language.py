"""Which language a text is taken for."""

import pytest

from kompetanse.linking import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi trenger folk som kan sveise", "nb"),
        ("Vi treng folk som kan sveise", "nn"),
        ("We need people who can weld", "en"),
        ("gutta på lageret må lære å kjøre truck", "nb"),
        ("Eg veit ikkje korleis vi får tak i kokkar", "nn"),
        ("Me manglar sjukepleiarar", "nn"),
        ("Looking for a chef", "en"),
        ("må lære oss å lese tegninger", "nb"),
        ("Excel", "nb"),
        ("", "nb"),
        ("\ud800 😀", "nb"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str):
    assert guess_language(text) == language
