"""`kompetanseforum minutes FILE --json`: what the page would propose, and nothing is stored."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kompetanseforum.minutes.models import Minutes
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.actions import add_organisation
from tests.minutes.conftest import SAID, pdf_file, word_file

pytestmark = pytest.mark.usefixtures("metal_trades", "noon")


def _told(file: Path) -> list[dict[str, object]]:
    out = StringIO()
    call_command("minutes", file, json=True, stdout=out)
    told: list[dict[str, object]] = json.loads(out.getvalue())
    return told


@pytest.mark.parametrize("name", ["motet.txt", "motet.docx", "motet.pdf"])
@pytest.mark.slow
def test_a_file_gives_the_exact_sentence_its_organisation_and_its_skills(tmp_path: Path, name: str) -> None:
    add_organisation(name="Borgskilt Profil AS")
    text = f"Sak 1. Runde. {SAID} Kanaribakken takket for maten."
    content = {"txt": text.encode(), "docx": word_file(text), "pdf": pdf_file(text)}[name.partition(".")[2]]
    file = tmp_path / name
    file.write_bytes(content)
    (told,) = _told(file)
    assert (told["sentence"], told["organisation_name"]) == (SAID, "Borgskilt Profil AS")
    assert told["skills"]
    assert (Need.objects.count(), Minutes.objects.count()) == (0, 0)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tomt.pdf", b"%PDF-1.7"),
        ("bilde.docx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("last.pdf", pdf_file(SAID, password="k")),
    ],
)
def test_what_cannot_be_read_ends_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"\w{4,}"):
        _told(file)
    with pytest.raises(CommandError):
        _told(tmp_path / "finnes-ikke.txt")
