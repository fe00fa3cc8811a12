"""The main job with the keyboard alone on a phone-sized screen: said, heard, sent, joined, answered, told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.people import People, needs_saying, path_of, voice_need
from tests.browser.watched import PHONE, Watched

# A practised writer on a phone's keyboard presses about three keys a second.
KEYS_A_SECOND, MOST_SECONDS = 3, 90


@dataclass(frozen=True, slots=True)
class Words:
    """The same story in one language."""

    words: str
    more: str
    go: str
    next: str
    send: str
    people: str
    when: str
    heard_you: str
    link: str
    by: str
    join: str
    thanks_for_joining: str
    answer: str
    send_answer: str
    answered: str
    my_answer: str
    menu: str
    gap_map: str


STORY = {
    "nb": Words(
        words="Vi trenger to som kan sveise aluminium",
        more=" og montere varmepumper.",
        go="Fortsett",
        next="Neste: når og hvordan",
        send="Send behovet",
        people="2–4",
        when="Nå",
        heard_you="Takk. Vi har hørt dere.",
        link="Din egen lenke",
        by=r"svarer innen \w+ \d+\. \w+",
        join="Vi trenger også dette",
        thanks_for_joining="Takk. Dere er nå to som trenger dette.",
        answer="Svar",
        send_answer="Send svaret",
        answered="Det vi har svart",
        my_answer="Glomma fagskole setter opp et kurs i januar.",
        menu="Meny",
        gap_map="Udekket behov",
    ),
    "nn": Words(
        words="Vi treng to som kan sveise aluminium",
        more=" og montere varmepumper.",
        go="Hald fram",
        next="Neste: når og korleis",
        send="Send behovet",
        people="2–4",
        when="No",
        heard_you="Takk. Vi har høyrt dykk.",
        link="Di eiga lenkje",
        by=r"svarer innan \w+ \d+\. \w+",
        join="Vi treng òg dette",
        thanks_for_joining="Takk. De er no to som treng dette.",
        answer="Svar",
        send_answer="Send svaret",
        answered="Det vi har svart",
        my_answer="Glomma fagskole set opp eit kurs i januar.",
        menu="Meny",
        gap_map="Udekt behov",
    ),
}


@pytest.mark.parametrize("language", STORY)
def test_from_the_first_word_to_the_answer(language: str, people: People, visitor: Callable[..., Watched]):
    said = STORY[language]
    voicer = visitor(language=language)
    need = _voices(voicer, said)
    assert [one["id"] for one in needs_saying(voicer.context, people.address, said.words)].count(need) <= 1
    _stands_first_in_the_list(voicer, need)
    _joins(visitor(language=language), said, need)
    _answers(people.watched(people.context_of("coordinator")), said, need, language=language)
    _sees_the_answer(voicer, said, need)
    assert voicer.taken_faults() == []


def _voices(watched: Watched, said: Words) -> str:
    """From the front page to the thanks; the public id of the need."""
    page, keys = watched.page, Keys(watched.page)
    watched.open("/")
    keys.to("textarea#door-words[words=]")
    keys.write(said.words)
    keys.go(said.go)
    # It is heard at once, and heard again while one writes on.
    chips = page.locator("#heard input[name=skill]")
    before = chips.count()
    assert before > 0
    keys.to("textarea#id_words[words=]")
    keys.press("Control+End")
    with page.expect_response("**/behov/meld/hort"):
        keys.write(said.more)
    expect(chips).not_to_have_count(before)
    expect(page.locator("[data-draft-text]").first).not_to_be_empty()
    # One chip is not right: away with it, and it stays away.
    first = chips.first.get_attribute("value")
    keys.to(f"input#{chips.first.get_attribute('id') or ''}[skill={first}]")
    was = chips.first.is_checked()
    keys.press("Space")
    assert chips.first.is_checked() is not was
    keys.go(said.next)
    keys.to(said.people)  # the first of the group, "1": arrows go on
    keys.to(said.send) if False else None
    return _sends(watched, keys, said)


def _sends(watched: Watched, keys: Keys, said: Words) -> str:
    page = watched.page
    keys.go(said.send)
    page.wait_for_url("**/behov/takk/*")
    return path_of(page)
