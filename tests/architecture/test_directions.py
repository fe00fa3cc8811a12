"""Directions that import-linter cannot see: tables, addresses, templates and names in strings.

The layers are read from pyproject.toml, so they are written down only once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from kompetanseforum.core.permissions import permissions
from tests.architecture.house import (
    PLATFORM,
    RANK,
    calls,
    capability_of,
    is_allowed,
    python_files,
    shown,
    strings,
    template_text,
    templates,
)

# They read the same files: in one process each is parsed once.
pytestmark = pytest.mark.xdist_group("the house's files")

_URL_NAME = re.compile(r"(\w+):[\w-]+")
_TEMPLATE = re.compile(r"(\w+)/[\w/-]+\.(?:html|txt)")
_MODEL = re.compile(r"(\w+)\.[A-Z]\w+")
_URL_TAG = re.compile(r"""{%\s*url\s+['"](\w+):""")
_TEMPLATE_TAG = re.compile(r"""{%\s*(?:include|extends)\s+['"](\w+)/""")


def _wrong(pattern: re.Pattern[str]) -> list[str]:
    """Strings of that form in the code that name a layer above."""
    return [
        f"{shown(path, line)} -> {text}"
        for path in python_files(of=PLATFORM)
        if capability_of(path) in RANK
        for line, text in strings(path)
        if (found := pattern.fullmatch(text)) and found[1] in RANK and not is_allowed(capability_of(path), found[1])
    ]


def _wrong_in_templates(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(path)} -> {name}"
        for path in templates()
        for name in pattern.findall(template_text(path))
        if name in RANK and not is_allowed(capability_of(path), name)
    ]


def test_foreign_keys_point_downwards():
    ours = [model for model in apps.get_models() if model._meta.app_label in RANK]
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model in ours
        and not is_allowed(model._meta.app_label, field.related_model._meta.app_label)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.slow
def test_addresses_in_code_point_downwards():
    """`reverse`, `redirect` and a manifest's doors all name their route in a string."""
    assert _wrong(_URL_NAME) == []


def test_addresses_in_templates_point_downwards():
    assert _wrong_in_templates(_URL_TAG) == []


def test_templates_named_in_code_lie_below():
    assert _wrong(_TEMPLATE) == []


def test_included_and_extended_templates_lie_below():
    assert _wrong_in_templates(_TEMPLATE_TAG) == []


def test_models_named_in_strings_lie_below():
    looked_up = [
        f"{shown(path, call.lineno)} -> {call.args[0].value}"
        for path in python_files(of=PLATFORM)
        if capability_of(path) in RANK
        for call in calls(path)
        if getattr(call.func, "attr", "") == "get_model"
        and call.args
        and _is_above(path, getattr(call.args[0], "value", ""))
    ]
    assert _wrong(_MODEL) + looked_up == []


def _is_above(path: Path, name: object) -> bool:
    return isinstance(name, str) and name in RANK and not is_allowed(capability_of(path), name)


def test_permissions_asked_for_lie_below():
    assert [line for line in _asked_permissions() if _is_above(*line[1:])] == []


def _asked_permissions() -> Iterator[tuple[str, Path, str]]:
    known = set(permissions())
    for path in python_files(of=PLATFORM):
        if capability_of(path) in RANK:
            for line, text in strings(path):
                if text in known:
                    yield shown(path, line), path, text.partition(".")[0]


def test_a_group_of_tests_stays_in_one_process(request: pytest.FixtureRequest):
    """Where many processes test: else what takes a minute to make is made in each."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@the house's files")
