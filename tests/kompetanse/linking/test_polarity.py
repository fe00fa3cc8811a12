"""What a text says about a skill: needed, had, not needed, offered, nice to have."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.linking import Linker, Polarity, Term
from tests.kompetanse.linking import terms
from tests.kompetanse.linking.terms import LINKER

_WELDING = Linker(
    Term("welding", "skill", language, text, "label")
    for language, text in (("nb", "sveising"), ("nn", "sveising"), ("en", "welding"))
)


def said(text: str, *, language: str = "nb", assume: Polarity = Polarity.NEED) -> dict[str, Polarity]:
    return {link.uri: link.polarity for link in LINKER.link(text, language=language, assume=assume)}


@pytest.mark.slow
def test_at_least_95_of_100_clauses_are_understood():
    with (Path(__file__).parent / "polarity.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wrong = []
    for row in rows:
        links = _WELDING.link(row["text"], language=row["lang"])
        if [str(link.polarity) for link in links] != [row["polarity"]]:
            wrong.append((row["text"], row["polarity"], links))
    assert len(rows) >= 200
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_each_clause_speaks_for_itself():
    assert said("Vi trenger kokker, men ikke sveisere. Truck har vi nok av og PLS mangler vi.", language="nb") == {
        terms.COOK: Polarity.NEED,
        terms.WELDER: Polarity.NOT_NEEDED,
        terms.WELD: Polarity.NOT_NEEDED,
        terms.TRUCK: Polarity.HAVE,
        terms.PLC: Polarity.NEED,
    }


def test_a_list_shares_its_cue():
    assert said("Vi har allerede kokker, truck og demens") == {
        terms.COOK: Polarity.HAVE,
        terms.TRUCK: Polarity.HAVE,
        terms.DEMENTIA: Polarity.HAVE,
    }


def test_a_heading_rules_the_bullets_below_it_and_no_more():
    text = "Dette har vi allerede:\n- truck\n- demens\n\nKokker er det verre med"
    assert said(text) == {terms.TRUCK: Polarity.HAVE, terms.DEMENTIA: Polarity.HAVE, terms.COOK: Polarity.NEED}


def test_without_a_cue_the_caller_says_what_is_meant():
    assert said("truck", assume=Polarity.OFFER) == {terms.TRUCK: Polarity.OFFER}
    assert said("vi mangler truck", assume=Polarity.OFFER) == {terms.TRUCK: Polarity.NEED}


@pytest.mark.parametrize(
    "clause", ["ingen her kan truck", "vi kan ikke truck", "får ikke tak i truck", "tør ikke bruke truck"]
)
def test_a_lack_told_with_a_negation_is_a_need(clause: str):
    assert said(clause)[terms.TRUCK] == Polarity.NEED


@pytest.mark.slow
@given(
    st.sampled_from(["Vi trenger ikke {}", "Vi har ikke behov for {}"]),
    st.sampled_from(["Vi trenger {}", "Vi mangler {}", "ingen her kan {}", "vi får ikke tak i {}"]),
    st.sampled_from([". ", ", men ", "; men ", "\n"]),
)
def test_a_cue_does_not_reach_past_its_clause(denied: str, needed: str, border: str):
    text = denied.format("demens") + border + needed.format("truck")
    assert said(text) == {terms.DEMENTIA: Polarity.NOT_NEEDED, terms.TRUCK: Polarity.NEED}
    text = needed.format("truck") + border + denied.format("demens")
    assert said(text) == {terms.DEMENTIA: Polarity.NOT_NEEDED, terms.TRUCK: Polarity.NEED}


@pytest.mark.parametrize(
    "who_says",
    [
        "Vi trenger",
        "Vi mangler",
        "Vi savner",
        "Vi søker",
        "De mangler",
        "Vi treng",
        "Vi saknar",
        "Sjefen mangler",
        "Verkstedet på Dokka trenger",
        "Nå mangler vi",
        "Her manglar me",
    ],
)
@pytest.mark.parametrize("how_many", ["en", "to", "tre", "ti", "noen", "folk", "flere", "dyktige folk"])
def test_a_plain_lack_is_a_need_however_it_goes_on(who_says: str, how_many: str):
    [link] = _WELDING.link(f"{who_says} {how_many} som kan sveising på pakkelinja", language="nb")
    assert link.polarity is Polarity.NEED


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Vi trenger ikke mindre enn tre som kan sveising", Polarity.NEED),
        ("Hva trenger vi sveising til", Polarity.NOT_NEEDED),
        ("Sjefen mangler ikke folk som kan sveising", Polarity.HAVE),
    ],
)
def test_what_turns_a_lack_is_heard(text: str, polarity: Polarity):
    [link] = _WELDING.link(text, language="nb")
    assert link.polarity is polarity


@pytest.mark.parametrize(
    "text",
    [
        "Vi reparerer fort. Det vi ikke kan, er sveising så vi slipper stopp.",
        "Det me ikkje får til, er sveising.",
        "Vi er flinke, men det vi ikke mestrer er sveising.",
        "Det elevene ikke har, er sveising i verksted.",
    ],
)
def test_what_one_is_not_able_to_is_a_need_wherever_a_comma_stands(text: str):
    assert _WELDING.link(text, language="nb")[0].polarity == Polarity.NEED


def test_what_one_does_not_need_is_no_lack():
    assert _WELDING.link("Det vi ikke trenger, er sveising.", language="nb")[0].polarity == Polarity.NOT_NEEDED


def test_what_another_clause_says_does_not_turn_a_plain_lack():
    [link] = _WELDING.link(
        "Vi mangler to som kan sveising, men vi har nok truckførere. Gjerne en som kan PLS.", language="nb"
    )
    assert link.polarity is Polarity.NEED
    [link] = _WELDING.link("Vi mangler to som kan PLS, men vi har nok som kan sveising.", language="nb")
    assert link.polarity is Polarity.HAVE
