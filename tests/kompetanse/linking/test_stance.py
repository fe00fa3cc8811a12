"""What is learnt of polarity: from which clauses, how well on those set aside, and the same weights each time."""

import csv
import random
from collections import Counter
from importlib.resources import files
from itertools import islice
from pathlib import Path

import pytest

from kompetanse.linking import Polarity
from kompetanse.linking.building.stance import example, fit
from kompetanse.linking.building.ways import Clause, gold, told_out
from kompetanse.linking.stance import read_weights, write_weights
from tests.bench.linking_fuzz import check, random_text
from tests.kompetanse.linking.terms import LINKER
from tests.kompetanse.linking.test_gold_clauses import said

_TALK = Path("tests/data/linking/clauses_talk.tsv")
_GOLD = Path("tests/data/linking/clauses.tsv")
_VOICES = Path("tests/data/linking/clauses_voices.tsv")


def rows(half: str) -> list[dict[str, str]]:
    with _TALK.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]


@pytest.mark.slow
@pytest.mark.parametrize(("half", "least", "count"), [("seen", 0.98, 265), ("aside", 0.9, 132)])
def test_clauses_as_people_talk_are_understood(half: str, least: float, count: int):
    clauses = rows(half)
    wrong = [
        (row["text"], row["target"])
        for row in clauses
        if said(row["text"], row["target"], language=row["lang"]) != row["polarity"]
    ]
    assert len(clauses) == count
    assert len(wrong) <= (1 - least) * count, wrong


@pytest.mark.slow
def test_only_seen_clauses_are_learnt_from():
    learnt = {
        clause.text
        for tongue in ("no", "en")
        for file in (_TALK, _GOLD, _VOICES)
        for clause in gold(file, tongue=tongue)
    }
    assert len(learnt) > 300
    assert not learnt & {row["text"] for row in rows("aside")}
    for gold_file in (_GOLD, _VOICES):
        with gold_file.open(encoding="utf-8", newline="") as file:
            rows_of_it = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            assert not learnt & {row["text"] for row in rows_of_it if row["half"] != "seen"}


@pytest.mark.slow
def test_the_same_ways_and_seed_give_the_same_weights():
    def weights() -> bytes:
        known = [example(clause) for clause in islice(told_out("en", rng=random.Random(3)), 1500)]
        return write_weights(fit([one for one in known if one is not None]))

    assert weights() == weights()


@pytest.mark.slow
def test_every_polarity_has_its_ways():
    told = Counter(clause.polarity for clause in told_out("no", rng=random.Random(1)))
    assert set(told) == set(Polarity) and min(told.values()) > 500


@pytest.mark.parametrize("family", ["no", "en"])
def test_weights_are_written_as_they_are_read(family: str):
    packed = files("kompetanse.linking").joinpath("ways", f"{family}.weights").read_bytes()
    assert read_weights(write_weights(read_weights(packed))).signs.tolist() == read_weights(packed).signs.tolist()


def test_a_clause_without_its_target_teaches_nothing():
    assert example(Clause("vi trenger folk", 999, Polarity.NEED, "nb", 1.0)) is None


@pytest.mark.parametrize(
    ("text", "target", "polarity"),
    [
        ("ikke send flere kokker", "kokker", "not_needed"),
        ("det er lenge siden vi trengte kokker", "kokker", "not_needed"),
        ("kokker har vi nok av nå", "kokker", "have"),
        ("kokker kan dere bare glemme", "kokker", "not_needed"),
        ("vi har kokker i fleng", "kokker", "have"),
        ("kom og lær å bli kokk hos oss", "kokk", "offer"),
        ("en kokk på laget ville ikke vært dumt", "kokk", "nice_to_have"),
        ("her skriker vi etter kokker", "kokker", "need"),
        ("me klarer oss utan kokk", "kokk", "not_needed"),
    ],
)
def test_what_no_cue_was_made_for_is_understood(text: str, target: str, polarity: str):
    assert said(text, target, language="nb") == polarity


@pytest.mark.slow
def test_any_string_is_read_without_harm():
    """The short form; make bench reads a hundred thousand."""
    rng = random.Random(2)
    assert max(check(LINKER, random_text(rng)) for _ in range(1000)) < 2
