"""What the vocabulary that ships understands of what people write."""

import re

import pytest

from kompetanse.linking import Polarity
from kompetanse.linking.lemmas import is_in_dictionary, stem
from kompetanse.vocabulary import read_vocabulary
from tests.kompetanse.one_linker import one_linker

# Hearing by all of the vocabulary takes seconds to get ready: once, in one process.
pytestmark = pytest.mark.xdist_group("the whole vocabulary")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words", "polarity"),
    [
        ("trenger noen som kan sveise litt i aluminium", ["sveise", "aluminium"], Polarity.NEED),
        ("ingen her kan programmere PLS", ["programmere PLS"], Polarity.NEED),
        ("vi har allerede nok folk med demens som felt", ["demens"], Polarity.HAVE),
        ("gutta på lageret må lære å kjøre truck ordentlig", ["kjøre truck"], Polarity.NEED),
        ("Vi treng folk som kan velferdsteknologi", ["velferdsteknologi"], Polarity.NEED),
        ("Kurset gir deltakerne kunnskap om regnskap", ["regnskap"], Polarity.OFFER),
        ("We need someone who can use TIG welding", ["TIG welding"], Polarity.NEED),
    ],
)
def test_the_words_that_tell_are_found(text: str, words: list[str], polarity: Polarity):
    found = [
        ([text[span.start : span.end] for span in link.causes], link.polarity)
        for link in one_linker().link(text, kinds=("skill",))
        if link.score >= 0.8
    ]
    assert (words, polarity) in found


@pytest.mark.slow
def test_every_skill_is_found_by_its_own_bokmaal_label():
    missed = []
    for entry in read_vocabulary().skills:
        links = one_linker().link(entry.labels["nb"], language="nb", kinds=("skill",))
        if entry.uri not in {link.uri for link in links[:3]}:
            missed.append((entry.labels["nb"], [link.label for link in links[:3]]))
    # A few labels are made of general words alone ("lære å lære").
    assert len(missed) <= 0.02 * len(read_vocabulary().skills), missed


def test_small_talk_gives_no_confident_link():
    for text in ("Hei, takk for sist!", "Vi snakkes på mandag", "vi vil bruke folk bedre", "Hvordan går det med deg?"):
        assert [link for link in one_linker().link(text) if link.score >= 0.6] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Vi trenger tre som kan sveise", "tre"),
        ("vi går rett på jobben", "rett"),
        ("vi må be dem komme", "be"),
        ("det hadde vært stas med flere", "stas"),
        ("ledig stilling i resepsjonen", "stilling"),
    ],
)
def test_nothing_is_surely_heard_in_a_word_that_only_looks_like_another(text: str, word: str):
    links = one_linker().link(text, language="nb")
    sure = [one for one in links if word in [text[span.start : span.end] for span in one.causes] and one.score >= 0.8]
    assert sure == []


@pytest.mark.slow
def test_an_abbreviation_has_no_everyday_word_for_a_stem():
    """TRAS was read as a form of "tre", so each firm that needed three was heard to ask for the watching of children."""
    found = {}
    for entry in (*read_vocabulary().skills, *read_vocabulary().occupations):
        for text in (*entry.labels.values(), *entry.words.get("nb", ()), *entry.words.get("nn", ())):
            for word in filter(str.isupper, words_as_written(text)):
                key = stem(word.lower(), "no")
                if len(word) > 2 and key != word.lower() and is_in_dictionary(key, "no"):
                    found[word] = key
    assert found == {}


def words_as_written(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)
