"""A server answers with our own words within a second of its start; where there are no others, that is all it makes."""

from __future__ import annotations

import importlib

import pytest

from kompetanse.linking import Polarity
from kompetanseforum.skills.models import Label, LabelOrigin, LabelRole
from kompetanseforum.skills.queries.lexicon import Lexicon, lexicon
from tests.skills.conftest import Concepts

# The module and the function in it share a name, and the package shows the function.
words = importlib.import_module("kompetanseforum.skills.queries.lexicon")

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a server's process that has just begun, without the thread that looks for changes."""
    monkeypatch.setattr(words, "_is_kept_ready", True)
    monkeypatch.setattr(words, "_current", None)


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_where_all_words_are_our_own_the_first_lexicon_is_the_whole(concepts: Concepts):
    first = lexicon()
    assert words._up_to_date() is first
    assert first.made_from == words.revision()


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_where_there_are_official_words_too_the_whole_follows(concepts: Concepts):
    Label.objects.create(
        concept=concepts.welder,
        language="nb",
        role=LabelRole.ALTERNATIVE,
        origin=LabelOrigin.OFFICIAL,
        text="kvasefjaring",
    )
    first = lexicon()
    assert not _hears(first, "kvasefjaring")
    whole = words._up_to_date()
    assert whole is not first
    assert lexicon() is whole
    assert _hears(whole, "kvasefjaring")


def _hears(known: Lexicon, text: str) -> list[str]:
    return [link.uri for link in known.link(text, language="nb", limit=3, assume=Polarity.NEED)]
