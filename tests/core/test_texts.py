"""Translations: found in code and templates, kept when the code moves on, checked for what would break a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompetanseforum.core.texts import Text, faults, po_path, read_catalog, take_in, texts_in, update

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext, npgettext
from django.utils.translation import gettext_lazy

_("Voice a need")
gettext_lazy("Phone")
ngettext("%(count)s day", "%(count)s days", 2)
pgettext("state", "Heard")
npgettext("room", "%(count)s chair", "%(count)s chairs", 2)
not_a_text("Never shown")
"""
PAGE = """{% load i18n %}
{% comment %}A {% translate "text in a comment" %} is nobody's.{% endcomment %}
<p title="{% translate 'Close' %}">{{ _("Menu") }}</p>
    {% blocktranslate trimmed with name=person count counter=number %}
      {{ name }} has one stand
    {% plural %}
      {{ name }} has {{ counter }} stands
    {% endblocktranslate %}
{% translate "Met" context "state" %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A capability with code, a template and a migration whose texts are of no interest."""
    made = tmp_path / "fairs"
    (made / "templates" / "fairs").mkdir(parents=True)
    (made / "migrations").mkdir()
    (made / "views.py").write_text(CODE)
    (made / "templates" / "fairs" / "fair.html").write_text(PAGE)
    (made / "migrations" / "0001_first.py").write_text('_("Of old")')
    return made


def _translate(folder: Path, old: str, new: str) -> None:
    path = po_path(folder, "nb")
    path.write_text(path.read_text().replace(old, new))


def test_texts_are_found_in_code_and_templates(folder: Path):
    assert texts_in(folder) == [
        Text("%(count)s chair", "%(count)s chairs", "room"),
        Text("%(count)s day", "%(count)s days"),
        Text("%(name)s has one stand", "%(name)s has %(counter)s stands"),
        Text("Close"),
        Text("Heard", context="state"),
        Text("Menu"),
        Text("Met", context="state"),
        Text("Phone"),
        Text("Voice a need"),
    ]


def test_a_file_changes_only_when_a_text_does(folder: Path):
    assert len(update(folder)) == 2
    assert update(folder) == []
    (folder / "views.py").write_text("\n\n\n" + CODE)
    assert update(folder) == [], "where a text stands is not kept"


def test_translations_outlive_their_neighbours(folder: Path):
    update(folder)
    _translate(folder, 'msgid "Phone"\nmsgstr ""', 'msgid "Phone"\nmsgstr "Telefon"')
    (folder / "views.py").write_text('_("Phone")\n_("Address")')
    update(folder)
    catalog = read_catalog(po_path(folder, "nb"), "nb")
    assert {message.id: message.string for message in catalog if message.id and "stand" not in message.id[0]} == {
        "Address": "",
        "Close": "",
        "Menu": "",
        "Met": "",
        "Phone": "Telefon",
    }


def test_what_is_missing_is_told(folder: Path):
    update(folder)
    assert "fairs nb: not translated: 'Phone'" in faults(folder)
    assert len(faults(folder)) == 2 * len(texts_in(folder))


@pytest.mark.alike
@pytest.mark.parametrize(
    ("nb", "fault"),
    [
        ("{{ count }} dag", "other placeholders or tags in '{{ count }} dag'"),
        ("%(antall)s dag", "other placeholders or tags in '%(antall)s dag'"),
        ("<b>%(count)s</b> dag", "other placeholders or tags in '<b>%(count)s</b> dag'"),
        ("%(count)s dag", ""),
    ],
)
def test_a_translation_carries_what_the_english_carries(folder: Path, nb: str, fault: str):
    rows = {
        Text("%(count)s day"): {"nb": nb, "nn": nb},
        Text("%(count)s days"): {"nb": "%(count)s dager", "nn": "%(count)s dagar"},
    }
    take_in(folder, rows)
    told = [line for line in faults(folder) if line.startswith("fairs nb") and "%(count)s day'" in line]
    assert told == ([f"fairs nb: {fault}: '%(count)s day'"] if fault else [])


def test_what_nobody_says_any_more_is_told(folder: Path):
    update(folder)
    (folder / "views.py").write_text("")
    assert "fairs nn: no longer used: 'Phone'" in faults(folder)
