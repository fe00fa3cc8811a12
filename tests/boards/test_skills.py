"""Skills that are heard in a note: quiet, said yes or no to by those it concerns, and gone with the words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.board import OpKind, PhaseKind
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.skills import _says_something
from kompetanseforum.skills.models import LinkVerdict, SkillLink
from tests.boards.conftest import add_note, do, join

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("metal_trades")]

WORDS = "Vi trenger folk som kan sveise aluminium"


def page(note: str, name: str = "note") -> str:
    return reverse(f"boards:{name}", kwargs={"public_id": note})


def heard_in(client: Client, note: str) -> list[str]:
    way = reverse("skills:skill", kwargs={"slug": "SLUG"}).replace("SLUG", '([^"]+)')
    return re.findall(f'<p><a class="plain" href="{way}"', client.get(page(note)).content.decode())


@pytest.fixture
def kari(board: Board) -> Who:
    return join(board, "Kari", "business")


@pytest.fixture
def note(board: Board, kari: Who) -> str:
    return add_note(board, kari, WORDS)


def say(client: Client, note: str, slug: str, is_right: str) -> int:
    return client.post(page(note, "skill"), {"skill": slug, "is_right": is_right}).status_code


@pytest.mark.slow
def test_a_note_tells_what_is_heard_in_it_and_nothing_is_stored_for_that(
    note: str, kari: Who, device_of: Callable[[Who], Client]
):
    page_of_note = device_of(kari).get(page(note)).content.decode()
    assert "Kompetanse vi hører her" in page_of_note
    assert "sveise aluminium" in page_of_note
    assert not SkillLink.objects.filter(subject_kind="note").exists()


@pytest.mark.slow
def test_words_that_speak_of_no_skill_have_no_such_section(board: Board, kari: Who, device_of: Callable[[Who], Client]):
    empty = add_note(board, kari, "Hei og takk")
    assert heard_in(device_of(kari), empty) == []
    assert "Kompetanse vi hører her" not in device_of(kari).get(page(empty)).content.decode()


def test_two_small_letters_are_no_skill():
    assert [_says_something(words) for words in ("be", "pc", "IT", "C#", "sveise")] == [False, False, True, True, True]


@pytest.mark.slow
def test_the_author_says_it_is_right_then_wrong_and_takes_it_back(
    note: str, kari: Who, device_of: Callable[[Who], Client]
):
    device = device_of(kari)
    slug = heard_in(device, note)[0]
    for given, shown in (("1", "Du sier at det stemmer."), ("0", "Du sier at det ikke stemmer."), ("", "")):
        assert say(device, note, slug, given) == 302
        assert shown in device.get(page(note)).content.decode()
    assert not LinkVerdict.objects.filter(by=kari.ref).exists()


@pytest.mark.slow
def test_what_the_one_who_leads_says_is_wrong_is_not_shown_to_others(
    board: Board, note: str, kari: Who, device_of: Callable[[Who], Client], coordinator_client: Client
):
    ola = device_of(join(board, "Ola"))
    slug = heard_in(ola, note)[0]
    assert say(coordinator_client, note, slug, "0") == 302
    assert slug not in heard_in(ola, note)
    # Who said so may take it back.
    assert slug in heard_in(coordinator_client, note)


def test_others_read_it_and_do_not_judge(board: Board, note: str, device_of: Callable[[Who], Client]):
    ola = device_of(join(board, "Ola"))
    slug = heard_in(ola, note)[0]
    assert page(note, "skill") not in ola.get(page(note)).content.decode()
    assert say(ola, note, slug, "1") == 403
    assert say(Client(), note, slug, "1") != 200
    assert not SkillLink.objects.filter(subject_kind="note").exists()


@pytest.mark.parametrize("slug", ["", "finnes-ikke", "<script>", "x" * 5000])
def test_a_skill_that_is_not_heard_there_is_nobodys_to_judge(
    note: str, kari: Who, device_of: Callable[[Who], Client], slug: str
):
    assert say(device_of(kari), note, slug, "1") == 302
    assert not LinkVerdict.objects.exists()


def test_a_hidden_note_is_heard_for_its_author_alone(
    workshop: Board,
    go_to: Callable[[Board, PhaseKind], None],
    device_of: Callable[[Who], Client],
    coordinator_client: Client,
):
    go_to(workshop, PhaseKind.WRITE)
    siv = join(workshop, "Siv")
    hidden = add_note(workshop, siv, WORDS)
    assert heard_in(device_of(siv), hidden) != []
    assert say(coordinator_client, hidden, heard_in(device_of(siv), hidden)[0], "1") == 404


def test_it_counts_as_nobodys_need(note: str, kari: Who, device_of: Callable[[Who], Client]):
    device = device_of(kari)
    say(device, note, heard_in(device, note)[0], "1")
    assert set(SkillLink.objects.values_list("whole_kind", flat=True)) == {"note"}


def test_erased_words_are_in_no_link(board: Board, note: str, kari: Who, device_of: Callable[[Who], Client]):
    device = device_of(kari)
    say(device, note, heard_in(device, note)[0], "1")
    assert SkillLink.objects.filter(subject_id=note).exists()
    assert do(board, kari, OpKind.ERASE, note).refusal is None
    assert not SkillLink.objects.filter(subject_id=note).exists()
