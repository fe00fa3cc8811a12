"""Files to text: what people have is read, and what is broken, locked, huge or has macros is refused in plain words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kompetanseforum.minutes.imports import MOST_CHARACTERS, UnreadableFile, read_file
from kompetanseforum.minutes.models import Source
from tests.minutes.conftest import SAID, pdf_file, with_part, word_file

MAIL = (
    b"From: Berit <berit@firm.example>\r\nSubject: Referat\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SAID.encode() + b"\r\n"
)
HTML_MAIL = MAIL.replace(b"text/plain", b"text/html").replace(
    SAID.encode(), f"<style>p{{}}</style><p>{SAID}</p>".encode()
)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (SAID.encode(), Source.TEXT),
        (SAID.encode("utf-16"), Source.TEXT),
        (SAID.encode("cp1252"), Source.TEXT),
        (word_file("Referat", SAID), Source.WORD),
        (pdf_file(SAID), Source.PDF),
        (MAIL, Source.EMAIL),
        (HTML_MAIL, Source.EMAIL),
        (b"Dato: 3. mars\nSted: Moss\n\n" + SAID.encode(), Source.TEXT),
    ],
)
def test_what_people_have_is_read_by_what_it_holds(content: bytes, source: Source):
    given = read_file(content)
    assert given.source == source
    assert SAID in given.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (pdf_file(SAID, password="hemmelig"), "locked"),
        (pdf_file(""), "no_text"),
        (b"%PDF-1.7\nrubbish", "broken"),
        (pdf_file(SAID)[:300], "broken"),
        (with_part(word_file(SAID), "word/vbaProject.bin", b"Sub AutoOpen()"), "macros"),
        (word_file(SAID)[:-200], "broken"),
        (with_part(b"PK\x05\x06" + b"\0" * 18, "xl/workbook.xml", b"<x/>"), "other_kind"),
        (with_part(b"PK\x05\x06" + b"\0" * 18, "word/document.xml", b"<not closed"), "broken"),
        (with_part(word_file(SAID), "word/media/bomb", b"\0" * 70_000_000), "too_big"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_word"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "other_kind"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_big"),
        (b"ord " * (MOST_CHARACTERS // 4 + 1), "too_long"),
        (MAIL.replace(b"charset=utf-8", b"charset=klingon"), "broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, code: str):
    with pytest.raises(UnreadableFile) as refused:
        read_file(content)
    assert refused.value.code == code
    assert refused.value.text


def test_entities_of_a_hostile_document_are_not_unfolded():
    bomb = b'<!DOCTYPE w [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x">&b;</w:document>'
    with pytest.raises(UnreadableFile):
        read_file(with_part(b"PK\x05\x06" + b"\0" * 18, "word/document.xml", bomb))


@pytest.mark.slow
def test_word_and_pdf_are_loaded_by_nobody_who_does_not_send_one():

    code = (
        "import django, sys; django.setup(); import kompetanseforum.minutes.imports; "
        "print(sorted({'docx', 'pypdf'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
