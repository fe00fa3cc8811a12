"""The list of needs asks an index: it finds what a look at every row finds, counts what there is, and looks through no more than a bound."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from django.db.models import Model
from django.http import QueryDict
from django.test import Client

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.forum.models import Forum
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions import (
    Said,
    add_up,
    answer_need,
    file_if_never_filed,
    join_need,
    merge_needs,
    part_needs,
    release_need,
    voice_need,
    withdraw_voice,
)
from kompetanseforum.needs.models import Filed, Heard, HeldReason, Merge, Need, Tally, TallyTogether, Together, Voice
from kompetanseforum.needs.queries import newest
from kompetanseforum.needs.queries.facets import facets
from kompetanseforum.needs.queries.filing import counted_under, places_of, tallied
from kompetanseforum.needs.queries.heard import heard_by_place
from kompetanseforum.needs.queries.search import Search, find_needs, found_needs
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.skills.models import SkillLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(metal_trades: Forum) -> list[Need]:
    """Six needs of four firms in three places; one is held, one withdrawn, one joined."""
    places = list(Municipality.objects.order_by("code")[:3])
    firms = [
        add_organisation(name=f"Firma {n}", sector=sector, municipality=places[n % 3])
        for n, sector in enumerate(("business", "education", "public", "business"))
    ]
    words = (
        "Vi trenger folk som kan sveise aluminium",
        "Vi mangler sveisere, og en som kan KI",
        "Trenger truckførerbevis",
        "E-post og C++ i verkstedet",
        "Vi trenger PLS-programmering",
        "Sveising under vann",
    )
    said = [
        Said(words=one, words_are_public=True, place=places[n % 2] if n > 3 else None) for n, one in enumerate(words)
    ]
    voices = [
        voice_need(
            said=one,
            by=None,
            organisation=firms[n % 4],
            horizon=("now", "soon")[n % 2],
            held_reason=HeldReason.PHONE_NUMBER if n == 2 else None,
        )
        for n, one in enumerate(said)
    ]
    join_need(need=voices[0].need, said=Said(words="Vi også", words_are_public=True), by=None, organisation=firms[1])
    withdraw_voice(voice=voices[5], by=None)
    return list(Need.objects.order_by("pk"))


ADDRESSES = [
    "",
    "q=sveis",
    "q=sveise+aluminium",
    "nar=now",
    "nar=now&nar=soon",
    "tilstand=heard&sektor=business",
    "sektor=education",
    "sektor=public&sektor=education&nar=soon",
    "kommune={place}",
    "kommune={place}&q=sveis",
    "kompetanse={skill}",
    "yrke=7",
    "yrke=7212",
    "kompetanse=finnes-ikke",
    "q=finnesikke",
]


@pytest.mark.slow
def test_it_finds_what_a_look_at_every_row_finds(county: list[Need]):
    place = Municipality.objects.order_by("code").values_list("code", flat=True)[0]
    skill = SkillLink.objects.filter(concept__kind="skill")[0].concept.slug
    for address, order in product(ADDRESSES, ("newest", "most", "waiting")):
        query = f"{address.format(place=place, skill=skill)}&sorter={order}"
        search = Search.from_query(QueryDict(query))
        everything = list(found_needs(search, viewer=NOBODY).values_list("pk", flat=True))
        found = find_needs(search)
        listed = list(found.needs.values_list("pk", flat=True))
        assert (query, listed, found.count, found.is_cut) == (query, everything, len(everything), False)


def _shown_counts(query: str) -> dict[str, dict[str, int]]:
    shown = facets(Search.from_query(QueryDict(query)))
    return {facet.name: {choice.value: int(choice.count) for choice in facet.choices} for facet in shown}


@pytest.mark.slow
def test_each_choice_tells_how_many_it_gives(county: list[Need]):
    for query in ("", "sektor=business", "nar=now&sektor=education", "q=sveis"):
        for name, counts in _shown_counts(query).items():
            for value, count in counts.items():
                others = "&".join(part for part in query.split("&") if part and not part.startswith(f"{name}="))
                given = found_needs(Search.from_query(QueryDict(f"{others}&{name}={value}")), viewer=NOBODY).count()
                assert (query, name, value, given) == (query, name, value, count)


# A search


# Words sought → how many needs have them.
SOUGHT = {
    # In the words of one, and in the name of a skill of the other.
    "aluminium": 2,
    "sveis": 2,
    "SVEISE alu": 2,
    "minium": 2,
    # Two letters are the beginning of a word, not any two in the middle of one.
    "ki": 1,
    "ei": 0,
    "e-post": 1,
    "c++": 1,
    "pls": 1,
    '"': 4,
    "sveis AND NOT aluminium": 0,
    "sveis* OR truck": 0,
    "' OR 1=1 --": 0,
    "%": 4,
    "_": 0,
}


@pytest.mark.slow
def test_words_and_parts_of_words_are_found_and_signs_are_only_signs(county: list[Need]):
    found = {words: len(find_needs(Search(words=words)).needs) for words in SOUGHT}
    looked_at = {words: found_needs(Search(words=words), viewer=NOBODY).count() for words in SOUGHT}
    assert (found, looked_at) == (SOUGHT, SOUGHT)


@pytest.mark.slow
def test_what_is_held_or_withdrawn_is_found_by_nothing(county: list[Need]):
    assert len(find_needs(Search(words="truckførerbevis")).needs) == 0
    assert len(find_needs(Search(words="vann")).needs) == 0
    hidden = [county[2].pk, county[5].pk]
    assert not Filed.objects.filter(need__in=hidden).exists()


# What is kept agrees with what is there


def _agrees() -> None:
    everything = list(Need.objects.values_list("pk", flat=True))
    there = places_of(everything)
    kept: dict[int, set[str]] = {}
    for pk, under in Filed.objects.values_list("need", "under"):
        kept.setdefault(pk, set()).add(under)
    assert kept == there
    assert tallied() == counted_under(everything) == Counter(under for places in there.values() for under in places)


@pytest.mark.slow
def test_the_file_and_the_counts_follow_every_change(county: list[Need]):
    _agrees()
    release_need(need=county[2], by=None)
    _agrees()
    owner = duty_person()
    answer_need(
        need=county[0], by=owner, words="Ja", state="in_dialogue", next_answer_on=county[0].next_answer_on, owner=owner
    )
    _agrees()
    kept, merged = Need.objects.get(pk=county[0].pk), Need.objects.get(pk=county[1].pk)
    merge_needs(kept=kept, merged=merged, by=owner)
    _agrees()
    part_needs(merge=Merge.objects.get(), by=owner)
    _agrees()
    for voice in Voice.objects.filter(need=county[0], withdrawn_at=None):
        withdraw_voice(voice=voice, by=None)
    _agrees()
    assert Filed.objects.exists()


@pytest.mark.slow
def test_adding_up_changes_no_count(county: list[Need]):
    before, rows = tallied(), Tally.objects.count()
    add_up()
    assert (tallied(), Tally.objects.count() < rows) == (before, True)


@pytest.mark.parametrize("missing", [(Filed, Tally, Together, TallyTogether, Heard), (Together, TallyTogether, Heard)])
@pytest.mark.slow
def test_a_forum_from_before_is_filed_once(missing: tuple[type[Model], ...], county: list[Need]):
    """From before there was a file, and from when it had less in it."""
    for rows in missing:
        rows._default_manager.all().delete()
    Need.objects.update(searchable="")
    file_if_never_filed()
    _agrees()
    assert len(find_needs(Search(words="aluminium")).needs) == 2
    assert find_needs(Search(sectors=("business",), states=("heard",))).count == 3
    assert (Heard.objects.count(), len(heard_by_place())) == (3, 2)
    rows = Tally.objects.count()
    file_if_never_filed()
    assert Tally.objects.count() == rows


# More than a page looks through


@pytest.fixture
def small_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a forum with thousands of needs, with few."""
    for name, bound in (("MOST", 2), ("KEPT", 2), ("MOST_LOOKED_AT", 2), ("_ENOUGH", 1)):
        monkeypatch.setattr(newest, name, bound)


