"""Meanwhile, on the others' screens: what is dragged moves, and what is said is counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.browser.test_boards import board, come_in, connected, is_there, leading, write
from tests.browser.watched import PHONE, WIDE, Watched

pytestmark = pytest.mark.browser
__all__ = ["board"]


def lifted(page: Page, text: str) -> None:
    expect(page.locator(".note", has_text=text)).to_have_attribute("data-carried", "")


def at_rest(page: Page, text: str) -> None:
    expect(page.locator(".note", has_text=text)).not_to_have_attribute("data-carried", "")


def take_over(page: Page, text: str, *, column: int) -> None:
    """When it lies still, for what is written above it comes and goes; and it is not let go."""
    goal = page.locator(".column").nth(column).bounding_box()
    assert goal is not None
    page.locator(".note", has_text=text).hover(position={"x": 40, "y": 20})
    page.mouse.down()
    for step in range(12):
        page.mouse.move(goal["x"] + 60, goal["y"] + 60 + step)


def two_at_the_wall(
    visitor: Callable[..., Watched], people: People, board: str, *, is_still: bool = False
) -> tuple[Watched, Watched]:
    """Siv, who has written a note, and the one who leads; both hear what the other does."""
    siv, leader = visitor(), leading(people, board)
    come_in(siv, board, alias="Siv")
    siv.width(WIDE)
    if is_still:
        siv.page.emulate_media(reduced_motion="reduce")
    siv.open(board)
    write(siv.page, "Flytt meg")
    is_there(leader.page, "Flytt meg")
    connected(siv.page)
    connected(leader.page)
    return siv, leader


def box_of(page: Page, text: str) -> dict[str, float]:
    box = page.locator(".note", has_text=text).bounding_box()
    assert box is not None
    return dict(box)


def test_while_a_note_is_dragged_on_the_wall_the_others_see_it_move(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = two_at_the_wall(visitor, people, board)
    home = box_of(siv.page, "Flytt meg")
    take_over(leader.page, "Flytt meg", column=2)
    lifted(siv.page, "Flytt meg")
    siv.page.wait_for_function(
        "([text, x]) => [...document.querySelectorAll('.note')].find((note) => note.textContent.includes(text))"
        ".getBoundingClientRect().left > x + 300",
        arg=["Flytt meg", home["x"]],
    )
    # Nothing has happened yet: it still lies where it lay, for who comes now and in the log.
    expect(siv.page.locator(".column").first.locator(".note", has_text="Flytt meg")).to_have_count(1)
    assert siv.axe() == []
    leader.page.mouse.up()
    expect(siv.page.locator(".column").nth(2).locator(".note", has_text="Flytt meg")).to_have_count(1)
    at_rest(siv.page, "Flytt meg")
    assert siv.taken_faults() + leader.taken_faults() == []
    leader.page.close()


def test_one_who_loses_the_line_with_a_note_in_the_hand_leaves_it_where_it_lay(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    # Asked for little movement: it is marked, and stays.
    siv, leader = two_at_the_wall(visitor, people, board, is_still=True)
    home = box_of(siv.page, "Flytt meg")
    take_over(leader.page, "Flytt meg", column=1)
    lifted(siv.page, "Flytt meg")
    assert box_of(siv.page, "Flytt meg") == home
    leader.page.close()
    at_rest(siv.page, "Flytt meg")
    assert box_of(siv.page, "Flytt meg") == home


def test_comments_and_words_are_counted_on_the_card_while_others_say_them(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, ola, leader = visitor(), visitor(), leading(people, board)
    come_in(siv, board, alias="Siv")
    come_in(ola, board, alias="Ola", sector="Arbeidsliv")
    write(siv.page, "Start klokka 18")
    is_there(leader.page, "Start klokka 18")
    card = leader.page.locator(".note", has_text="Start klokka 18").locator("[data-said]")
    in_list = siv.page.locator(".note", has_text="Start klokka 18").locator("[data-comments]")
    expect(card).to_have_text("")
    table = people.watched(people.context_of("coordinator"))
    table.width(WIDE)
    table.open(f"{board}/tabell")
    ola.page.locator(".note", has_text="Start klokka 18").locator("[data-act=comment]").click()
    for number, words in enumerate(("Heller 19?", "18 passer oss")):
        ola.page.locator("#comment").fill(words)
        ola.page.locator("#comments form button[type=submit]").click()
        expect(card).to_have_text("1 kommentar" if not number else "2 kommentarer")
        expect(in_list).to_have_text(f"({number + 1})")
    ola.page.get_by_role("button", name="Enig").click()
    expect(card).to_contain_text("1 enig")
    ola.page.get_by_role("button", name="Enig").click()
    expect(card).not_to_contain_text("enig")
    # The table tells it too, and what is new.
    row = table.page.get_by_role("row", name=re.compile("Start klokka 18"))
    expect(row.locator("[data-label=Kommentarer]")).to_have_text("2")
    write(siv.page, "Enda en lapp")
    expect(table.page.get_by_role("row", name=re.compile("Enda en lapp"))).to_have_count(1)
    # Made anew, the page has the same number.
    leader.page.reload()
    expect(card).to_have_text("2 kommentarer")
    assert [who.taken_faults() for who in (siv, ola, leader, table)] == [[], [], [], []]
    leader.page.close()
    table.page.close()


def test_nothing_in_the_list_or_on_the_wall_lies_on_anything_else(visitor: Callable[..., Watched], board: str) -> None:
    siv = visitor()
    come_in(siv, board, alias="Siv")
    for column in range(3):
        siv.page.locator("form[data-compose] [name=inside]").select_option(index=column)
        write(siv.page, f"En lapp under overskrift nummer {column + 1}")
    for view in ("/liste", ""):
        for width in (PHONE, WIDE):
            siv.width(width)
            siv.open(f"{board}{view}")
            notes = siv.page.locator(".note[data-item]")
            # The last one may still be on its way when the page is made.
            expect(notes).to_have_count(3)
            boxes = [each.bounding_box() for each in notes.all()]
            found = [(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in boxes if box]
            meet = [
                (one, other)
                for number, one in enumerate(found)
                for other in found[number + 1 :]
                if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 1 and other[1] < one[3] - 1
            ]
            assert (view, width, meet) == (view, width, [])
