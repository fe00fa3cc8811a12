"""NAV's table and Udir's goals come in from a page too, are seen first, and can be undone."""

from __future__ import annotations

import gzip
import json

import pytest
from django.test import Client

from kompetanseforum.needs.models import Shortage
from kompetanseforum.offers.models import Offer
from tests.intake.conftest import Send

pytestmark = pytest.mark.django_db

NAV = "aar;yrkekode;yrke;ostfold;viken\n2017;2223;Sykepleiere;425;9\n2017;7212;Sveisere;1 350;9\n"
GOAL = {
    "kode": "KM1", "maal": "sveise rør", "laereplanverk": "LK20", "maalform_gjettet": "nb",
    "programomraader": [{"utdanningsprogram": "BA", "utdanningsprogram_navn": "Bygg", "trinn": "vg2", "kode": "BAANL2----", "navn": "Anlegg"}],
}  # fmt: skip


def numbers() -> list[tuple[str, int]]:
    return sorted(Shortage.objects.values_list("occupation_name", "people"))


@pytest.mark.slow
def test_the_countys_column_comes_in_and_is_undone(send: Send, coordinator_client: Client):
    first = send(gzip.compress(NAV.encode()), key="nav", file_name="nav.csv.gz", bring=True)
    assert (first.counts["new"], numbers()) == (2, [("Sveisere", 1350), ("Sykepleiere", 425)])
    second = send(NAV.replace("425", "500"), key="nav", bring=True)
    assert (second.counts["changed"], second.counts["unchanged"]) == (1, 1)
    coordinator_client.post(f"/innhenting/{second.public_id}/angre")
    assert numbers() == [("Sveisere", 1350), ("Sykepleiere", 425)]
    coordinator_client.post(f"/innhenting/{first.public_id}/angre")
    assert numbers() == []


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (NAV.replace("ostfold", "oslo").encode(), "Ingen kolonne er «Østfold»"),
        (NAV.replace("425", "mange").encode(), "Fila kan ikke leses"),
        (gzip.compress(NAV.encode() * 50)[:40], "Fila kan ikke leses"),
        (gzip.compress(b" " * 60_000_000), "Fila kan ikke leses"),
    ],
)
def test_another_table_is_refused_in_words(send: Send, page, content: bytes, words: str):
    batch = send(content, key="nav", file_name="nav.csv")
    html = page(f"/innhenting/{batch.public_id}")
    assert (batch.state, words in html, numbers()) == ("failed", True, [])


def test_udirs_goals_come_in_and_are_undone(send: Send, coordinator_client: Client):
    batch = send(json.dumps(GOAL), key="udir", file_name="maal.jsonl", bring=True)
    assert list(Offer.objects.values_list("title", "source")) == [("Anlegg, Vg2", "udir")]
    coordinator_client.post(f"/innhenting/{batch.public_id}/angre")
    assert Offer.objects.count() == 0


def test_a_file_of_something_else_is_no_goals(send: Send, page):
    batch = send("Tittel;Pris\nSveis;100\n", key="udir")
    assert "Linje 1 er ikke et kompetansemål" in page(f"/innhenting/{batch.public_id}")
