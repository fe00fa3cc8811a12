"""The house as the tests in this folder read it: folders, layers, syntax trees and templates."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PLATFORM = SRC / "kompetanseforum"
LIBRARY = SRC / "kompetanse"
_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
_LAYERS = next(c["layers"] for c in _CONTRACTS if c.get("containers") == ["kompetanseforum"])
# Capability → its height. The layers are written down once, in pyproject.toml.
RANK = {name.strip(" ()"): -row for row, line in enumerate(_LAYERS) for name in line.split("|")}


def is_allowed(source: str, target: str) -> bool:
    """A layer knows itself and those below; siblings are strangers."""
    return source == target or RANK[target] < RANK[source]


def python_files(*, of: Path = SRC) -> list[Path]:
    return sorted(path for path in of.rglob("*.py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(PLATFORM.glob("*/templates/**/*.html"))


def capability_of(path: Path) -> str:
    """`needs` for anything under src/kompetanseforum/needs; "" outside the capabilities."""
    parts = path.relative_to(PLATFORM).parts if path.is_relative_to(PLATFORM) else ()
    return parts[0] if len(parts) > 1 else ""


def shown(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


@cache
def strings(path: Path) -> tuple[tuple[int, str], ...]:
    """Every text constant of a module that is not a docstring, with its line."""
    docstrings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    return tuple(
        (node.lineno, node.value)
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    )


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    return tuple(node for node in nodes(path) if isinstance(node, ast.Call))


_COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


@cache
def template_text(path: Path) -> str:
    """A template without its comments; line numbers stay."""
    return _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
