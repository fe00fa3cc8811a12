"""Counts kept until something happens."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.counted import has_written, once_a_page, one_page, same_for_alike, until_next_fact
from kompetanseforum.core.facts import Fact, publish
from kompetanseforum.core.permissions import NOBODY, Viewer


@dataclass(frozen=True, slots=True)
class SomethingHappened(Fact):
    pass


@pytest.mark.django_db(transaction=True)
def test_a_count_is_made_once_until_something_happens_or_the_day_ends() -> None:
    made: list[int] = []

    def count() -> int:
        made.append(len(made))
        return len(made)

    assert [until_next_fact("a", count), until_next_fact("a", count), until_next_fact("b", count)] == [1, 1, 2]
    publish(SomethingHappened(), by=None, about=Ref("need", "1"))
    assert [until_next_fact("a", count), until_next_fact("a", count)] == [3, 3]
    with clock.at(clock.now() + timedelta(days=1)):
        assert until_next_fact("a", count) == 4


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_the_same_in_one_moment_let_one_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompetanseforum.core.counted.newest_fact", lambda: 1)
    made: list[int] = []

    def count() -> str:
        made.append(1)
        time.sleep(0.05)
        return "counted"

    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _reader: until_next_fact("the page", count), range(8)))
    assert (found, len(made)) == (["counted"] * 8, 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_has_waited_long_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompetanseforum.core.counted.newest_fact", lambda: 1)
    monkeypatch.setattr("kompetanseforum.core.counted.SECONDS_WAITED", 0.01)
    both = Barrier(2)

    def count() -> str:
        both.wait(timeout=20)
        return "counted"

    with ThreadPoolExecutor(2) as readers:
        assert list(readers.map(lambda _reader: until_next_fact("the page", count), range(2))) == ["counted"] * 2


@pytest.mark.django_db
def test_what_is_not_yet_kept_for_good_is_never_remembered() -> None:
    """Inside a transaction that may still be undone."""
    made = iter(range(9))
    assert [until_next_fact("a", lambda: next(made)) for _time in range(3)] == [0, 1, 2]


def test_while_a_page_is_made_the_same_is_asked_once_and_by_the_next_page_anew() -> None:
    made = iter(range(9))

    def ask() -> int:
        return once_a_page("the forum", lambda: next(made))

    with one_page():
        assert [ask(), ask(), once_a_page("another", lambda: "other")] == [0, 0, "other"]
    with one_page():
        assert ask() == 1
    assert [ask(), ask()] == [2, 3]


class Renders:
    """A part of a page that is different each time it is made."""

    def __init__(self, html: str = "<p>{}</p>") -> None:
        self.html, self.times = html, 0

    def __call__(self) -> SafeString:
        self.times += 1
        return mark_safe(self.html.format(self.times))


@pytest.mark.django_db(transaction=True)
def test_strangers_share_a_part_of_a_page_in_their_language_and_nobody_else_does() -> None:
    part = Renders()
    known = (
        Viewer(roles=frozenset({"coordinator"})),
        Viewer(holds=frozenset({Ref("voice", "v")})),
        Viewer(follows=frozenset({Ref("need", "n")})),
    )
    assert [same_for_alike(NOBODY, "a", part) for _ in range(2)] == ["<p>1</p>", "<p>1</p>"]
    assert [same_for_alike(who, "a", part) for who in known] == [f"<p>{n}</p>" for n in (2, 3, 4)]
    with translation.override("nn"):
        assert same_for_alike(NOBODY, "a", part) == "<p>5</p>"
    publish(SomethingHappened(), by=None, about=Ref("need", "1"))
    assert same_for_alike(NOBODY, "a", part) == "<p>6</p>"


@pytest.mark.django_db(transaction=True)
def test_who_has_signed_in_sees_a_part_as_they_saw_it_until_they_do_something() -> None:
    part = Renders()
    kari, other = Viewer(person=Ref("person", "k")), Viewer(person=Ref("person", "o"))
    as_coordinator = replace(kari, roles=frozenset({"coordinator"}))
    with_a_link = replace(kari, holds=frozenset({Ref("voice", "v")}))
    seen = [same_for_alike(who, "a", part) for who in (kari, kari, other, as_coordinator, with_a_link, kari)]
    assert seen == [f"<p>{n}</p>" for n in (1, 1, 2, 3, 4, 1)]
    has_written(Ref("person", "k"))
    assert [same_for_alike(who, "a", part) for who in (kari, kari, other)] == ["<p>5</p>", "<p>5</p>", "<p>2</p>"]


@pytest.mark.django_db(transaction=True)
def test_a_form_with_a_token_is_never_shared() -> None:
    part = Renders('<input name="csrfmiddlewaretoken" value="{}">')
    assert [same_for_alike(NOBODY, "form", part) for _ in range(2)] == [part.html.format(1), part.html.format(2)]
