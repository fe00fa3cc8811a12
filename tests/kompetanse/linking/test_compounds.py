"""How Norwegian compounds are taken apart."""

import pytest

from kompetanse.linking.compounds import Stock, split_compound
from kompetanse.linking.lemmas import stem

_WORDS = frozenset(
    [
        "prosess",
        "operatør",
        "aluminium",
        "sveise",
        "velferd",
        "teknologi",
        "kunde",
        "truck",
        "lage",
        "rett",
        "hage",
        "barn",
        "data",
        "vern",
    ]
)
_STOCK = Stock("no", words=_WORDS, stems=frozenset(stem(word, "no") for word in _WORDS))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("aluminiumssveising", ("aluminium", "sveising")),
        ("velferdsteknologi", ("velferd", "teknologi")),
        ("prosessoperatørkompetanse", ("prosess", "operatør", "kompetanse")),
        ("kundeservice", ("kunde", "service")),
        ("truckfører", ("truck", "fører")),
        ("sveising", ()),
        ("lageret", ()),
        ("barnehage", ()),
        ("datavern", ()),
        ("forskaling", ()),
        ("arbeidsløs", ()),
        ("operatør", ()),
        ("truck", ()),
    ],
)
def test_a_compound_is_cut_at_its_joint(word: str, parts: tuple[str, ...]):
    assert split_compound(word, stock=_STOCK) == parts


def test_english_words_are_left_whole():
    assert split_compound("operatørteknologi", stock=Stock("en", words=_WORDS, stems=_WORDS)) == ()
