"""ESCO as the Commission publishes it stands in the tables whole, and our own words stand on it."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from kompetanse.vocabulary import Fault, check, read_esco_concepts, read_vocabulary
from kompetanseforum.skills.models import Broader, Concept, Label, LabelOrigin, LabelRole, OccupationSkill
from tests.real_input.building import bring_built_in, bring_english_esco, bring_norwegian_occupations

# One group: with `--dist loadgroup` the region is built once.
pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.xdist_group("real_input")]

ENGLISH = "01_esco/v1.1.1_en"
RELATIONS = "01_esco/v1.1.1_relations"
UNPUBLISHED_OCCUPATION = "http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def official(language: str, role: str, kind: str) -> int:
    return Label.objects.filter(origin=LabelOrigin.OFFICIAL, language=language, role=role, concept__kind=kind).count()


def everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (Concept, Label, OccupationSkill, Broader)}


def test_every_concept_of_the_files_is_here_and_no_other() -> None:
    assert Counter(Concept.objects.values_list("kind", flat=True)) == {
        "skill": 13_896,
        "occupation": 3_007,
        "skill_group": 640,
        "isco_group": 619,
    }


def test_every_concept_has_its_english_name() -> None:
    assert [official("en", LabelRole.LABEL, kind) for kind in ("skill", "occupation", "skill_group", "isco_group")] == [
        13_896, 3_007, 640, 619,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "in_the_file"), [("skills", "skill", 97_483), ("occupations", "occupation", 32_804)]
)
def test_alternative_labels_are_here_but_for_those_that_only_repeat_the_name(
    region: Path, name: str, kind: str, in_the_file: int
) -> None:
    said = {
        (row["conceptUri"], text.strip(), text.strip() == row["preferredLabel"].strip())
        for row in rows(region / ENGLISH / f"{name}_en.csv.gz")
        for text in row["altLabels"].split("\n")
        if text.strip()
    }
    repeated = sum(is_the_name for _, _, is_the_name in said)
    assert (len(said), official("en", LabelRole.ALTERNATIVE, kind)) == (in_the_file, in_the_file - repeated)


def test_every_pair_of_occupation_and_skill_is_here_and_what_is_more_is_our_own(region: Path) -> None:
    published = {
        (row["occupationUri"], row["skillUri"]) for row in rows(region / RELATIONS / "occupationSkillRelations.csv.gz")
    }
    # The published relations name one occupation, in 67 pairs, that the published occupations do not have.
    nameless = {pair for pair in published if pair[0] == UNPUBLISHED_OCCUPATION}
    here = {
        (occupation, skill): origin
        for occupation, skill, origin in OccupationSkill.objects.values_list("occupation__uri", "skill__uri", "origin")
    }
    assert (len(published), len(nameless), published - nameless - here.keys()) == (123_855, 67, set())
    assert {origin for pair, origin in here.items() if pair not in published} == {LabelOrigin.LOCAL}


def test_every_broader_relation_is_here_whose_ends_are(region: Path) -> None:
    known = set(Concept.objects.values_list("uri", flat=True))
    published = [
        (row["conceptUri"], row["broaderUri"])
        for name in ("OccPillar", "SkillPillar")
        for row in rows(region / RELATIONS / f"broaderRelations{name}.csv.gz")
    ]
    whole = {pair for pair in published if known.issuperset(pair)}
    # One occupation and seven skills are named in relations only.
    assert (len(published), len(whole)) == (3_617 + 20_656, 3_616 + 20_649)
    assert set(Broader.objects.values_list("concept__uri", "broader__uri")) == whole


def test_a_welders_skills_are_those_that_esco_names(region: Path) -> None:
    """One occupation, followed by hand from file to table."""
    welder = next(row for row in rows(region / ENGLISH / "occupations_en.csv.gz") if row["preferredLabel"] == "welder")
    published = {
        (row["skillUri"], row["relationType"] == "essential")
        for row in rows(region / RELATIONS / "occupationSkillRelations.csv.gz")
        if row["occupationUri"] == welder["conceptUri"]
    }
    here = OccupationSkill.objects.filter(
        occupation__uri=welder["conceptUri"], skill__uri__in=[uri for uri, _ in published]
    )
    own = {(row.skill.uri) for row in here.select_related("skill") if row.origin == LabelOrigin.LOCAL}
    official_pairs = {
        (row.skill.uri, row.is_essential) for row in here.select_related("skill") if row.skill.uri not in own
    }
    assert welder["iscoGroup"] == "7212"
    assert official_pairs == {(uri, is_essential) for uri, is_essential in published if uri not in own}


def test_official_norwegian_names_of_occupations_came_beside_the_english_ones() -> None:
    # 2,942 in the file; three are of occupations that 1.1.1 no longer has.
    assert official("nb", LabelRole.LABEL, "occupation") == 2_939


def test_every_address_in_our_vocabulary_is_escos_and_of_the_right_kind(region: Path) -> None:
    vocabulary = read_vocabulary()
    published = {
        row["conceptUri"]: kind
        for name, kind in (("skills", "skill"), ("occupations", "occupation"))
        for row in rows(region / ENGLISH / f"{name}_en.csv.gz")
    }
    entries = [*vocabulary.skills, *vocabulary.occupations]
    assert [entry.uri for entry in entries if published.get(entry.uri) != entry.kind] == []
    assert len(vocabulary.skills) >= 400 and len(vocabulary.occupations) >= 120


def test_our_vocabulary_holds_against_escos_own_files(region: Path) -> None:
    found = check(read_vocabulary(), known=read_esco_concepts(region / ENGLISH))
    # A label of our own words is for a look; nothing else may be found.
    assert [finding for finding in found if finding.fault is not Fault.OTHER_LABEL] == []


def test_the_same_files_again_change_nothing(region: Path) -> None:
    before = everything()
    bring_built_in()
    again = [bring_english_esco(region), bring_norwegian_occupations(region)]
    assert [imported.is_changed for imported in again] == [False, False]
    assert everything() == before
