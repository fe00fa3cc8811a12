"""`kompetanse bench linking` on a small set with the starter vocabulary alone."""

import json
from pathlib import Path

import pytest

from kompetanse.cli import main
from kompetanse.linking.bench.measures import Answer, micro_f1, r_precision, reciprocal_rank
from kompetanse.linking.bench.sets import Example, read_set

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


@pytest.mark.slow
def test_the_rows_have_the_agreed_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("KF_TEST_DATA", raising=False)
    file = tmp_path / "two.tsv"
    python = f"{_SKILL}ccd0a1d9-afda-43d9-b901-96344886e14d"
    file.write_text(
        _COLUMNS + f"1\tnb\tvi trenger noen som kan Python-programmering\tneed\t{python}\n", encoding="utf-8"
    )
    assert main(["bench", "linking", "--set", str(file), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {("engine", "set", "rp5", "rp10", "mrr", "f1", "per_core_second", "rss_mb")}
    [ours] = [row for row in rows if row["engine"] == "kompetanse"]
    assert (ours["set"], ours["rp5"], ours["mrr"]) == ("two", 100, 100)
    assert len(rows) == 4
