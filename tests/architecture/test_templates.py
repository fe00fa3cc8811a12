"""Templates that a strict Content-Security-Policy allows, and addresses that give nothing away."""

from __future__ import annotations

import re
import subprocess

from django.template.loader import get_template

from tests.architecture.doors import routes
from tests.architecture.house import PLATFORM, ROOT, calls, capability_of, python_files, shown, template_text, templates

_INLINE_STYLE = re.compile(r"""<style\b|\sstyle\s*=\s*["']""", re.IGNORECASE)
_INLINE_SCRIPT = re.compile(
    r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/(?:json|ld\+json)")[^>]*>""", re.IGNORECASE
)
_HANDLER = re.compile(r"""\s(?:on[a-z]+|hx-on[:\w.-]*)\s*=\s*["']|javascript:""", re.IGNORECASE)


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(path, template_text(path)[: found.start()].count(chr(10)) + 1)} {found[0].strip()}"
        for path in templates()
        for found in pattern.finditer(template_text(path))
    ]


def test_there_is_no_inline_style():
    assert _found(_INLINE_STYLE) == []


def test_there_is_no_inline_script():
    assert _found(_INLINE_SCRIPT) == []


def test_there_are_no_event_handlers():
    assert _found(_HANDLER) == []


def test_nothing_is_loaded_from_elsewhere():
    """A link that a person follows may leave; what the page itself loads may not."""
    loaded = re.compile(
        r"""(?:<(?:script|img|iframe|source)\b[^>]*\ssrc|<link\b[^>]*\shref)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE
    )
    assert _found(loaded) == []


def test_every_template_can_be_read():
    broken = []
    for path in templates():
        name = path.relative_to(PLATFORM / capability_of(path) / "templates").as_posix()
        try:
            get_template(name)
        except Exception as error:  # whatever is wrong with it
            broken.append(f"{shown(path)}: {error}")
    assert broken == []


def test_components_list_their_arguments_first():
    wrong = [
        shown(path)
        for path in templates()
        if path.parent.name == "ui" and not re.match(r"\s*{(?:#|%\s*comment)", path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_addresses_carry_no_primary_key():
    """`public_id`, a code or a slug: never a number that can be counted through, but for the versions of one thing."""
    wrong = [
        route.name
        for route in routes()
        if re.search(r"<int:(?!number>)|<\w*pk>|<\w*\bid>|\(\?P<(?:pk|id)>", route.pattern)
    ]
    assert wrong == []


def test_filters_in_addresses_are_not_primary_keys():
    wrong = [
        f"{shown(path, call.lineno)} {keyword.arg}"
        for path in python_files(of=PLATFORM)
        for call in calls(path)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("reverse", "redirect")
        for keyword in call.keywords
        if keyword.arg in ("pk", "id")
    ]
    assert wrong == []


# What no tracked file may hold. Put together here, or this file would hold it.
_HOSTS = [
    "registry." + "npmjs.org",
    "registry." + "yarnpkg",
    "files.python" + "hosted",
    "deb." + "debian.org",
    "pypi" + ".org",
]
_PATHS = ["/" + "work/", "/" + "farm/", "bash" + "_jobs"]


def test_no_registry_host_or_machine_path_is_committed():
    needles = [argument for text in _HOSTS + _PATHS for argument in ("-e", text)]
    found = subprocess.run(
        ["git", "grep", "--untracked", "-nIF", *needles], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    assert [line[:160] for line in found] == []
