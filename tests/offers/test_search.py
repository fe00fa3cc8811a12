"""Offers are found by words, by an index: parts of words, in the order of nothing but what stands there."""

from __future__ import annotations

import pytest

from kompetanseforum.core.text_index import make_anew
from kompetanseforum.forum.models import Forum
from kompetanseforum.offers.actions import register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.offers.queries.search import Search, find_offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(forum: Forum) -> dict[str, int]:
    contents = (
        Content(title="Sveising i aluminium", description="For verft og verksted. E-post: C++ og KI."),
        Content(title="Fagskole i VANN", description="Pumper, og sveising under vann"),
        Content(title="Blåbær og øl", description="Mat"),
    )
    return {one.title: register_offer(content=one, source="form", by=None).pk for one in contents}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sveis", 2),
        ("SVEIS vann", 1),
        ("minium", 1),
        ("blåbær", 1),
        ("ØL", 1),
        ("ki", 1),
        ("e-post", 1),
        ("c++", 1),
        ("finnesikke", 0),
        ("%", 3),
        ("_", 0),
        ("sveis* OR mat", 0),
        ("' OR 1=1 --", 0),
    ],
)
def test_words_and_parts_of_words_are_found_and_signs_are_only_signs(words: str, found: int, three: dict[str, int]):
    assert len(find_offers(Search(words=words)).ids) == found


def test_what_an_offer_no_longer_says_does_not_find_it(three: dict[str, int]):
    Offer.objects.filter(pk=three["Blåbær og øl"]).update(searchable=" bringebær ")
    make_anew(Offer)
    assert (find_offers(Search(words="blåbær")).ids, find_offers(Search(words="bringe")).ids) == (
        [],
        [three["Blåbær og øl"]],
    )
