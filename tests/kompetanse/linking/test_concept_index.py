"""An index built from a handful of terms: what it finds, that it is the same every time, and when it is refused."""

import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.linking import Linker, Term
from kompetanse.linking.artifact import MANIFEST, BrokenIndex
from kompetanse.linking.building.build import build_index
from kompetanse.linking.building.sources import Source
from kompetanse.linking.building.training import Plan
from kompetanse.linking.concept_index import ConceptIndex
from tests.kompetanse.linking import terms
from tests.kompetanse.linking.terms import TERMS

_PLAN = Plan(epochs=20, dimensions=16, batch=16)


def source() -> Source:
    found = Source()
    for term in TERMS:
        found.kinds[term.uri] = term.kind
        found.terms[term] = None
        found.languages.add(term.language)
    return found


@cache
def _linker() -> Linker:
    with TemporaryDirectory() as built:
        build_index(source(), Path(built), seed=1, plan=_PLAN)
        return Linker(TERMS, index=ConceptIndex.open(Path(built)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("index")
    build_index(source(), built, seed=1, plan=_PLAN)
    return built


@pytest.mark.slow
def test_the_same_source_and_seed_give_the_same_bytes(folder: Path, tmp_path: Path):
    build_index(source(), tmp_path, seed=1, plan=_PLAN)
    names = sorted(file.name for file in folder.iterdir())
    assert names == sorted(file.name for file in tmp_path.iterdir())
    assert all((folder / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_another_seed_gives_other_vectors(folder: Path, tmp_path: Path):
    build_index(source(), tmp_path, seed=2, plan=_PLAN)
    assert (folder / "rows.npy").read_bytes() != (tmp_path / "rows.npy").read_bytes()


def test_every_concept_is_ranked_and_the_right_one_first(folder: Path):
    linker = Linker([], index=ConceptIndex.open(folder))
    ranked = linker.rank("vi må føre regnskap", language="nb")
    assert ranked[0] == terms.ACCOUNTS
    assert sorted(ranked) == sorted({term.uri for term in TERMS})
    assert set(linker.rank("kokk", language="nb", kinds=("occupation",))) == {
        terms.WELDER,
        terms.COOK,
        terms.OPERATOR,
    }


def test_a_near_link_shows_its_words_and_the_concepts_own_name(folder: Path):
    text = "Her må noen føre regnskapene våre"
    [link] = [one for one in Linker([], index=ConceptIndex.open(folder)).link(text) if one.uri == terms.ACCOUNTS]
    assert (link.basis, link.label) == ("near", "føre regnskap")
    assert "regnskapene" in " ".join(text[span.start : span.end] for span in link.causes)
    assert 0 < link.score < 1


def test_concepts_are_told_by_how_near_they_lie(folder: Path):
    index = ConceptIndex.open(folder)
    others = [uri for uri in index.uris if uri != terms.WELD]
    near = index.nearest(terms.WELD, [*index.uris, "http://data.europa.eu/esco/skill/unknown"])
    assert sorted(uri for uri, _ in near) == sorted(others)
    assert [cosine for _, cosine in near] == sorted((cosine for _, cosine in near), reverse=True)
    centre, preferred = index.vectors.centre, index.vectors.preferred
    own = centre[index.numbers[terms.WELD]]
    for uri, cosine in near:
        at = index.numbers[uri]
        assert cosine == pytest.approx(max(float(centre[at] @ own), float(preferred[at] @ own)), abs=1e-5)
    assert index.nearest("http://data.europa.eu/esco/skill/unknown", others) == []
    assert index.nearest(terms.WELD, []) == []
    assert Linker(TERMS).nearest(terms.WELD, others) == []


@pytest.mark.parametrize("name", ["rows.npy", "uris.txt"])
def test_a_changed_file_is_refused_with_what_to_do(folder: Path, tmp_path: Path, name: str):
    _copy(folder, tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1] + b"?")
    with pytest.raises(BrokenIndex, match=rf"{name} .* is not what was built.*kompetanse index build"):
        ConceptIndex.open(tmp_path)


def test_half_an_index_is_refused_with_what_to_do(folder: Path, tmp_path: Path):
    _copy(folder, tmp_path)
    (tmp_path / "centre.npy").unlink()
    with pytest.raises(BrokenIndex, match=r"lacks centre\.npy.*kompetanse index build"):
        ConceptIndex.open(tmp_path)
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(BrokenIndex, match=r"only half built.*kompetanse index build"):
        ConceptIndex.open(tmp_path)


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"format": 0}', '{"format": 1}'])
def test_a_strange_manifest_is_refused_with_what_to_do(folder: Path, tmp_path: Path, manifest: str):
    _copy(folder, tmp_path)
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(BrokenIndex, match="kompetanse index build"):
        ConceptIndex.open(tmp_path)


def test_no_index_at_all_is_told_as_such(tmp_path: Path):
    with pytest.raises(BrokenIndex, match="does not exist"):
        ConceptIndex.open(tmp_path / "nowhere")


def _copy(folder: Path, to: Path) -> None:
    for file in folder.iterdir():
        (to / file.name).write_bytes(file.read_bytes())


@pytest.mark.slow
def test_a_local_alias_never_lowers_the_rank_of_what_it_names(folder: Path):
    index = ConceptIndex.open(folder)
    texts = ["vi må ta pilotføring av balkongen", "noen til å sveise", "regnskap og truck", "kokk som kan demens"]
    for uri in (terms.ACCOUNTS, terms.WELD, terms.COOK):
        kind = terms.kind_of(uri)
        for alias in ("pilotføring av balkongen", "balkong", "truck", "kan"):
            local = Linker([*TERMS, Term(uri, kind, "nb", alias, "everyday")], index=index)
            for text in texts:
                before = Linker(TERMS, index=index).rank(text, language="nb").index(uri)
                assert local.rank(text, language="nb").index(uri) <= before, (uri, alias, text)


def test_the_order_of_the_terms_does_not_matter(folder: Path):
    index = ConceptIndex.open(folder)
    text = "Vi trenger sveisere og kokker som kan demens, truck og PLS, ikke regnskap"
    shuffled = Linker(TERMS[::-1], index=index)
    assert shuffled.link(text) == Linker(TERMS, index=index).link(text)
    assert shuffled.rank(text) == Linker(TERMS, index=index).rank(text)


_SCRIPTS = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(_SCRIPTS)
def test_any_string_gives_spans_inside_it_and_the_same_answer_twice(text: str):
    linker = _linker()
    links = linker.link(text)
    assert links == linker.link(text)
    for link in links:
        assert 0 < link.score < 1
        assert link.causes == tuple(sorted(link.causes))
        assert all(0 <= span.start < span.end <= len(text) for span in link.causes)


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "truck " * 170_000, "\n" * 1_000_000, "漢字" * 200_000, "ikke " * 200_000]
)
@pytest.mark.slow
def test_a_text_of_a_megabyte_is_read_in_bounded_time(text: str):
    started = time.process_time()
    _linker().link(text)
    assert time.process_time() - started < 20
