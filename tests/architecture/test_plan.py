"""Every capability on the same plan, small rooms, one place that saves."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kompetanseforum.core.capability import capabilities
from tests.architecture.house import (
    LIBRARY,
    PLATFORM,
    RANK,
    ROOT,
    SRC,
    calls,
    capability_of,
    nodes,
    python_files,
    shown,
    strings,
    tree,
)

# They read the same files: in one process each is parsed once.
pytestmark = pytest.mark.xdist_group("the house's files")

PARTS = (
    "capability", "models", "facts", "rules", "queries", "actions", "forms", "views", "urls", "live", "jobs",
    "imports", "exports", "clients", "listeners", "apps",
)  # fmt: skip
FOLDERS = ("templates", "templatetags", "management", "migrations", "locale")
# Built-in rows and the demo forum's, beside the part that reads them.
DATA = re.compile(r"demo\w*\.toml|\w+\.tsv")
JUNK_DRAWERS = ("utils", "util", "helpers", "helper", "services", "service", "mixins", "managers", "common", "misc")
MOST_LINES = 400


def _capabilities() -> list[Path]:
    """All but the frame: config is the top, core holds the devices."""
    return [path.parent for path in sorted(PLATFORM.glob("*/apps.py")) if path.parent.name != "core"]


def test_every_folder_stands_in_the_layers():
    assert {path.name for path in _capabilities()} - set(RANK) == set()


def test_a_capability_holds_only_planned_files():
    wrong = [
        shown(path)
        for folder in _capabilities()
        for path in sorted(folder.iterdir())
        if path.name not in ("__init__.py", "__pycache__")
        and path.stem not in PARTS
        and path.name not in FOLDERS
        and not DATA.fullmatch(path.name)
    ]
    assert wrong == []


def test_a_part_is_a_file_or_a_folder_but_not_both():
    both = [
        shown(folder / part)
        for folder in _capabilities()
        for part in PARTS
        if (folder / part).is_dir() and (folder / f"{part}.py").exists()
    ]
    assert both == []


def test_there_are_no_junk_drawers():
    wrong = [shown(path) for path in SRC.rglob("*") if path.stem in JUNK_DRAWERS and "node_modules" not in path.parts]
    assert wrong == []


def test_files_are_small():
    written = [path for path in _tracked() if path.suffix in (".py", ".html", ".ts", ".css", ".mjs")]
    assert [f"{shown(path)} {lines}" for path in written if (lines := _lines(path)) > MOST_LINES] == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _tracked() -> list[Path]:
    """What git has or would take: neither built nor downloaded."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file() and "migrations" not in name]


