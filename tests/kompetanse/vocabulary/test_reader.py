"""How the vocabulary's files are read."""

from pathlib import Path

import pytest

from kompetanse.vocabulary import Entry, Pair, Vocabulary, read_vocabulary

_HEADER = "uri\tnb\tnn\ten\twords_nb\twords_nn\twords_en\n"
_OCCUPATION_HEADER = _HEADER.replace("uri\t", "uri\tisco\t")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_rows_become_entries_and_pairs(tmp_path: Path):
    write(tmp_path, "skills/industry.tsv", _HEADER + "u:1\tsveise\tsveise\tweld\tsveis | TIG\t\twelding\n\n")
    write(tmp_path, "occupations/industry.tsv", _OCCUPATION_HEADER + "u:2\t7212\tsveiser\t\twelder\n")
    write(tmp_path, "pairs/industry.tsv", "occupation\tskill\trelation\nu:2\tu:1\tessential\n")
    assert read_vocabulary(tmp_path) == Vocabulary(
        skills=(
            Entry(
                uri="u:1",
                kind="skill",
                trade="industry",
                labels={"nb": "sveise", "nn": "sveise", "en": "weld"},
                words={"nb": ("sveis", "TIG"), "nn": (), "en": ("welding",)},
            ),
        ),
        occupations=(
            Entry(
                uri="u:2",
                kind="occupation",
                trade="industry",
                isco="7212",
                labels={"nb": "sveiser", "en": "welder"},
                words={"nb": (), "nn": (), "en": ()},
            ),
        ),
        pairs=(Pair("u:2", "u:1", "essential"),),
    )


def test_an_empty_folder_is_an_empty_vocabulary(tmp_path: Path):
    assert read_vocabulary(tmp_path) == Vocabulary((), (), ())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("uri\tnb\n", "a.tsv: the header"),
        (_HEADER + "1\t2\t3\t4\t5\t6\t7\t8\n", "a.tsv:2: 8 cells, not 7"),
        ("", "a.tsv: the header"),
    ],
)
def test_a_crooked_file_is_named_with_its_line(tmp_path: Path, text: str, complaint: str):
    write(tmp_path, "skills/a.tsv", text)
    with pytest.raises(ValueError, match=complaint):
        read_vocabulary(tmp_path)


def test_the_vocabulary_that_ships_is_read():
    vocabulary = read_vocabulary()
    assert len(vocabulary.skills) > 500
    assert {entry.kind for entry in vocabulary.occupations} == {"occupation"}
    assert all(entry.labels.get("nb") for entry in vocabulary.skills)
