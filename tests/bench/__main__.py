"""`python -m tests.bench [NAME …]`: run measurements, keep them in build/bench/NAME.json, print them.

A measurement is a module here with `run() -> dict[str, float]`; a figure's name ends in its unit.
"""

from __future__ import annotations

import json
import pkgutil
import sys
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = Path("build/bench")


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_"))


def measure(name: str) -> dict[str, float]:
    started = time.perf_counter()
    figures = import_module(f"tests.bench.{name}").run()
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"\n{name}  ({time.perf_counter() - started:.0f} s)")
    for figure, value in figures.items():
        print(f"  {figure:<44} {value:>14,.3f}".rstrip("0").rstrip("."))
    return dict(figures)


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"No measurement is called {', '.join(sorted(unknown))}. There are: {', '.join(names())}")
        return 2
    for name in wanted or names():
        measure(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
