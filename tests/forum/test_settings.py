"""The forum's name, colours and words, as coordinators set them and everybody sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from kompetanseforum.core.models import FactRow
from kompetanseforum.forum.models import Forum, Palette
from kompetanseforum.forum.queries import this_forum

pytestmark = pytest.mark.django_db

ADDRESS = "/innstillinger"
AS_IT_STANDS = {
    "name": "Kompetanseforum",
    "region": "Østfold",
    "answer_days": "14",
    "palette": "glomma",
    "has_english": "on",
}


def test_what_is_changed_is_seen_by_all(client: Client, coordinator_client: Client, forum: Forum) -> None:
    changed = AS_IT_STANDS | {
        "name": "Kompetanseforum Innlandet",
        "region": "",
        "answer_days": "10",
        "palette": "skog",
        "headline_nb": "Hva trenger bygda å kunne?",
        "run_by_nb": "Drives av fylket.",
    }
    del changed["has_english"]
    assert coordinator_client.post(ADDRESS, changed).status_code == 302
    page = client.get("/").content.decode()
    for text in (
        "Kompetanseforum Innlandet",
        'data-palette="skog"',
        "<h1>Hva trenger bygda å kunne?</h1>",
        "innen 10 dager",
        "Drives av fylket.",
    ):
        assert text in page
    assert "Nynorsk" in page
    assert "English" not in page
    [fact] = FactRow.objects.filter(name="forum.ForumChanged")
    assert set(fact.content["fields"].split()) == {
        "name", "region", "answer_days", "palette", "has_english", "headline_nb", "run_by_nb",
    }  # fmt: skip


def test_nothing_changed_is_no_fact(coordinator_client: Client, forum: Forum) -> None:
    coordinator_client.post(ADDRESS, AS_IT_STANDS | {"region": this_forum().region})
    assert not FactRow.objects.filter(name="forum.ForumChanged").exists()


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Skriv hva forumet heter"),
        ({"answer_days": "0"}, "Skriv hvor mange dager, fra 1 til 60"),
        ({"answer_days": "to uker"}, "Skriv hvor mange dager, fra 1 til 60"),
    ],
)
def test_an_error_says_what_to_do_and_changes_nothing(
    coordinator_client: Client, forum: Forum, wrong: dict[str, str], told: str
) -> None:
    before = Forum.objects.values().get()
    response = coordinator_client.post(ADDRESS, AS_IT_STANDS | {"region": "X"} | wrong)
    assert (response.status_code, told in response.content.decode()) == (422, True)
    assert Forum.objects.values().get() == before


def test_nobody_else_changes_it(client: Client, forum: Forum) -> None:
    assert client.post(ADDRESS, AS_IT_STANDS | {"name": "Mitt"}).status_code in (302, 403)
    assert this_forum().name == "Kompetanseforum"


def test_every_palette_is_one_the_front_end_builds() -> None:
    config = json.loads(Path("frontend/designsystemet.config.json").read_text())
    assert set(list(config["themes"])[1:]) == set(Palette.values) - {Palette.GLOMMA}
