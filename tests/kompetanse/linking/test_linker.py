"""What the linker finds in a text, and why."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.linking import Link, Linker, Polarity, Span, Term
from tests.kompetanse.linking import terms
from tests.kompetanse.linking.terms import LINKER, TERMS


def uris(text: str, **options: object) -> list[str]:
    return [link.uri for link in LINKER.link(text, **options)]  # type: ignore[arg-type]


def words(text: str, uri: str) -> list[str]:
    [link] = [link for link in LINKER.link(text) if link.uri == uri]
    return [text[span.start : span.end] for span in link.causes]


def test_a_label_word_for_word_is_an_exact_link():
    [link] = LINKER.link("Vi trenger noen til å sveise aluminium.", kinds=("skill",))
    assert link == Link(
        uri=terms.ALUMINIUM,
        kind="skill",
        score=link.score,
        polarity=Polarity.NEED,
        causes=(Span(22, 38),),
        label="sveise aluminium",
        basis="exact",
    )
    assert link.score > 0.9


def test_words_between_make_it_partial_and_give_two_spans():
    text = "kan noen sveise litt i aluminium"
    [link] = LINKER.link(text, kinds=("skill",))
    assert (link.uri, link.basis) == (terms.ALUMINIUM, "partial")
    assert words(text, terms.ALUMINIUM) == ["sveise", "aluminium"]


def test_a_compound_means_what_its_parts_mean():
    [link] = LINKER.link("aluminiumssveising", kinds=("skill",))
    assert (link.uri, link.causes, link.basis) == (terms.ALUMINIUM, (Span(0, 18),), "partial")
    assert uris("prosessoperatørkompetanse") == [terms.OPERATOR]


def test_a_compound_written_apart_is_understood():
    assert uris("velferds teknologi")[:1] == [terms.WELFARE]


@pytest.mark.parametrize("text", ["truckene", "Truck!", "TRUCK", "trucken", "vi må kjøre truck"])
def test_inflection_and_case_do_not_matter(text: str):
    assert uris(text) == [terms.TRUCK]


def test_the_welder_is_the_occupation_and_hints_at_the_skill():
    welder, weld = LINKER.link("vi trenger sveisere")
    assert (welder.uri, welder.basis) == (terms.WELDER, "exact")
    assert (weld.uri, weld.basis) == (terms.WELD, "partial")
    assert weld.score < 0.8 < welder.score


def test_the_longer_match_swallows_the_shorter_inside_it():
    assert uris("sveise aluminium", kinds=("skill",)) == [terms.ALUMINIUM]
    assert set(uris("sveise aluminium, og sveise", kinds=("skill",))) == {terms.ALUMINIUM}
    assert set(uris("sveise aluminium. De må også sveise stål.", kinds=("skill",))) == {terms.ALUMINIUM, terms.WELD}


def test_an_exact_match_silences_guesses_about_the_same_word():
    assert terms.REPAIR_TRUCK not in uris("vi trenger truck")


def test_half_a_term_scores_lower_than_the_whole():
    scores = {link.uri: link.score for link in LINKER.link("de kan regnskap")}
    whole = {link.uri: link.score for link in LINKER.link("de kan føre regnskap")}
    assert scores[terms.ACCOUNTS] < whole[terms.ACCOUNTS] <= 1


@pytest.mark.parametrize(
    "text", ["vi vil bruke folk bedre i arbeidet", "å kjøre på", "gjøre jobben", "kurs og opplæring", "programmet"]
)
def test_a_general_word_alone_links_nothing(text: str):
    assert [link for link in LINKER.link(text) if link.score >= 0.5] == []


def test_bokmaal_and_nynorsk_read_each_other_a_little_less_surely():
    [own] = LINKER.link("å føre rekneskap", language="nn")
    [other] = LINKER.link("å føre rekneskap", language="nb")
    assert (own.uri, other.uri) == (terms.ACCOUNTS, terms.ACCOUNTS)
    assert other.score < own.score


def test_english_terms_count_only_in_english_text():
    assert uris("operate forklift", language="nb") == []
    assert uris("operate forklift", language="en") == [terms.TRUCK]
    assert uris("someone who can weld aluminium")[0] == terms.ALUMINIUM


def test_a_lone_english_word_is_read_as_english():
    assert uris("forklift") == [terms.TRUCK]


def test_kinds_and_limit_narrow_the_answer():
    text = "sveisere, kokker, truck og demens"
    assert {link.kind for link in LINKER.link(text, kinds=("occupation",))} == {"occupation"}
    assert uris(text, limit=2) == uris(text)[:2]
    assert uris(text, limit=0) == []


def test_a_concept_gives_one_link_with_its_best_mention():
    [link] = LINKER.link("Vi mangler truck. Vi har allerede to som kan reparere, og én til å kjøre truck.")[:1]
    assert (link.uri, link.label) == (terms.TRUCK, "kjøre truck")


def test_no_terms_and_unknown_languages_find_nothing():
    assert Linker([]).link("sveise aluminium") == []
    assert LINKER.link("sveise aluminium", language="fi") == []


def test_offsets_count_in_the_text_as_given():
    text = "🔧👩‍🔧  sveise\u00adre  trengs — ﬁne kokker"
    found = {link.uri: [text[span.start : span.end] for span in link.causes] for link in LINKER.link(text)}
    assert found[terms.WELDER] == ["sveise\u00adre"]
    assert found[terms.COOK] == ["kokker"]


def test_the_order_of_the_terms_does_not_matter():
    shuffled = list(TERMS)
    random.Random(7).shuffle(shuffled)
    text = "Vi trenger sveisere og kokker som kan demens, truck og PLS, ikke regnskap"
    assert Linker(shuffled).link(text) == LINKER.link(text)


_TELLING = st.sampled_from(
    [
        "sveise",
        "aluminium",
        "truck",
        "PLS",
        "demens",
        "kokk",
        "ikke",
        "trenger",
        "har",
        "men",
        ",",
        ".",
        "\n",
        "vi",
        "å",
        "😀",
        "\u200d",
        "�",
        "velferdsteknologi",
        "-",
        "og",
    ]
)


@given(st.lists(st.one_of(_TELLING, st.text(max_size=4)), max_size=40).map(" ".join))
def test_any_text_gives_spans_inside_it_and_the_same_answer_twice(text: str):
    links = LINKER.link(text, language="nb")
    for link in links:
        assert 0 < link.score <= 1
        assert link.causes
        assert all(0 <= span.start < span.end <= len(text) for span in link.causes)
        assert list(link.causes) == sorted(link.causes)
    assert links == LINKER.link(text, language="nb")
    assert len({link.uri for link in links}) == len(links)
    assert [link.score for link in links] == sorted((link.score for link in links), reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n",
        "?!.,;:…—()[]",
        "\x00\x01\x1b[31m",
        "\ud800\udfff",
        "👩‍👩‍👧‍👦" * 1000,
        "a" * 1_000_000,
        "truck " * 170_000,
        "sveise aluminium, " * 55_000,
        "." * 1_000_000,
        "å\u030a\u030a" * 100_000,
        "\n" * 1_000_000,
        "ikke " * 200_000,
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.slow
def test_hostile_text_is_read_without_harm(text: str):
    links = LINKER.link(text)
    assert all(text[span.start : span.end] for link in links for span in link.causes)


@pytest.mark.slow
def test_what_comes_after_the_first_thousand_sentences_is_not_read():
    filler = "Hei på deg.\n" * 1000
    assert uris(filler + "Vi trenger truck.") == []
    assert uris("Vi trenger truck.\n" + filler) == [terms.TRUCK]


def test_terms_of_any_text_make_a_linker():
    strange = [Term("u", "skill", "nb", text, "label") for text in ("", "…", "og", "\ud800", "i" * 500, "a b c d e")]
    assert [link.uri for link in Linker(strange).link("og a b c d e", language="nb")] == ["u"]
