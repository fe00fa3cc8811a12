"""docs/security.md tells the truth about ASVS, and what it says of the code as a whole holds."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.house import PLATFORM, ROOT, calls, nodes, python_files, shown, templates, tree

# They read the same files: in one process each is parsed once.
pytestmark = pytest.mark.xdist_group("the house's files")

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# ASVS 5.0, levels 1 and 2: the last number of each section; within one they are counted from 1 without a gap.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
NUMBERS = [f"{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (test|code|n/a|not met) \| (.+) \|$", PAGE, re.MULTILINE)
_NAMED = re.compile(r"`([\w./-]+\.(?:py|md|ts|toml|html))(?:::(\w+))?`")

# The checklist


def test_every_requirement_of_levels_1_and_2_stands_once_and_in_order():
    assert len(NUMBERS) == 253
    assert [number for number, *_ in ROWS] == NUMBERS


def test_the_counts_at_the_top_are_those_of_the_list():
    counts = Counter(verdict for _, _, verdict, _ in ROWS)
    told = [int(number) for number in re.findall(r"\*\*(\d+)\*\*", PAGE)[:4]]
    assert told == [counts[verdict] for verdict in ("test", "code", "n/a", "not met")]
    chapters = Counter((number.split(".")[0], verdict) for number, _, verdict, _ in ROWS)
    for chapter, *numbers in re.findall(
        r"^\| V(\d+) [^|]+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE
    ):
        assert [chapters[chapter, verdict] for verdict in ("test", "code", "n/a", "not met")] == list(map(int, numbers))


@pytest.mark.parametrize(("number", "verdict", "shown_by"), [(row[0], row[2], row[3]) for row in ROWS])
@pytest.mark.slow
def test_what_shows_a_requirement_exists(number: str, verdict: str, shown_by: str):
    named = _NAMED.findall(shown_by)
    tests = [name for _, name in named if name]
    assert {"test": bool(tests), "code": bool(named or "](#" in shown_by)}.get(verdict, len(shown_by) > 5), number
    for path, name in named:
        file = ROOT / path
        assert file.is_file(), f"{number}: {path}"
        if name:
            defined = {node.name for node in tree(file).body if isinstance(node, ast.FunctionDef)}
            assert name in defined, f"{number}: {path} has no {name}"


def test_what_is_pointed_at_on_the_page_stands_there():
    headings = {
        re.sub(r"[^\w ]", "", line).strip().lower().replace(" ", "-") for line in re.findall(r"^#+ (.+)$", PAGE, re.M)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) - headings == set()


# What it says of the code as a whole

_RUNS = {"eval", "exec", "compile", "__import__"}
_LOADS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}


@pytest.mark.slow
def test_nothing_runs_what_somebody_wrote():
    """No eval, no shell, no loader that makes objects of whatever it is told."""
    wrong = []
    for path in python_files():
        for call in calls(path):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if name in _RUNS or method in ("system", "popen") or any(word.arg == "shell" for word in call.keywords):
                wrong.append(shown(path, call.lineno))
        for node in nodes(path):
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                wrong += [shown(path, node.lineno) for module in modules if module.split(".")[0] in _LOADS]
    assert wrong == []


# What makes markup of text says beside it why it may.
_AS_MARKUP = re.compile(r"mark_safe\((?!\"\"\))|format_html_join\(|SafeString\(")


def test_text_is_made_markup_only_where_it_is_said_why():
    wrong = [
        shown(path, number)
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _AS_MARKUP.search(line) and "  # " not in line
    ]
    wrong += [shown(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))]
    assert wrong == []


def test_the_front_end_writes_no_markup():
    """Text goes in as text, and no window talks to another."""
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|postMessage|\beval\(|new Function")
    sources = sorted((ROOT / "frontend" / "src").rglob("*.ts"))
    assert sources
    assert [shown(path) for path in sources if forbidden.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.slow
def test_no_form_writes_rows_by_itself():
    """A form gives values; an action takes each by its name."""
    wrong = [shown(path, line) for path in python_files() for line, text in _names(path) if text.endswith("ModelForm")]
    assert wrong == []


def _names(path: Path) -> list[tuple[int, str]]:
    found = [node for node in nodes(path) if isinstance(node, ast.Name | ast.Attribute)]
    return [(node.lineno, node.id if isinstance(node, ast.Name) else node.attr) for node in found]


def test_no_weak_hash_is_used():
    weak = {"md5", "sha1", "md4", "new"}
    wrong = [
        shown(path, call.lineno)
        for path in python_files()
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "hashlib"
        and call.func.attr in weak
    ]
    assert wrong == []


# Erasure takes a person out of what is there; it may, and nothing else.
_MAY_CHANGE_FACTS = {PLATFORM / "core" / "facts.py"}


def test_no_fact_is_changed_or_taken_away():
    wrong = [
        shown(path, call.lineno)
        for path in python_files()
        if path not in _MAY_CHANGE_FACTS
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("update", "delete", "bulk_update", "update_or_create")
        and "FactRow" in ast.unparse(call.func)
    ]
    assert wrong == []
    assert any("FactRow" in text for path in python_files() for _, text in _names(path))


def test_security_md_leads_here():
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "SECURITY.md" in (ROOT / "README.md").read_text(encoding="utf-8")