@pytest.mark.slow
def test_every_module_says_what_it_is_for():
    """Addresses and app registrations speak for themselves."""
    silent = [
        shown(path)
        for path in python_files()
        if path.name not in ("apps.py", "urls.py", "__init__.py") and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []


@pytest.mark.slow
def test_imports_stand_at_the_top():
    wrong = [
        shown(path, node.lineno)
        for path in python_files()
        for outer in nodes(path)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(outer)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


# Who saves

# QuerySet.update takes words only, which tells it from a dict's; Model.save and delete take nothing in front,
# which tells them from a file storage's and a cache's.
_ALWAYS = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "aupdate",
    "asave",
    "adelete",
}


def _saves(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in _ALWAYS:
        return True
    if name == "update":
        return bool(call.keywords) and not call.args
    return name in ("save", "delete") and not call.args


def _may_save(path: Path) -> bool:
    inside = path.relative_to(PLATFORM).parts
    return inside[0] == "core" or (len(inside) > 1 and inside[1] in ("actions", "actions.py"))


def test_nothing_is_saved_outside_actions():
    wrong = [
        f"{shown(path, call.lineno)} .{call.func.attr}"  # type: ignore[attr-defined]
        for path in python_files(of=PLATFORM)
        if not _may_save(path)
        for call in calls(path)
        if _saves(call)
    ]
    assert wrong == []


@pytest.mark.slow
def test_saving_is_never_listened_to():
    wrong = [
        shown(path, node.lineno)
        for path in python_files(of=PLATFORM)
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.alias)
        and getattr(node, "id", getattr(node, "name", "")) in ("post_save", "pre_save")
    ]
    assert wrong == []


def test_save_is_not_overridden():
    wrong = [
        shown(path, method.lineno)
        for path in python_files(of=PLATFORM)
        if path.stem == "models" or path.parent.name == "models"
        for method in nodes(path)
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
    ]
    assert wrong == []


# Doors to the world outside


def test_the_environment_is_read_in_one_place():
    """Naming the settings module is writing, and Django wants it before anything else."""
    wrong = [
        shown(path, node.lineno)
        for path in python_files()
        # The platform has one reader, the command line of the library another.
        if path not in (PLATFORM / "config" / "env.py", LIBRARY / "environment.py")
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and not _names_settings(path, node.lineno)
    ]
    assert wrong == []


def _names_settings(path: Path, line: int) -> bool:
    return any(text == "DJANGO_SETTINGS_MODULE" and at == line for at, text in strings(path))


NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "smtplib",
    "ftplib",
    "websockets",
}
# It listens; it calls nobody.
LISTENS = PLATFORM / "forum" / "management" / "commands" / "serve.py"
# The one door out; a capability's clients go through it.
OUTGOING = PLATFORM / "core" / "outgoing" / "transport.py"


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_one_door_leads_out():
    wrong = [
        f"{shown(path, line)} {name}"
        for path in python_files()
        if path not in (LISTENS, OUTGOING)
        for line, name in _imported(path)
        if name in NETWORK or name.partition(".")[0] in NETWORK
    ]
    assert wrong == []


def test_only_clients_go_through_it():
    wrong = [
        shown(path, call.lineno)
        for path in python_files(of=PLATFORM)
        if path.stem != "clients" and path.parent.name not in ("clients", "outgoing")
        for call in calls(path)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("Transport", "transport_to")
    ]
    assert wrong == []


def test_every_source_is_declared_and_can_be_moved():
    declared = [source for capability in capabilities() for source in capability.sources]
    written = [
        ast.unparse(call)
        for path in python_files(of=PLATFORM)
        for call in calls(path)
        if getattr(call.func, "id", "") == "Source"
    ]
    assert len(written) == len(declared)
    assert [source.setting for source in declared if source.setting not in settings.SOURCE_URLS] == []
    assert [source.base_url for source in declared if not source.base_url.startswith("https://")] == []


FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def test_only_imports_and_exports_touch_files():
    """Core holds the storage and the translations; config holds the secret."""
    wrong = [
        f"{shown(path, call.lineno)} {name}"
        for path in python_files(of=PLATFORM)
        if capability_of(path) not in ("core", "config", "")
        and not {"imports", "exports", "imports.py", "exports.py"} & set(path.parts)
        for call in calls(path)
        if (name := getattr(call.func, "attr", getattr(call.func, "id", ""))) in FILE_CALLS
    ]
    assert wrong == []


def test_the_library_asks_neither_clock_nor_chance():
    """Randomness comes in as `rng`, time as `at`."""
    wrong = [
        f"{shown(path, call.lineno)} {ast.unparse(call.func)}"
        for path in python_files(of=LIBRARY)
        if "cli" not in path.parts
        for call in calls(path)
        if re.fullmatch(
            r"(?:random\.(?!Random\b)\w+|(?:datetime\.)?datetime\.(?:now|utcnow|today)|date\.today|time\.time)",
            ast.unparse(call.func),
        )
    ]
    assert wrong == []


def test_a_page_that_is_read_is_asked_for_by_head_too():
    """Monitors and link checkers ask so; `require_safe` says both."""
    assert [shown(path) for path in python_files(of=PLATFORM) if "require_GET" in path.read_text()] == []
