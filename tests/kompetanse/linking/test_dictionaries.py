"""Packed dictionaries answer as the plain ones do, and a file that is not one of them is never believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.linking import dictionaries
from kompetanse.linking.dictionaries import PackedDictionaries, PackedDictionary, packed
from kompetanse.linking.folders import dictionary_folder, keep_dictionaries_in

FORMS = {"sveisere": "sveiser", "sveiser": "sveise", "røyr": "røyr", "rør": "rør", "biler": "bil"}


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A small dictionary in place of half a million forms; what was read of it stands in the list."""
    read: list[str] = []

    def made(lang: str) -> bytes:
        read.append(lang)
        return packed(FORMS)

    monkeypatch.setattr(dictionaries, "_made", made)
    return read


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = dictionary_folder()
    dictionaries._opened.cache_clear()
    yield
    dictionaries._opened.cache_clear()
    if before is not None:
        keep_dictionaries_in(before)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=40), st.text(max_size=8))
def test_it_answers_as_the_mapping_it_was_made_of(forms: dict[str, str], other: str):
    dictionary = PackedDictionary(packed(forms))
    assert dict(dictionary.items()) == forms
    assert list(dictionary) == list(forms)
    assert dictionary.get(other) == forms.get(other)


def test_what_one_process_wrote_the_next_one_reads(plain: list[str], tmp_path: Path):
    keep_dictionaries_in(tmp_path / "new" / "folder")
    assert PackedDictionaries().get_dictionary("nb")["biler"] == "bil"
    dictionaries._opened.cache_clear()
    assert PackedDictionaries().get_dictionary("nb")["sveisere"] == "sveiser"
    assert plain == ["nb"]


def test_what_was_let_go_is_read_again(plain: list[str], tmp_path: Path):
    keep_dictionaries_in(tmp_path)
    dictionary = PackedDictionaries().get_dictionary("nb")
    dictionaries.let_go()
    assert dict(dictionary.items()) == FORMS


@pytest.mark.parametrize("spoilt", [b"", b"abc", packed(FORMS)[:-1], b"x" * 400])
def test_a_broken_file_is_made_anew(plain: list[str], tmp_path: Path, spoilt: bytes):
    keep_dictionaries_in(tmp_path)
    PackedDictionaries().get_dictionary("nn")
    [file] = tmp_path.iterdir()
    file.write_bytes(spoilt)
    dictionaries._opened.cache_clear()
    assert dict(PackedDictionaries().get_dictionary("nn").items()) == FORMS
    assert file.read_bytes() == packed(FORMS)


def test_where_nothing_can_be_written_words_are_still_known(plain: list[str], tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    keep_dictionaries_in(tmp_path / "file")
    assert PackedDictionaries().get_dictionary("nb")["rør"] == "rør"
