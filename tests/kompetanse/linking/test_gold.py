"""The hand-written gold sets for linking and polarity are what their README says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from kompetanse.esco.classification import ConceptKind
from kompetanse.esco.reader import read_classification

FOLDER = Path(__file__).parents[2] / "data" / "linking"
HALVES = ("seen", "unseen")
POLARITIES = ("need", "have", "not_needed", "offer", "nice_to_have")
KINDS = {"skill": ConceptKind.SKILL, "occupation": ConceptKind.OCCUPATION}
URI = re.compile(r"http://data\.europa\.eu/esco/(skill|occupation)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NEED_ID = re.compile(r"(?P<trade>[a-z]+)-(?P<topic>[1-8])-(?P<kind>careful|talk)")
CLAUSE_ID = re.compile(r"clause-(?P<number>\d{3})[a-c]")

HEARD_ID = re.compile(r"[a-z]+-(?P<topic>[1-8])-[ab]")

Row = dict[str, str]


def read(name: str, *, columns: str) -> list[Row]:
    header, *lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == columns.split()
    return [dict(zip(columns.split(), line.split("\t"), strict=True)) for line in lines]


def needs(half: str) -> list[Row]:
    rows = read(f"needs_{half}.tsv", columns="id lang text polarity gold")
    for row in rows:
        named = NEED_ID.fullmatch(row["id"])
        assert named, row["id"]
        row.update(named.groupdict())
    return rows


def clauses() -> list[Row]:
    return read("clauses.tsv", columns="id lang text polarity target half")


def half_of(number: str) -> str:
    return HALVES[0] if int(number) % 2 else HALVES[1]


def counts(title: str, halves: Iterable[list[Row]], columns: dict[str, tuple[str, ...]]) -> str:
    """The table of counts as the README has it."""
    seen, unseen = halves
    lines = [f"| {title} | seen | unseen |", "|---|---|---|", f"| all | {len(seen)} | {len(unseen)} |"]
    for column, values in columns.items():
        in_seen, in_unseen = (Counter(row[column] for row in half) for half in (seen, unseen))
        assert {*in_seen, *in_unseen} == {*values}
        lines += [f"| {column}: {value} | {in_seen[value]} | {in_unseen[value]} |" for value in values]
    return "\n".join(lines)


# Needs


def test_needs_are_counted_in_the_readme():
    table = counts(
        "needs",
        [needs(half) for half in HALVES],
        {"lang": ("nb", "nn"), "kind": ("careful", "talk"), "polarity": POLARITIES},
    )
    assert f"\n{table}\n\n" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_most_needs_ask_for_something():
    rows = [*needs("seen"), *needs("unseen")]
    assert len(rows) >= 300
    assert sum(row["polarity"] == "need" for row in rows) / len(rows) >= 0.85


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_as_much_of_every_trade(half: str):
    of_trade: dict[str, Counter[str]] = defaultdict(Counter)
    for row in needs(half):
        of_trade[row["trade"]][row["kind"]] += 1
    assert len(of_trade) == 21
    assert {tuple(sorted(kinds.items())) for kinds in of_trade.values()} == {(("careful", 4), ("talk", 4))}


@pytest.mark.parametrize("half", HALVES)
def test_the_number_of_the_topic_decides_the_half(half: str):
    assert {half_of(row["topic"]) for row in needs(half)} == {half}


def test_no_need_stands_twice():
    rows = [*needs("seen"), *needs("unseen")]
    for column in ("id", "text"):
        assert [value for value, times in Counter(row[column].casefold() for row in rows).items() if times > 1] == []


@pytest.mark.parametrize("half", HALVES)
def test_gold_is_one_to_four_concepts(half: str):
    for row in needs(half):
        gold = row["gold"].split("|")
        assert 1 <= len(gold) <= 4 and len({*gold}) == len(gold), row["id"]
        assert all(URI.fullmatch(uri) for uri in gold), row["id"]


@pytest.mark.parametrize(("half", "count"), [("seen", 42), ("unseen", 36)])
def test_what_was_heard_is_split_by_topic_too(half: str, count: int):
    rows = read(f"heard_{half}.tsv", columns="id lang text polarity gold")
    topics = [HEARD_ID.fullmatch(row["id"]) for row in rows]
    assert len(rows) == len({row["text"].casefold() for row in rows}) == count
    assert {half_of(topic["topic"]) for topic in topics if topic} == {half} and all(topics)
    for row in rows:
        gold = row["gold"].split("|")
        assert 1 <= len(gold) <= 5 and len({*gold}) == len(gold) and row["polarity"] == "need", row["id"]


def test_the_slips_of_the_keyboard_are_of_both_halves():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"14 in each half: (.*?)\.\n", readme, re.DOTALL)
    slips = {*re.split(r",\s+", listed)}
    assert [len(slips & {row["id"] for row in needs(half)}) for half in HALVES] == [14, 14]


def test_the_halves_share_few_concepts():
    seen, unseen = ({uri for row in needs(half) for uri in row["gold"].split("|")} for half in HALVES)
    told = f"They share {len(seen & unseen)} of {len(seen | unseen)} concepts."
    assert told in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_asked_for_occupations_are_counted_in_the_readme():
    golds = [row["gold"].split("|") for half in HALVES for row in needs(half)]
    some, only = (sum(holds("/occupation/" in uri for uri in gold) for gold in golds) for holds in (any, all))
    readme = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    assert f"{some} sentences have an occupation in gold, {only} of them nothing else." in readme


@pytest.mark.real_data
def test_gold_is_in_esco_and_of_the_right_kind(real_data: Path):
    # The reader leaves out what ESCO has made obsolete.
    concepts = read_classification(real_data / "01_esco" / "v1.1.1_en").concepts
    kind_of = {concept.uri: concept.kind for concept in concepts}
    for half in HALVES:
        for row in needs(half):
            for uri in row["gold"].split("|"):
                assert kind_of.get(uri) == KINDS[uri.split("/")[-2]], (row["id"], uri)


# Clauses


def test_clauses_are_counted_in_the_readme():
    rows = clauses()
    table = counts(
        "clauses",
        [[row for row in rows if row["half"] == half] for half in HALVES],
        {"lang": ("nb", "nn", "en"), "polarity": POLARITIES},
    )
    assert f"\n{table}\n\n" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_polarity_has_clauses_enough():
    rows = clauses()
    assert len(rows) >= 240
    assert min(Counter(row["polarity"] for row in rows).values()) >= 35


def test_the_target_of_a_clause_stands_in_it_once():
    assert [row["id"] for row in clauses() if row["text"].count(row["target"]) != 1] == []


def test_no_clause_is_asked_about_the_same_twice():
    rows = clauses()
    assert (
        len({row["id"] for row in rows}) == len({(row["text"].casefold(), row["target"]) for row in rows}) == len(rows)
    )


def test_the_number_of_the_text_decides_the_half_of_a_clause():
    number_of = {}
    for row in clauses():
        named = CLAUSE_ID.fullmatch(row["id"])
        assert named, row["id"]
        assert row["half"] == half_of(named["number"]), row["id"]
        assert number_of.setdefault(row["text"], named["number"]) == named["number"], row["id"]
    assert len({*number_of.values()}) == len(number_of)


def test_plain_clauses_are_counted_in_the_readme_and_stand_in_no_other_set():
    rows = read("clauses_plain.tsv", columns="id lang text polarity target half")
    texts = {row["text"].casefold() for row in rows}
    of_language, of_polarity = (Counter(row[column] for row in rows) for column in ("lang", "polarity"))
    told = (
        f"It has {len(rows)} rows from {len(texts)} texts ({of_language['nb']} bokmål, {of_language['nn']} nynorsk, "
        f"{of_language['en']} English): {of_polarity['need']} needs, {of_polarity['have']} had, {of_polarity['not_needed']} "
        f"not needed, {of_polarity['offer']} offered and {of_polarity['nice_to_have']} nice to have."
    )
    assert told in " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    assert [row["id"] for row in rows if row["text"].count(row["target"]) != 1 or row["half"] != "blind"] == []
    assert (
        len({row["id"] for row in rows}) == len({(row["text"].casefold(), row["target"]) for row in rows}) == len(rows)
    )
    others = [path for path in FOLDER.glob("clauses*.tsv") if path.name != "clauses_plain.tsv"]
    assert len(others) == 6
    for path in others:
        assert (
            texts & {line.split("\t")[2].casefold() for line in path.read_text(encoding="utf-8").splitlines()} == set()
        )
