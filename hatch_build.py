"""Part of `make build`: a wheel without its assets or translations is refused, so that no half forum is installed.

Both are built by `make setup` and ignored by git; pyproject.toml lists them as artifacts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WholeWheel(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        package = Path(self.root) / "src" / "kompetanseforum"
        missing = [str(path) for path in _wanted(package) if not path.exists()]
        if version != "editable" and missing:
            listed = "\n  ".join(missing)
            raise RuntimeError(f"Built by `make setup` and not there yet:\n  {listed}\nRun `make build`.")


def _wanted(package: Path) -> list[Path]:
    static = package / "core" / "static" / "kompetanseforum"
    translations = [path.with_suffix(".mo") for path in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po"))]
    return [static / "site.css", static / "site.js", *translations]
