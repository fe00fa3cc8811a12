"""The main job with the keyboard alone on a phone-sized screen: said, heard, sent, joined, answered, told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.people import People, need_behind, path_of
from tests.browser.watched import Watched

# A phone's keyboard, unhurried; and a tap with the look that goes before it.
KEYS_A_SECOND, TAP_SECONDS, MOST_SECONDS = 3, 3, 90


@dataclass(frozen=True, slots=True)
class Words:
    """The same story in one language."""

    words: str
    more: str
    go: str
    next: str
    who: str
    send: str
    when: str
    heard_you: str
    link: str
    by: str
    join: str
    joined: str
    answer: str
    send_answer: str
    my_answer: str
    go_to_mine: str


STORY = {
    "nb": Words(
        words="Vi trenger to som kan sveise aluminium på brygga i Gressvik",
        more=" og montere varmepumper.",
        go="Fortsett",
        next="Neste: når og hvordan",
        who="Hvem spør? (frivillig)",
        send="Send behovet",
        when="Nå",
        heard_you="Takk. Vi har hørt dere.",
        link="Din egen lenke",
        by=r"[A-Z]\S+ [A-Z]\S+ svarer innen \S+ \d+\. \S+",
        join="Vi trenger også dette",
        joined="Takk. Dere er nå to som trenger dette.",
        answer="Svar",
        send_answer="Send svaret",
        my_answer="Glomma fagskole setter opp et kurs i januar.",
        go_to_mine="Gå til innspillet mitt",
    ),
    "nn": Words(
        words="Vi treng to som kan sveise aluminium på brygga i Engelsviken",
        more=" og montere varmepumper.",
        go="Hald fram",
        next="Neste: når og korleis",
        who="Kven spør? (frivillig)",
        send="Send behovet",
        when="No",
        heard_you="Takk. Vi har høyrt dykk.",
        link="Di eiga lenkje",
        by=r"[A-Z]\S+ [A-Z]\S+ svarer innan \S+ \d+\. \S+",
        join="Vi treng òg dette",
        joined="Takk. De er no to som treng dette.",
        answer="Svar",
        send_answer="Send svaret",
        my_answer="Glomma fagskole set opp eit kurs i januar.",
        go_to_mine="Gå til innspelet mitt",
    ),
}


@pytest.mark.parametrize("language", STORY)
def test_from_the_first_word_to_the_answer(language: str, people: People, visitor: Callable[..., Watched]):
    said = STORY[language]
    voicer = visitor(language=language)
    _voices(voicer, said)
    _is_thanked(voicer, said)
    need = need_behind(voicer.page, people.address)
    _stands_in_the_list(visitor(language=language), said, need)
    _joins(visitor(language=language), said, need)
    coordinator = people.watched(people.context_of("coordinator"))
    coordinator.speak(language)
    _answers(coordinator, said, need)
    _sees_the_answer(voicer, said, need)
    assert [*voicer.taken_faults(), *coordinator.taken_faults()] == []


def _voices(watched: Watched, said: Words) -> None:
    page, keys = watched.page, Keys(watched.page)
    watched.open("/")
    keys.to("textarea#door-words[words=]")
    keys.write(said.words)
    keys.go(said.go)
    # It was heard at once, and is heard again while one writes on.
    chips = page.locator("#heard input[name=skill]")
    before = chips.count()
    assert before > 0
    keys.to("textarea#id_words[words=]")
    keys.press("Control+End")
    with page.expect_response("**/behov/meld/hort"):
        keys.write(said.more)
    expect(chips).not_to_have_count(before)
    expect(page.locator("[data-draft-text]").first).not_to_be_empty()
    # One of them is not right: away with it, and it stays away.
    slug = str(chips.first.get_attribute("value"))
    keys.to(f"input#[skill={slug}]")
    keys.press("Space")
    expect(page.locator(f"#heard input[name=skill][value='{slug}']")).not_to_be_checked()
    keys.go(said.next)
    assert slug not in page.locator("input[name=skill]").evaluate_all("all => all.map(one => one.value)")
    # Choices, by arrow and by space; then who asks.
    keys.to("1")
    keys.press("ArrowRight")
    expect(page.locator("[name=people][value='2']")).to_be_checked()
    keys.to(said.when)
    keys.press("Space")
    keys.to(said.who)
    keys.write("Brygga båtbyggeri " + page.locator("html").get_attribute("lang"))  # type: ignore[operator]
    keys.to("input#id_words_are_public[words_are_public=]")
    keys.press("Space")
    keys.go(said.send)


def _is_thanked(watched: Watched, said: Words) -> None:
    page = watched.page
    expect(page).to_have_url(re.compile(r"/behov/takk/"))
    expect(page.locator("h1")).to_have_text(said.heard_you)
    expect(page.locator(".lead")).to_have_text(re.compile(said.by))
    expect(page.get_by_role("heading", name=said.link)).to_be_visible()
    assert page.locator("#copy-address").inner_text().startswith(f"{watched.address}/behov/lenke/")


def _stands_in_the_list(watched: Watched, said: Words, need: str) -> None:
    watched.open("/behov/")
    row = watched.page.locator(f".row:has(a[href='/behov/{need}'])")
    expect(row.locator("h2")).to_have_text(f"«{said.words}{said.more}»")
    assert re.search(said.by.partition(" \\S+ \\d")[0], row.inner_text())


def _joins(watched: Watched, said: Words, need: str) -> None:
    """From another browser: one field. Then one more need, in one tap, now that the device is known."""
    page, keys = watched.page, Keys(watched.page)
    watched.open(f"/behov/{need}")
    keys.go(said.join)
    keys.to("input#id_organisation[organisation=]")
    keys.write("Tangen båt")
    keys.go(said.join)
    expect(page).to_have_url(f"{watched.address}/behov/{need}")
    expect(page.locator("[data-toast]")).to_contain_text(said.joined)
    watched.open("/behov/?sorter=most")
    button = page.locator(".row form[action$='/bli-med'] button").first
    button.focus()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("[data-toast]")).to_be_visible()
    assert watched.taken_faults() == []


def _answers(watched: Watched, said: Words, need: str) -> None:
    page, keys = watched.page, Keys(watched.page)
    watched.open(f"/behov/{need}")
    keys.go(said.answer)
    keys.to("textarea#id_words[words=]")
    keys.write(said.my_answer)
    keys.go(said.send_answer)
    # Back to the desk, where the next one stands.
    expect(page).to_have_url(f"{watched.address}/skrivebord")
    expect(page.locator("[data-toast]")).to_be_visible()
    # Written and sent: the next answer begins with an empty field.
    watched.open(f"/behov/{need}/svar")
    expect(page.locator("#id_words")).to_have_value("")


def _sees_the_answer(watched: Watched, said: Words, need: str) -> None:
    page, keys = watched.page, Keys(watched.page)
    watched.open(f"/behov/{need}")
    keys.go(said.go_to_mine)
    expect(page).to_have_url(re.compile(r"/behov/mitt/"))
    expect(page.locator("main")).to_contain_text(said.my_answer)


@pytest.mark.parametrize("language", STORY)
def test_one_field_and_three_taps_are_enough_and_take_less_than_ninety_seconds(
    language: str, visitor: Callable[..., Watched]
):
    said = STORY[language]
    watched = visitor(language=language)
    page = watched.page
    watched.open("/")
    words = f"{said.words}, og to til neste år."
    page.fill("#door-words", words)
    taps = (said.go, said.next, said.send)
    for label in taps:
        page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator("h1")).to_have_text(said.heard_you)
    assert len(words) / KEYS_A_SECOND + (1 + len(taps)) * TAP_SECONDS < MOST_SECONDS


def test_a_row_of_the_gap_map_opens_the_voices_behind_it(visitor: Callable[..., Watched]):
    watched = visitor()
    if watched.open("/udekket/").status == 404:
        pytest.skip("the gap map is not here yet")
    page, keys = watched.page, Keys(watched.page)
    page.locator("main table tbody th a").first.focus()
    with page.expect_navigation():
        keys.press("Enter")
    behind = page.locator("main a[href^='/behov/']:not([href*='meld']):not([href*='?'])").first
    behind.focus()
    with page.expect_navigation():
        keys.press("Enter")
    assert re.fullmatch(r"/behov/[0-9a-z]+", path_of(page))
    assert watched.taken_faults() == []