@pytest.mark.slow
def test_without_filters_all_are_counted_and_leafed_through(county: list[Need], small_bound: None):
    for order in ("newest", "waiting"):
        found = find_needs(Search(order=order))
        assert (found.count, found.is_cut, len(found.needs)) == (4, False, 4)
    assert _shown_counts("")["nar"] == {"now": 2, "soon": 2}


@pytest.mark.slow
def test_filters_give_the_newest_and_how_many_there_are(county: list[Need], small_bound: None, client: Client):
    found = find_needs(Search(states=("heard",)))
    assert (found.count, found.is_cut) == (4, False)
    assert list(found.needs.values_list("pk", flat=True)) == [county[4].pk, county[3].pk]
    assert "4 behov" in client.get("/behov/?tilstand=heard").content.decode()
    assert _shown_counts("tilstand=heard")["nar"] == {"now": 2, "soon": 2}


@pytest.mark.slow
def test_a_common_word_gives_the_newest_and_says_that_there_may_be_more(
    county: list[Need], small_bound: None, client: Client
):
    found = find_needs(Search(words="vi"))
    assert (found.is_cut, list(found.needs.values_list("pk", flat=True))) == (True, [county[4].pk, county[1].pk])
    page = client.get("/behov/?q=vi").content.decode()
    assert ("De 2 nyeste behovene" in page, "Det kan finnes flere" in page) == (True, True)


@pytest.mark.slow
def test_a_filter_that_few_fit_gives_all_of_them_however_old(county: list[Need], small_bound: None):
    found = find_needs(Search(sectors=("education",), states=("heard",)))
    assert (found.is_cut, set(found.needs.values_list("pk", flat=True))) == (False, {county[0].pk, county[1].pk})


@pytest.mark.slow
def test_what_only_an_old_need_says_is_found(county: list[Need], small_bound: None):
    """Its filter leads to many newer ones, and so does its word."""
    found = find_needs(Search(words="aluminium", states=("heard",), horizons=("now",)))
    assert (found.is_cut, list(found.needs.values_list("pk", flat=True))) == (False, [county[0].pk])


def test_signs_alone_are_not_looked_for() -> None:
    """They find nothing and narrow nothing, so the page does not say that they do."""
    assert [Search.from_query(QueryDict(query)).words for query in ("q=%25'", "q=😀", "q=c%2B%2B")] == ["", "", "c++"]
