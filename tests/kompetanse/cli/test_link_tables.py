"""`kompetanse link` on tables: what is read is written the same, in order, and a stopped run goes on."""

import csv
import json
from pathlib import Path

import pytest

from kompetanse.cli import main
from tests.kompetanse.one_linker import one_linker

# Hearing by all of the vocabulary takes seconds to get ready: once, in one process.
pytestmark = pytest.mark.xdist_group("the whole vocabulary")

_TEXTS = ["vi trenger noen som kan sveise", "ingen her kan Python-programmering", 'hei, "du"\nog du', ""]


@pytest.fixture(autouse=True)
def _linker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of this process; others make their own."""
    monkeypatch.setattr("kompetanse.cli.link._linker", lambda index: one_linker())


def csv_of(folder: Path, rows: int = 4) -> Path:
    file = folder / "needs.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "text"])
        writer.writerows([number, _TEXTS[number % len(_TEXTS)]] for number in range(rows))
    return file


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_csv_in_csv_out(tmp_path: Path):
    out = tmp_path / "linked.csv"
    assert main(["link", str(csv_of(tmp_path)), "--out", str(out), "--lang", "nb", "--workers", "1"]) == 0
    rows = read_csv(out)
    assert [row["text"] for row in rows] == _TEXTS
    for row in rows:
        for link in json.loads(row["links"]):
            assert all(row["text"][cause["start"] : cause["end"]] == cause["text"] for cause in link["causes"])
    assert "Python" in rows[1]["links"]
    assert json.loads(rows[3]["links"]) == []
    assert not (tmp_path / "linked.csv.part").exists()


@pytest.mark.slow
def test_a_stopped_run_goes_on_to_the_same_end(tmp_path: Path):
    file, whole, resumed = csv_of(tmp_path, rows=20), tmp_path / "whole.csv", tmp_path / "resumed.csv"
    arguments = ["link", str(file), "--lang", "nb", "--out"]
    assert main([*arguments, str(whole), "--workers", "2"]) == 0
    # In the middle of the first row, and of a later one.
    for cut in (40, 700):
        (tmp_path / "resumed.csv.part").write_bytes(whole.read_bytes()[:cut])
        assert main([*arguments, str(resumed), "--workers", "1"]) == 0
        assert resumed.read_bytes() == whole.read_bytes(), cut
        resumed.unlink()


@pytest.mark.slow
def test_jsonl_keeps_what_else_a_row_has(tmp_path: Path):
    file, out = tmp_path / "needs.jsonl", tmp_path / "linked.jsonl"
    rows = [{"text": text, "from": {"firm": number}} for number, text in enumerate(_TEXTS)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["link", str(file), "--out", str(out), "--workers", "1"]) == 0
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [{"text": row["text"], "from": row["from"]} for row in written] == rows
    assert isinstance(written[0]["links"], list)


def test_parquet_in_parquet_out(tmp_path: Path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    file, out = tmp_path / "needs.parquet", tmp_path / "linked.parquet"
    parquet.write_table(arrow.table({"id": list(range(4)), "text": _TEXTS}), file)
    assert main(["link", str(file), "--out", str(out), "--workers", "1"]) == 0
    table = parquet.read_table(out)
    assert table.column("id").to_pylist() == [0, 1, 2, 3]
    assert "Python" in table.column("links").to_pylist()[1]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "needs --out"),
        (["--out", "other.jsonl"], "must end like needs.csv"),
        (["--out", "linked.csv", "--column", "words"], "no column 'words'"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path,
    arguments: list[str],
    complaint: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    assert main(["link", str(csv_of(tmp_path)), "--workers", "1", *arguments]) == 2
    assert complaint in capsys.readouterr().err
