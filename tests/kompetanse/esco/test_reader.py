"""ESCO's files, as they come and as they may be broken."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from kompetanse.esco import (
    Broader,
    Concept,
    ConceptKind,
    EscoFileError,
    Label,
    OccupationSkill,
    guess_version,
    read_classification,
    version_key,
)
from tests.kompetanse.esco.making import CRAFT, METAL, PLAN, WELD, WELDER, english, occupations, skills, table, zipped


def problem(*sources: Path, most_bytes: int | None = None) -> str:
    with pytest.raises(EscoFileError) as caught:
        read_classification(*sources, **({"most_bytes": most_bytes} if most_bytes else {}))
    return caught.value.code


def test_a_zip_becomes_concepts_labels_and_relations(tmp_path: Path):
    read = read_classification(zipped(tmp_path / "esco.zip", english()))
    assert set(read.concepts) == {
        Concept(WELD, ConceptKind.SKILL, "", ""),
        Concept(PLAN, ConceptKind.SKILL, "", ""),
        Concept(WELDER, ConceptKind.OCCUPATION, "7212.1", "7212"),
        Concept(METAL, ConceptKind.SKILL_GROUP, "S7.1", ""),
        Concept(CRAFT, ConceptKind.ISCO_GROUP, "7212", ""),
    }
    assert [label for label in read.labels if label.uri == WELD] == [
        Label(WELD, ConceptKind.SKILL, "en", "label", "weld metal"),
        Label(WELD, ConceptKind.SKILL, "en", "alternative", "welding"),
        Label(WELD, ConceptKind.SKILL, "en", "alternative", "join metal"),
    ]
    assert read.occupation_skills == (OccupationSkill(WELDER, WELD, True), OccupationSkill(WELDER, PLAN, False))
    assert (read.broader_skills, read.broader_occupations) == ((Broader(WELD, METAL),), (Broader(WELDER, CRAFT),))
    assert (read.languages, read.kinds) == (frozenset({"en"}), frozenset(ConceptKind))


def test_a_file_named_no_is_bokmaal_and_languages_add_up_by_uri(tmp_path: Path):
    norwegian = {"skills_no.csv": skills((WELD, "sveise metall", ""))}
    read = read_classification(zipped(tmp_path / "en.zip", english()), zipped(tmp_path / "no.zip", norwegian))
    assert Counter(concept.uri for concept in read.concepts)[WELD] == 1
    labels = {label.language: label.text for label in read.labels if label.uri == WELD and label.role == "label"}
    assert labels == {"en": "weld metal", "nb": "sveise metall"}


def test_files_may_lie_in_a_folder_inside_the_zip_and_beside_what_a_mac_leaves(tmp_path: Path):
    files = {f"ESCO v1.2/{name}": content for name, content in english().items()}
    files["__MACOSX/ESCO v1.2/._skills_en.csv"] = b"\x00\x05\x16\x07"  # type: ignore[assignment]
    assert len(read_classification(zipped(tmp_path / "esco.zip", files)).concepts) == 5


def test_columns_may_stand_in_another_order_and_some_may_be_missing(tmp_path: Path):
    content = table(("preferredLabel", "CONCEPTURI"), [("sveise", WELD)])
    read = read_classification(zipped(tmp_path / "esco.zip", {"skills_nb.csv": content}))
    assert read.labels == (Label(WELD, ConceptKind.SKILL, "nb", "label", "sveise"),)
    assert read.occupation_skills is None


def test_the_type_in_the_row_rules_over_the_name_of_the_file(tmp_path: Path):
    content = table(("conceptType", "conceptUri", "preferredLabel"), [("SkillGroup", METAL, "metal")])
    read = read_classification(zipped(tmp_path / "esco.zip", {"skills_en.csv": content}))
    assert read.concepts == (Concept(METAL, ConceptKind.SKILL_GROUP, "", ""),)


def test_a_folder_of_gzipped_files_reads_as_the_zip_does(tmp_path: Path):
    for name, content in english().items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    read = read_classification(tmp_path)
    assert (len(read.concepts), len(read.labels)) == (5, 7)


def test_a_label_that_repeats_the_name_and_a_second_name_are_left_out(tmp_path: Path):
    content = skills((WELD, "weld", "weld\nwelding\n"), (WELD, "another name", ""))
    read = read_classification(zipped(tmp_path / "esco.zip", {"skills_en.csv": content}))
    assert [(label.role, label.text) for label in read.labels] == [("label", "weld"), ("alternative", "welding")]


def test_the_same_contents_have_the_same_hash_and_others_another(tmp_path: Path):
    one = read_classification(zipped(tmp_path / "a.zip", english()))
    same = read_classification(zipped(tmp_path / "b.zip", english(), folder="inside/"))
    other = read_classification(zipped(tmp_path / "c.zip", english() | {"skills_en.csv": skills((WELD, "weld", ""))}))
    assert one.sha256 == same.sha256 != other.sha256


def test_what_is_not_a_zip(tmp_path: Path):
    (tmp_path / "esco.zip").write_text("<html>Log in to download</html>")
    assert problem(tmp_path / "esco.zip") == "not_a_zip"


def test_half_a_zip(tmp_path: Path):
    whole = zipped(tmp_path / "esco.zip", english()).read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    assert problem(tmp_path / "half.zip") == "damaged_zip"


def test_a_zip_with_a_byte_turned_over(tmp_path: Path):
    path = zipped(tmp_path / "esco.zip", {"skills_en.csv": skills((WELD, "weld", "x " * 500))})
    data = bytearray(path.read_bytes())
    data[150] ^= 0xFF
    path.write_bytes(data)
    assert problem(path) == "damaged_zip"


def test_a_zip_without_our_files(tmp_path: Path):
    assert problem(zipped(tmp_path / "photos.zip", {"a.jpg": b"", "list.csv": "a,b"})) == "no_known_files"


def test_a_file_that_is_not_there(tmp_path: Path):
    assert problem(tmp_path / "esco.zip") == "not_found"


def test_another_encoding(tmp_path: Path):
    latin = skills((WELD, "måle trykk", "")).encode("latin-1")
    assert problem(zipped(tmp_path / "esco.zip", {"skills_nb.csv": latin})) == "wrong_encoding"


def test_a_missing_column_is_named(tmp_path: Path):
    path = zipped(tmp_path / "esco.zip", {"skills_nb.csv": table(("conceptUri", "altLabels"), [(WELD, "")])})
    with pytest.raises(EscoFileError) as caught:
        read_classification(path)
    assert (caught.value.code, caught.value.detail) == ("missing_column", "skills_nb.csv: preferredLabel")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.97])
def test_half_a_csv_is_told_wherever_it_is_cut(tmp_path: Path, share: float):
    whole = skills(*((f"{WELD}{number}", f"sveise «{number}»", "åre\nøre") for number in range(200))).encode()
    cut = whole[: int(len(whole) * share)]
    while cut.endswith(b"\n") or not cut[-1:].isalnum():  # at the end of a line nobody can tell
        cut = cut[:-1]
    assert problem(zipped(tmp_path / "esco.zip", {"skills_nb.csv": cut})) == "cut_off"


def test_a_csv_cut_in_the_middle_of_a_letter(tmp_path: Path):
    whole = skills((WELD, "måle", "")).encode()
    cut = whole[: whole.index("å".encode()) + 1]
    assert problem(zipped(tmp_path / "esco.zip", {"skills_nb.csv": cut})) == "cut_off"


def test_half_a_gzipped_csv(tmp_path: Path):
    path = tmp_path / "skills_nb.csv.gz"
    whole = gzip.compress(skills(*((f"{WELD}{number}", str(number), "") for number in range(500))).encode())
    path.write_bytes(whole[: len(whole) // 2])
    assert problem(path) == "cut_off"


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked(tmp_path: Path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills_nb.csv", skills((WELD, "a" * 20_000_000, "")))
    assert path.stat().st_size < 100_000
    assert problem(path, most_bytes=1_000_000) == "too_large"


def test_bytes_are_counted_over_all_files_together(tmp_path: Path):
    rows = [(f"{WELD}{number}", "a" * 100, "") for number in range(100)]
    path = zipped(tmp_path / "esco.zip", {f"skills_{code}.csv": skills(*rows) for code in ("nb", "en", "sv", "da")})
    assert len(read_classification(path, most_bytes=100_000).concepts) == 100
    assert problem(path, most_bytes=50_000) == "too_large"


def test_what_esco_calls_obsolete_is_not_read(tmp_path: Path):
    content = occupations((WELDER, "7212", "welder")).replace("released", "obsolete")
    assert read_classification(zipped(tmp_path / "esco.zip", {"occupations_en.csv": content})).concepts == ()


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("ESCO dataset - v1.1.1 - classification - nb - csv.zip", "1.1.1"),
        ("ESCO_dataset_-_v1.2.0_-_classification_-_en_-_csv.zip", "1.2.0"),
        ("v1.0.8_no/occupations_no.csv.gz", "1.0.8"),
        ("esco v1.2/skills_nb.csv", "1.2"),
        ("esco.zip", None),
    ],
)
def test_the_version_stands_in_the_name(name: str, version: str | None):
    assert guess_version(Path(name)) == version


def test_versions_sort_by_number():
    assert sorted(["1.10", "1.2", "1.0.8", "1.1.1", "1.1"], key=version_key) == ["1.0.8", "1.1", "1.1.1", "1.2", "1.10"]
    assert version_key("1.1") == version_key("v1.1.0")
    with pytest.raises(ValueError, match="not a version"):
        version_key("newest")


@pytest.mark.real_data
def test_the_whole_of_esco_is_read(real_data: Path):
    esco = real_data / "01_esco"
    read = read_classification(esco / "v1.1.1_en", esco / "v1.1.1_relations")
    assert Counter(str(concept.kind) for concept in read.concepts) == {
        "skill": 13_896,
        "occupation": 3_007,
        "skill_group": 640,
        "isco_group": 619,
    }
    assert Counter(pair.is_essential for pair in read.occupation_skills or ()) == {True: 64_946, False: 58_909}
    assert (len(read.broader_skills or ()), len(read.broader_occupations or ())) == (20_656, 3_617)


@pytest.mark.real_data
def test_official_norwegian_occupations_are_read_as_bokmaal(real_data: Path):
    read = read_classification(real_data / "01_esco/v1.0.8_no")
    names = [label for label in read.labels if label.kind == ConceptKind.OCCUPATION and label.role == "label"]
    assert (len(names), read.languages) == (2_942, frozenset({"nb"}))
