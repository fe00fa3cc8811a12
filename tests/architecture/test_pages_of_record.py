"""What is written from the code says what the code says: docs, translations, migrations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.utils import translation

from kompetanseforum.core import texts
from kompetanseforum.core.management.commands import facts, settings
from tests.architecture.house import RANK, ROOT


def test_docs_facts_is_true():
    assert (ROOT / facts.PAGE).read_text(encoding="utf-8") == facts.page(), "run: kompetanseforum facts --write"


def test_docs_settings_is_true():
    assert (ROOT / settings.PAGE).read_text(encoding="utf-8") == settings.page(), (
        "run: kompetanseforum settings --write"
    )


@pytest.mark.parametrize("folder", texts.capability_folders(), ids=lambda folder: folder.name)
@pytest.mark.slow
def test_bokmal_and_nynorsk_are_complete(folder: Path):
    assert texts.faults(folder) == []


def test_a_text_means_the_same_everywhere():
    assert texts.said_twice(texts.capability_folders()) == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_is_shown_is_what_was_translated(language: str):
    """Django's own words, or a lower capability's, would win silently over ours."""
    wrong = []
    with translation.override(language):
        for folder in texts.capability_folders():
            for message in texts.read_catalog(texts.po_path(folder, language), language):
                english, string = message.id, message.string
                if not english or not string or not isinstance(english, str):
                    continue
                shown = (
                    translation.pgettext(message.context, english) if message.context else translation.gettext(english)
                )
                if shown != string:
                    wrong.append(f"{folder.name}: {english!r} is shown as {shown!r}, not {string!r}")
    assert wrong == []


# Migrations


def _migrations() -> dict[str, list[str]]:
    return {
        folder.name: sorted(path.stem for path in (folder / "migrations").glob("0*.py"))
        for folder in texts.capability_folders()
        if (folder / "migrations").is_dir()
    }


def test_migrations_are_named_for_what_they_do():
    wrong = [
        f"{app}.{name}"
        for app, names in _migrations().items()
        for name in names
        if not re.fullmatch(r"\d{4}_(?!auto_)[a-z][a-z0-9_]+", name)
    ]
    assert wrong == []


@pytest.mark.slow
def test_migrations_stand_in_one_line(settings: Any):
    """One after the other without a gap, and one last."""
    settings.MIGRATION_MODULES = {}  # whatever way this run makes its tables
    loader = MigrationLoader(None)
    many_ends = [app for app in _migrations() if len(loader.graph.leaf_nodes(app)) != 1]
    gaps = [
        app
        for app, names in _migrations().items()
        if [int(name[:4]) for name in names] != list(range(1, len(names) + 1))
    ]
    assert (many_ends, gaps) == ([], [])


@pytest.mark.django_db
@pytest.mark.slow
def test_no_migration_is_missing(settings: Any):
    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_capability_with_tables_has_migrations():
    with_tables = {
        config.label for config in apps.get_app_configs() if config.label in RANK and list(config.get_models())
    }
    assert with_tables - {app for app, names in _migrations().items() if names} == set()
