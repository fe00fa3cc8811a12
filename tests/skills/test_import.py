"""ESCO comes in whole or not at all, adds up over languages, and never touches words of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kompetanse.esco import EscoFileError
from kompetanse.linking import Polarity
from kompetanseforum.core.models import FactRow
from kompetanseforum.skills.actions import link_words
from kompetanseforum.skills.imports import import_esco_files
from kompetanseforum.skills.models import Broader, Concept, Edition, Label, OccupationSkill
from kompetanseforum.skills.queries import groups_of, hear, label_token, labels_of, named, occupations_asking
from tests.kompetanse.esco.making import METAL, PLAN, WELD, WELDER, english, needs_skill, occupations, skills, zipped
from tests.skills.conftest import CARE, NEED, VOICE, Concepts

pytestmark = pytest.mark.django_db

OLD, NEW = f"{WELD}-old", f"{WELD}-new"


@pytest.fixture
def esco(tmp_path: Path, db: None) -> Path:
    """English 1.1.1, imported."""
    path = zipped(tmp_path / "ESCO dataset - v1.1.1 - classification - en - csv.zip", english())
    import_esco_files([path])
    return path


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {
        model.__name__: sorted(model.objects.values_list(), key=repr)
        for model in (Concept, Label, OccupationSkill, Broader, Edition)
    }


def official(uri: str, language: str) -> list[tuple[str, str]]:
    rows = Label.objects.filter(concept__uri=uri, language=language, origin="official")
    return sorted(rows.values_list("role", "text"))


def test_concepts_labels_relations_and_groups_come_in(esco: Path):
    assert official(WELD, "en") == [("alternative", "join metal"), ("alternative", "welding"), ("label", "weld metal")]
    welder = Concept.objects.get(uri=WELDER)
    assert (welder.code, welder.isco_group, welder.version, welder.is_obsolete) == ("7212.1", "7212", "1.1.1", False)
    weld = Concept.objects.get(uri=WELD)
    assert [(one.concept.uri, one.is_essential) for one in occupations_asking(weld)] == [(WELDER, True)]
    assert [one.uri for one in groups_of(weld)] == [METAL]
    edition = Edition.objects.get()
    assert (edition.version, edition.language) == ("1.1.1", "en")
    assert edition.counts["skill"] == 4
    assert list(FactRow.objects.values_list("name", "content")) == [("skills.EscoImported", {"version": "1.1.1"})]


def test_the_same_file_again_changes_nothing_and_says_so(esco: Path):
    before, token = everything(), label_token()
    assert import_esco_files([esco]).is_changed is False
    assert (everything(), label_token()) == (before, token)
    assert FactRow.objects.count() == 1


def test_languages_add_up_by_uri(esco: Path, tmp_path: Path):
    norwegian = {"skills_no.csv": skills((WELD, "sveise metall", "sveising"))}
    import_esco_files([zipped(tmp_path / "v1.1.1 no.zip", norwegian)])
    assert Concept.objects.count() == 5
    assert official(WELD, "nb") == [("alternative", "sveising"), ("label", "sveise metall")]
    assert official(WELD, "en") != []
    assert sorted(Edition.objects.values_list("language", flat=True)) == ["en", "nb"]


def test_words_and_pairs_of_our_own_stand(concepts: Concepts, tmp_path: Path):
    own = sorted(Label.objects.values_list("concept__uri", "language", "role", "text"))
    relations = needs_skill((WELDER, "optional", WELD), (WELDER, "essential", PLAN))
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english() | {"occupationSkillRelations.csv": relations})])
    assert sorted(Label.objects.filter(origin="local").values_list("concept__uri", "language", "role", "text")) == own
    assert set(OccupationSkill.objects.values_list("skill__uri", "is_essential", "origin")) == {
        (WELD, True, "local"),
        (PLAN, False, "local"),
    }
    assert labels_of([concepts.weld.pk], language="en")[concepts.weld.pk].text == "weld aluminium"


@pytest.mark.slow
def test_imported_words_are_heard_at_once(concepts: Concepts, tmp_path: Path):
    assert hear("We need people who can join metal.", language="en") == []
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english())])
    assert [one.uri for one in hear("We need people who can join metal.", language="en")] == [WELD]


def test_a_newer_version_replaces_labels_and_makes_what_it_lacks_obsolete(esco: Path, tmp_path: Path):
    import_esco_files([zipped(tmp_path / "v1.1.1 sv.zip", {"skills_sv.csv": skills((PLAN, "planera arbete", ""))})])
    newer = english() | {
        "skills_en.csv": skills((WELD, "weld metals", "welding"), (NEW, "print metal", "")),
        "occupationSkillRelations.csv": needs_skill((WELDER, "essential", NEW)),
    }
    import_esco_files([zipped(tmp_path / "v1.2.zip", newer)])
    assert official(WELD, "en") == [("alternative", "welding"), ("label", "weld metals")]
    assert dict(Concept.objects.filter(kind="skill").values_list("uri", "is_obsolete")) == {
        WELD: False,
        PLAN: True,
        NEW: False,
    }
    assert list(OccupationSkill.objects.values_list("skill__uri", flat=True)) == [NEW]
    # Kept for links, and for who comes back to it.
    assert named([Concept.objects.get(uri=PLAN)], language="sv")[0].label == "planera arbete"


def test_an_obsolete_concept_keeps_its_links_and_comes_back_with_a_version_that_has_it(
    concepts: Concepts, tmp_path: Path
):
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english())])
    link_words(subject=VOICE, whole=NEED, words="lage arbeidsplan", language="nb", assume=Polarity.NEED)
    without = {"skills_en.csv": skills((WELD, "weld metal", ""), (CARE, "care", ""))}
    import_esco_files([zipped(tmp_path / "v1.2.zip", without)])
    concepts.plan.refresh_from_db()
    assert (concepts.plan.is_obsolete, concepts.plan.links.count()) == (True, 1)
    again = {"skills_en.csv": skills((WELD, "weld metal", ""), (CARE, "care", ""), (PLAN, "plan work", ""))}
    import_esco_files([zipped(tmp_path / "v1.3.zip", again)])
    concepts.plan.refresh_from_db()
    assert (concepts.plan.is_obsolete, concepts.plan.links.count()) == (False, 1)


def test_an_older_version_in_another_language_adds_words_but_no_old_concepts(esco: Path, tmp_path: Path):
    older = {"skills_no.csv": skills((WELD, "sveise metall", ""), (OLD, "klinke metall", ""))}
    import_esco_files([zipped(tmp_path / "v1.0.8.zip", older)])
    assert official(WELD, "nb") == [("label", "sveise metall")]
    assert not Concept.objects.filter(uri=OLD).exists()
    assert not Concept.objects.filter(is_obsolete=True).exists()


def test_an_older_version_in_the_same_language_changes_no_label(esco: Path, tmp_path: Path):
    older = english() | {
        "skills_en.csv": skills((WELD, "weld things", "")),
        "occupationSkillRelations.csv": needs_skill(),
    }
    older["occupationSkillRelations.csv"] = needs_skill((WELDER, "optional", WELD))
    import_esco_files([zipped(tmp_path / "v1.0.8.zip", older)])
    assert ("label", "weld metal") in official(WELD, "en")
    assert OccupationSkill.objects.get(skill__uri=WELD).is_essential is True


def test_the_order_of_the_imports_does_not_matter(tmp_path: Path):
    older = zipped(tmp_path / "v1.0.8.zip", {"skills_no.csv": skills((WELD, "sveise metall", ""), (OLD, "klinke", ""))})
    newer = zipped(tmp_path / "v1.1.1.zip", english())
    import_esco_files([older])
    import_esco_files([newer])
    suggested = Concept.objects.filter(is_obsolete=False)
    assert set(suggested.values_list("uri", "version")) == {
        (uri, "1.1.1") for uri in suggested.values_list("uri", flat=True)
    }
    assert Concept.objects.get(uri=OLD).is_obsolete is True


def test_the_starter_vocabulary_is_not_made_obsolete_by_an_older_file(concepts: Concepts, tmp_path: Path):
    import_esco_files([zipped(tmp_path / "v1.0.8.zip", {"skills_no.csv": skills((WELD, "sveise metall", ""))})])
    assert not Concept.objects.filter(is_obsolete=True).exists()


def test_a_file_that_lacks_much_of_what_is_here_is_refused_and_changes_nothing(tmp_path: Path):
    rows = [(f"{WELD}-{number}", f"skill {number}", "") for number in range(200)]
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", {"skills_en.csv": skills(*rows)})])
    before = everything()
    half = zipped(tmp_path / "v1.2.zip", {"skills_en.csv": skills(*rows[:100])})
    with pytest.raises(EscoFileError) as caught:
        import_esco_files([half])
    assert caught.value.code == "much_is_missing"
    assert everything() == before


def test_when_one_of_several_files_is_broken_none_comes_in(tmp_path: Path):
    whole = zipped(tmp_path / "v1.1.1 en.zip", english())
    broken = zipped(tmp_path / "v1.0.8 no.zip", {"occupations_no.csv": occupations((WELDER, "7212", "sveiser"))[:-9]})
    with pytest.raises(EscoFileError):
        import_esco_files([whole, broken])
    assert not Concept.objects.exists()


def test_a_file_whose_version_nobody_knows_is_refused(tmp_path: Path):
    path = zipped(tmp_path / "esco.zip", english())
    with pytest.raises(EscoFileError) as caught:
        import_esco_files([path])
    assert (caught.value.code, caught.value.detail) == ("unknown_version", "esco.zip")
    assert import_esco_files([path], version="1.1.1").is_changed


def test_a_relation_to_what_is_not_here_is_left_out(tmp_path: Path):
    stray = english() | {"occupationSkillRelations.csv": needs_skill((WELDER, "essential", f"{WELD}-gone"))}
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", stray)])
    assert not OccupationSkill.objects.exists()


def test_the_command_brings_files_in_and_says_when_nothing_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = zipped(tmp_path / "esco.zip", english())
    call_command("import_esco", str(path), "--version", "1.1.1")
    assert "5  concepts" in capsys.readouterr().out
    with translation.override("nn"):
        call_command("import_esco", str(path), "--version", "1.1.1")
    assert capsys.readouterr().out == "Ingenting er endra: Desse filene er her frå før.\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "«esco v1.2.zip» er ikke en zip-fil. Velg zip-fila slik du fikk den fra ESCO."),
        (b"PK\x03\x04 half", "Zip-fila er ødelagt. Last den ned fra ESCO på nytt."),
    ],
)
def test_the_command_tells_what_is_wrong(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "esco v1.2.zip"
    path.write_bytes(content)
    with translation.override("nb"), pytest.raises(CommandError) as caught:
        call_command("import_esco", str(path))
    assert str(caught.value) == said


@pytest.mark.real_data
def test_all_of_esco_and_the_norwegian_occupations(real_data: Path, vocabulary: object):
    esco = real_data / "01_esco"
    own = Label.objects.filter(origin="local").count()
    files = [esco / "v1.1.1_en", esco / "v1.1.1_relations", esco / "v1.0.8_no"]
    assert import_esco_files(files).is_changed
    assert import_esco_files(files).is_changed is False
    kinds = {
        kind: Concept.objects.filter(kind=kind).count() for kind in ("skill", "occupation", "skill_group", "isco_group")
    }
    assert kinds == {"skill": 13_896, "occupation": 3_007, "skill_group": 640, "isco_group": 619}
    assert OccupationSkill.objects.count() >= 123_855
    assert Label.objects.filter(origin="local").count() == own
    # 97.7 of a hundred of today's occupations have an official Norwegian name.
    names = Label.objects.filter(origin="official", language="nb", role="label", concept__kind="occupation")
    assert names.count() == 2_939
    assert not Concept.objects.filter(is_obsolete=True).exists()
