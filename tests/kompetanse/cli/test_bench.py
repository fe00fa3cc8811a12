"""`kompetanse bench linking` on a small set with the starter vocabulary alone."""

import json
from pathlib import Path

import pytest

from kompetanse.cli import main
from kompetanse.linking.bench.measures import Answer, micro_f1, r_precision, reciprocal_rank
from kompetanse.linking.bench.sets import Example, read_set
from kompetanse.linking.bench.table import source_of
from kompetanse.linking.building.build import build_index, fingerprint
from kompetanse.linking.building.training import Plan
from tests.kompetanse.esco.making import WELD, english

_SKILL = "http://data.europa.eu/esco/skill/"
_COLUMNS = "id\tlang\ttext\tpolarity\tgold\n"


def test_a_set_is_grouped_by_text_and_what_has_no_gold_is_left_out(tmp_path: Path):
    file = tmp_path / "some.tsv"
    file.write_text(
        _COLUMNS + '1\tnb\tsi "hei"\tneed\ta|b\n2\tnb\tsi "hei"\tneed\tc\n3\tnn\thei\thave\t\n', encoding="utf-8"
    )
    assert read_set(file).examples == (Example('si "hei"', "nb", frozenset("abc"), "need"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("id\ttext\n", "lacks the columns lang, polarity, gold"), (_COLUMNS + "1\tnb\n", "some.tsv:2")],
)
def test_a_file_that_is_no_set_is_refused(
    tmp_path: Path, text: str, complaint: str, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "some.tsv"
    file.write_text(text, encoding="utf-8")
    assert main(["bench", "linking", "--set", str(file)]) == 2
    assert complaint in capsys.readouterr().err


def test_the_measures_count_as_the_field_does():
    answers = [
        Answer((1, 7), frozenset("ab"), frozenset("ax")),
        Answer((3,), frozenset("c"), frozenset()),
        # A gold concept that is no candidate has no place, and counts as missed.
        Answer((), frozenset("d"), frozenset("d")),
    ]
    assert r_precision(answers, at=1) == pytest.approx(100 / 3)
    assert r_precision(answers, at=5) == pytest.approx(100 * (0.5 + 1 + 0) / 3)
    assert reciprocal_rank(answers) == pytest.approx(100 * (1 + 1 / 3) / 3)
    assert micro_f1(answers) == pytest.approx(100 * 2 * 2 / (3 + 4))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bench keeps its indexes; no real data is named."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("KF_TEST_DATA", raising=False)
    return tmp_path / "cache" / "kompetanse"


@pytest.mark.slow
def test_the_rows_have_the_agreed_keys(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]):
    # One that is there is taken; one that is trained as long as it should be takes a minute.
    source = source_of(None)
    build_index(source, cache / f"index-{fingerprint(source)}", plan=Plan(epochs=1, dimensions=16, batch=1024))
    file = tmp_path / "two.tsv"
    python = f"{_SKILL}ccd0a1d9-afda-43d9-b901-96344886e14d"
    file.write_text(
        _COLUMNS + f"1\tnb\tvi trenger noen som kan Python-programmering\tneed\t{python}\n", encoding="utf-8"
    )
    assert main(["bench", "linking", "--set", str(file), "--json"]) == 0
    told = capsys.readouterr()
    rows = json.loads(told.out)
    assert {tuple(row) for row in rows} == {("engine", "set", "rp5", "rp10", "mrr", "f1", "per_core_second", "rss_mb")}
    [ours] = [row for row in rows if row["engine"] == "kompetanse"]
    assert (ours["set"], ours["rp5"], ours["mrr"]) == ("two", 100, 100)
    assert (len(rows), "Building" in told.err) == (4, False)


@pytest.mark.slow
def test_where_there_is_no_index_one_is_built_and_kept(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]):
    file, data = tmp_path / "one.tsv", tmp_path / "esco"
    file.write_text(_COLUMNS + f"1\ten\twe need somebody who can weld metal\tneed\t{WELD}\n", encoding="utf-8")
    data.mkdir()
    for name, content in english().items():
        (data / name).write_text(content, encoding="utf-8")
    told = []
    for _time in range(2):
        assert main(["bench", "linking", "--set", str(file), "--data", str(data), "--ours", "--json"]) == 0
        told.append(capsys.readouterr())
    assert ["Building" in each.err for each in told] == [True, False]
    assert [(row["rp5"], row["mrr"]) for each in told for row in json.loads(each.out)] == [(100, 100)] * 2
    assert len(list(cache.glob("index-*"))) == 1
