"""Assets are collected when they have changed, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kompetanseforum.core.assets import collect_assets


@pytest.fixture
def sheet(tmp_path: Path, settings: pytest.FixtureRequest) -> Iterator[Path]:
    """One style sheet, all there is to collect."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATIC_ROOT = tmp_path / "collected"  # type: ignore[attr-defined]
    settings.STATICFILES_DIRS = [source]  # type: ignore[attr-defined]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # type: ignore[attr-defined]
    finders.get_finder.cache_clear()
    sheet = source / "site.css"
    sheet.write_text("a { color: red }")
    yield sheet
    finders.get_finder.cache_clear()


def _names(sheet: Path) -> set[str]:
    return {path.name for path in (sheet.parents[1] / "collected").glob("site.*.css")}


def test_a_changed_sheet_is_collected_under_a_new_name(sheet: Path):
    collect_assets()
    [before] = _names(sheet)
    sheet.write_text("a { color: darkgreen }")
    collect_assets()
    assert len(_names(sheet) - {before}) == 1


def test_an_unchanged_one_is_not_looked_at_again(sheet: Path):
    collect_assets()
    for name in _names(sheet):
        (sheet.parents[1] / "collected" / name).unlink()
    collect_assets()
    assert _names(sheet) == set()


def test_what_was_broken_off_is_done_again(sheet: Path, monkeypatch: pytest.MonkeyPatch):
    def fall(*_args: object, **_kwargs: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("kompetanseforum.core.assets.call_command", fall)
        with pytest.raises(OSError, match="no space"):
            collect_assets()
    collect_assets()
    assert len(_names(sheet)) == 1
