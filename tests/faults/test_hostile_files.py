"""Broken zips, bombs, wrong encodings, half a table: refused in the reader's language, and nothing has changed."""

from __future__ import annotations

import gzip
import io
import re
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Shortage
from kompetanseforum.offers.models import Offer
from kompetanseforum.skills.imports import import_upload
from kompetanseforum.skills.models import Concept, Edition, EscoUpload, Label
from tests.kompetanse.esco.making import english, zipped

pytestmark = pytest.mark.slow

ESCO_NAME = "ESCO dataset - v1.1.1 - classification - en - csv.zip"


def whole(folder: Path) -> bytes:
    return zipped(folder / "whole.zip", english()).read_bytes()


def half(folder: Path) -> bytes:
    content = whole(folder)
    return content[: len(content) // 2]


def scratched(folder: Path) -> bytes:
    """A few bytes inside the packed table are wrong; the table of contents is whole."""
    content = bytearray(whole(folder))
    content[60:90] = bytes(30)
    return bytes(content)


def bomb(folder: Path) -> bytes:
    return _packed_letters()


@cache
def _packed_letters() -> bytes:
    """A thousand times larger when unpacked: 0.8 GB of one letter."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("skills_en.csv", "w", force_zip64=True) as file,
    ):
        file.write(b"conceptType,conceptUri,preferredLabel,altLabels\n")
        for _ in range(800):
            file.write(b"x" * 1_000_000)
    return out.getvalue()


def other_encoding(folder: Path) -> bytes:
    return zipped(
        folder / "l1.zip", {"skills_en.csv": english()["skills_en.csv"].replace("weld", "smørbrød").encode("latin-1")}
    ).read_bytes()


def half_a_table(folder: Path) -> bytes:
    text = english()["skills_en.csv"]
    return zipped(folder / "cut.zip", {"skills_en.csv": text[: len(text) * 2 // 3]}).read_bytes()


def another_table(folder: Path) -> bytes:
    return zipped(folder / "other.zip", {"skills_en.csv": "a,b\n1,2\n"}).read_bytes()


def no_table(folder: Path) -> bytes:
    return zipped(folder / "none.zip", {"readme.txt": "hei"}).read_bytes()


BROKEN: dict[str, tuple[Callable[[Path], bytes], dict[str, str]]] = {
    "half a zip": (half, {"nb": "Zip-fila er ødelagt", "nn": "Zip-fila er øydelagd", "en": "The zip file is damaged"}),
    "scratched": (scratched, {"nb": "Zip-fila er ødelagt", "nn": "Zip-fila er øydelagd", "en": "The zip file is damaged"}),
    "no zip": (lambda _folder: b"conceptUri,preferredLabel\n", {"nb": "er ikke en zip-fil", "nn": "er ikkje ei zip-fil", "en": "is not a zip file"}),
    "bomb": (bomb, {"nb": "Fila er for stor", "nn": "Fila er for stor", "en": "The file is too large"}),
    "latin-1": (other_encoding, {"nb": "er ikke i UTF-8", "nn": "er ikkje i UTF-8", "en": "is not in UTF-8"}),
    "half a table": (half_a_table, {"nb": "Fila stopper midt i", "nn": "Fila stoppar midt i", "en": "The file stops in the middle"}),
    "another table": (another_table, {"nb": "En kolonne mangler", "nn": "Ein kolonne manglar", "en": "A column is missing"}),
    "no table": (no_table, {"nb": "Vi fant ingen av ESCOs filer", "nn": "Vi fann ingen av filene til ESCO", "en": "None of ESCO’s files"}),
}  # fmt: skip


def said(page: str) -> str:
    """The page's text, as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#x27;", "'").replace("’", "'")


def classification() -> list[int]:
    return [model._default_manager.count() for model in (Concept, Label, Edition, FactRow)]


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_esco_file_is_refused_in_words_and_changes_nothing(
    what: str, coordinator_client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }
    make, words = BROKEN[what]
    before = classification()
    client, content = coordinator_client, make(tmp_path)
    client.raise_request_exception = False
    page, shown = "", {}
    for language in words:
        client.cookies["forum_language"] = language
        if not page:
            answer = client.post("/kompetanse/esco", {"file": SimpleUploadedFile(ESCO_NAME, content), "version": ""})
            if answer.status_code == 302:
                # It looked well from outside: the job finds out, and the page of the upload tells each in their language.
                import_upload(EscoUpload.objects.get().public_id)
                page = answer.headers["Location"]
        if page:
            answer = client.get(page)
        assert answer.status_code == (200 if page else 422)
        shown[language] = said(answer.content.decode())
    assert [words[language] for language in words if words[language].replace("’", "'") not in shown[language]] == []
    assert classification() == before


def catalogue(text: str) -> bytes:
    return ("Tittel;Tilbyder\n" + text).encode()


CATALOGUES = {
    "nothing": (b"", "Fila er tom"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "ikke en tabell"),
    "named xlsx": (b"Tittel;Tilbyder\nKurs;Skole\n", ""),
    "open quote": (catalogue('"Kurs;Skole\n' * 3), "anførselstegn"),
    "half a row": (catalogue("Kurs;Skole\nKurs i svei"), "slutter midt i"),
    "a zip that is no workbook": (b"PK\x03\x04" + b"x" * 500, "arbeidsboka"),
}


# A workbook whose sheet asks for a file of ours, or grows a thousandfold each time it is read.
_SHEETS = {
    "a file of ours": '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "a billion laughs": '<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {name} "{f"&{inner};" * 100}">' for name, inner in zip("bcdefx", "abcdef", strict=True)),
}


@pytest.mark.parametrize("what", _SHEETS)
def test_a_workbook_cannot_make_us_read_or_grow(what: str, coordinator_client: Client) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Tittel", "Tilbyder"])
    book.save(out)
    evil = io.BytesIO()
    with zipfile.ZipFile(out) as good, zipfile.ZipFile(evil, "w") as packed:
        for part in good.infolist():
            text = good.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                cells = '<row r="2"><c r="A2" t="inlineStr"><is><t>&x;</t></is></c><c r="B2" t="inlineStr"><is><t>Skole</t></is></c></row>'
                text = f"<!DOCTYPE w [{_SHEETS[what]}]>".encode() + text.replace(
                    b"</sheetData>", f"{cells}</sheetData>".encode()
                )
            packed.writestr(part.filename, text)
    began = time.perf_counter()
    file = SimpleUploadedFile("kurs.xlsx", evil.getvalue())
    answer = coordinator_client.post("/innhenting/ny/tilbud", {"file": file, "name": "Skolen"}, follow=True)
    page = said(answer.content.decode())
    assert ("arbeidsboka" in page.casefold(), "root:" in page, "hahaha" in page) == (True, False, False)
    assert (Offer.objects.count(), time.perf_counter() - began < 20) == (0, True)


@pytest.mark.parametrize("what", CATALOGUES)
def test_a_broken_catalogue_is_refused_in_words_and_brings_no_offer(what: str, coordinator_client: Client) -> None:
    content, words = CATALOGUES[what]
    client = coordinator_client
    client.raise_request_exception = False
    name = "kurs.xlsx" if what == "named xlsx" else "kurs.csv"
    response = client.post(
        "/innhenting/ny/tilbud", {"file": SimpleUploadedFile(name, content), "name": "Skolen"}, follow=True
    )
    assert response.status_code in {200, 422}
    assert words.casefold() in said(response.content.decode()).casefold()
    assert Offer.objects.count() == 0


NAV = "aar;yrkekode;yrke;ostfold\n2017;2223;Sykepleiere;425\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half a gzip", gzip.compress(NAV.encode() * 50)[:40]),
        ("scratched gzip", gzip.compress(NAV.encode() * 50)[:20] + b"scratched" * 9),
        ("a cell without end", NAV.encode() + b"2017;2223;" + b"x" * 200_000 + b";1"),
        ("latin-1", NAV.replace("Sykepleiere", "Rørleggere").encode("latin-1")),
        ("a number in words", NAV.replace("425", "mange").encode()),
        ("half a row", (NAV + "2017;22").encode()),
        ("below nought", NAV.replace("425", "-5").encode()),
        ("another table", b"a;b\n1;2\n"),
        ("nothing", b""),
    ],
)
@pytest.mark.django_db
def test_a_broken_table_of_navs_is_refused_in_words_and_changes_nothing(
    name: str, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "nav.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_nav", str(file))
    assert Shortage.objects.count() == 0


GOAL = '{"kode": "K1", "maal": "sveise", "laereplanverk": "LK20", "programomraader": [{"utdanningsprogram": "TP", "utdanningsprogram_navn": "T", "trinn": "vg2", "kode": "TPBLK2----", "navn": "B"}]}\n'


@pytest.mark.parametrize(
    "content",
    [gzip.compress(GOAL.encode() * 50)[:60], GOAL.replace("sveise", "smørbrød").encode("latin-1"), GOAL.encode() + GOAL.encode()[:50], b"", b"[1, 2]", b"\x00\x01"],
)  # fmt: skip
@pytest.mark.django_db
def test_a_broken_file_of_goals_is_refused_in_words_and_brings_no_offer(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "goals.jsonl"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_udir", str(file))
    assert Offer.objects.count() == 0


def test_what_is_uploaded_may_be_no_larger_than_the_page_says() -> None:
    assert django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 12 * 1024 * 1024
