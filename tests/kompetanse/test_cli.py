"""The `kompetanse` command on files."""

import io
import json
from pathlib import Path

import pytest

from kompetanse.cli import main


@pytest.mark.slow
def test_link_prints_each_link_with_its_words_and_polarity(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "need.txt"
    file.write_text("Vi trenger noen til å sveise aluminium", encoding="utf-8")
    assert main(["link", str(file), "--lang", "nb", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["polarity"], first["causes"]) == ("need", [{"start": 22, "end": 38, "text": "sveise aluminium"}])
    assert main(["link", str(file), "--limit", "1"]) == 0
    line = capsys.readouterr().out
    assert line.startswith(f"{first['score']:.2f}  need ")
    assert "← sveise aluminium" in line
    assert line.count("\n") == 1


@pytest.mark.slow
def test_link_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Vi har nok truck \xff".encode("latin-1"))))
    assert main(["link", "-", "--json", "--assume", "offer"]) == 0
    assert {link["polarity"] for link in json.loads(capsys.readouterr().out)} == {"have"}


def test_a_missing_file_is_told_in_one_line(capsys: pytest.CaptureFixture[str]):
    assert main(["link", "/no/such/file"]) == 2
    assert capsys.readouterr().err.startswith("kompetanse: ")


@pytest.mark.slow
def test_vocabulary_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]):
    code = main(["vocabulary", "check"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith(" 0 findings") == (code == 0)
    assert " skills, " in last


@pytest.mark.slow
def test_vocabulary_check_compares_with_esco(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name in ("skills_en.csv", "occupations_en.csv"):
        (tmp_path / name).write_text("conceptUri,preferredLabel,altLabels\nu:1,weld,\n", encoding="utf-8")
    assert main(["vocabulary", "check", "--esco", str(tmp_path)]) == 1
    assert "unknown-uri\t" in capsys.readouterr().out
