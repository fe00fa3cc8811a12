"""The watcher sees: without this, a page that could not be looked at would be a page without faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error

from tests.browser.watched import Watched

FAULTY = """
document.documentElement.lang = "nn";
document.querySelector("main").innerHTML = `<h1>Needs</h1><h1>None</h1><img src="data:," id="a">
  <a class="ds-button" href="/">A</a><a class="ds-button" href="/">B</a><div class="very-wide">x</div>`;
const wide = document.querySelector(".very-wide"); wide.style.width = "2000px";
console.error("something broke");
const script = document.createElement("script"); script.textContent = "window.ran = true"; document.body.append(script);
"""


def test_each_kind_of_fault_is_told(visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open("/personvern")
    assert watched.look(language="nb") == []
    watched.page.evaluate(FAULTY)
    watched.page.wait_for_timeout(200)
    told = "\n".join([*watched.look(language="nb"), *watched.too_wide(360)])
    with pytest.raises(Error, match="ERR_"):
        watched.page.goto("http://127.0.0.1:9/")
    told += "\n".join(watched.taken_faults())
    for fault in (
        "html lang is nn",
        "h1: ['Needs', 'None']",
        "filled buttons: ['A', 'B']",
        "unfinished text: None",
        "axe image-alt",
        "console: something broke",
        "Content Security Policy",
        "asked outside: http://127.0.0.1:9/",
        "scrolls sideways at 360",
        "not in nb: Needs",
    ):
        assert fault in told


# Only its colours change, by what its style says.
FADED = 'const said = document.querySelector("main p"); said.style.color = "#eee"; said.style.background = "#fff";'


def test_what_axe_has_found_clean_is_looked_at_again_when_it_stands_otherwise(visitor: Callable[..., Watched]):
    watched = visitor()
    watched.open("/personvern")
    assert watched.axe() == []
    assert watched.axe() == []
    watched.page.evaluate(FADED)
    told = watched.axe()
    assert [one.partition(" (")[0][:18] for one in told] == ["axe color-contrast"]
    assert watched.axe() == told
