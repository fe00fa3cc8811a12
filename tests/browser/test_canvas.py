"""The free canvas: by hand and by keyboard alone, seen by all at once, and the same items as on the wall."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People
from tests.browser.test_boards import attached, board, come_in, is_there
from tests.browser.watched import PHONE, SLIM, WIDE, Watched

pytestmark = pytest.mark.browser
__all__ = ["board"]


@pytest.fixture
def leader(people: People, board: str) -> Watched:
    watched = people.watched(people.context_of("coordinator"))
    watched.width(WIDE)
    watched.open(f"{board}/lerret", language="nb")
    attached(watched.page)
    expect(watched.page.locator("[data-saved]")).to_contain_text("Lagret")
    return watched


def note(page: Page, text: str) -> Locator:
    return page.locator("article.note", has_text=text)


def write_at(page: Page, text: str, *, x: int, y: int) -> Locator:
    """With the mouse: the tool, the place, the words."""
    attached(page)
    page.locator("[data-tool=note]").click()
    page.locator(".canvas-view").click(position={"x": x, "y": y})
    page.locator("textarea.in-place").fill(text)
    page.keyboard.press("Enter")
    expect(note(page, text)).to_have_count(1)
    return note(page, text)


def corner(piece: Locator) -> tuple[float, float]:
    box = piece.bounding_box()
    assert box is not None
    return box["x"], box["y"]


def test_two_on_one_canvas_see_what_each_does_and_the_wall_has_the_same(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    siv = visitor()
    come_in(siv, board, alias="Siv")
    siv.width(WIDE)
    siv.open(f"{board}/lerret")
    write_at(leader.page, "Ti kvelder", x=70, y=120)
    write_at(siv.page, "Start klokka 18", x=70, y=260)
    for page in (leader.page, siv.page):
        expect(page.locator("article.note")).to_have_count(2)
    expect(note(siv.page, "Start klokka 18")).to_contain_text("Utdanning, din lapp")
    # Dragged into another frame: it lies there for both, and on the wall.
    piece, view = note(leader.page, "Ti kvelder"), leader.page.locator(".canvas-view")
    before = corner(note(siv.page, "Ti kvelder"))
    piece.drag_to(view, target_position={"x": 470, "y": 160})
    expect(leader.page.locator("section.frame").nth(1).locator("article.note")).to_have_count(1)
    expect(siv.page.locator("section.frame").nth(1).locator("article.note")).to_have_count(1)
    assert corner(note(siv.page, "Ti kvelder"))[0] > before[0] + 200
    siv.open(board)
    expect(siv.page.locator(".column").nth(1).locator(".note", has_text="Ti kvelder")).to_have_count(1)
    assert leader.taken_faults() + siv.taken_faults() == []
    leader.page.close()


def test_while_something_is_dragged_the_others_see_it_move_and_where_one_points(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    siv = visitor()
    come_in(siv, board, alias="Siv")
    siv.width(WIDE)
    siv.open(f"{board}/lerret")
    expect(siv.page.locator("[data-saved]")).to_contain_text("Lagret")
    write_at(leader.page, "Ti kvelder", x=70, y=120)
    expect(note(siv.page, "Ti kvelder")).to_have_count(1)
    home, held = corner(note(siv.page, "Ti kvelder")), note(leader.page, "Ti kvelder").bounding_box()
    assert held is not None
    leader.page.mouse.move(held["x"] + 20, held["y"] + 20)
    expect(siv.page.locator(".canvas-cursor")).to_have_count(1)
    leader.page.mouse.down()
    for step in range(20):
        leader.page.mouse.move(held["x"] + 20 + 10 * step, held["y"] + 20 + 4 * step)
    expect(note(siv.page, "Ti kvelder")).to_have_attribute("data-carried", "")
    expect(note(leader.page, "Ti kvelder")).not_to_have_attribute("data-carried", "")
    siv.page.wait_for_function(
        "(x) => document.querySelector('article.note[data-carried]').getBoundingClientRect().left > x + 150",
        arg=home[0],
    )
    # Held still it does not fall, however long.
    siv.page.wait_for_timeout(3500)
    expect(note(siv.page, "Ti kvelder")).to_have_attribute("data-carried", "")
    leader.page.mouse.up()
    expect(note(siv.page, "Ti kvelder")).not_to_have_attribute("data-carried", "")
    dropped, seen = (
        note(page, "Ti kvelder").evaluate("(each) => each.style.translate") for page in (leader.page, siv.page)
    )
    assert dropped == seen != ""
    assert corner(note(siv.page, "Ti kvelder"))[0] > home[0] + 150
    # Who goes takes the cursor along, after a while.
    assert leader.taken_faults() + siv.taken_faults() == []
    leader.page.close()
    expect(siv.page.locator(".canvas-cursor")).to_have_count(0)


def test_who_follows_sees_what_the_one_who_leads_sees_until_they_look_around_themselves(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    siv, ola = visitor(), visitor()
    for guest, name in ((siv, "Siv"), (ola, "Ola")):
        come_in(guest, board, alias=name)
        guest.width(WIDE)
        guest.open(f"{board}/lerret")
        expect(guest.page.locator("[data-saved]")).to_contain_text("Lagret")
    follow = siv.page.get_by_role("button", name="Følg den som leder")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    own = ola.page.locator("[data-scale]").inner_text()
    leader.page.get_by_role("button", name="Vis vei").click()
    for _ in range(3):
        leader.page.locator("[data-do=in]").click()
    expect(leader.page.locator("[data-scale]")).not_to_have_text(own)
    leader.page.wait_for_timeout(200)
    scale = leader.page.locator("[data-scale]").inner_text()
    expect(siv.page.locator("[data-scale]")).to_have_text(scale)
    assert ola.page.locator("[data-scale]").inner_text() == own != scale
    siv.page.locator("[data-do=out]").click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    leader.page.locator("[data-do=in]").click()
    siv.page.wait_for_timeout(1500)
    assert siv.page.locator("[data-scale]").inner_text() not in (
        scale,
        leader.page.locator("[data-scale]").inner_text(),
    )
    assert siv.axe() == []
    leader.page.close()


def test_a_document_is_a_card_that_is_read_moved_and_opened(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    page = leader.page
    leader.open(f"{board}/tegn?what=file")
    page.locator("input[type=file]").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"}
    )
    page.fill("[name=words]", "Planen for våren")
    page.locator("form.form button[type=submit]").click()
    siv = visitor()
    come_in(siv, board, alias="Siv")
    siv.width(WIDE)
    for watched in (leader, siv):
        watched.open(f"{board}/lerret")
        card = watched.page.locator('[data-kind="file"]')
        expect(card).to_contain_text("Dokument")
        expect(card).to_contain_text("Planen for våren")
        assert watched.page.locator('[data-kind="file"] img').count() == 0
        assert watched.axe() == []
    card = page.locator('[data-kind="file"]')
    before = corner(siv.page.locator('[data-kind="file"]'))
    card.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowDown")
    siv.page.wait_for_function(
        "(y) => document.querySelector('[data-kind=file]').getBoundingClientRect().top > y + 30", arg=before[1]
    )
    # It opens for those who are on the board, and as what it is.
    address = siv.page.locator('[data-kind="file"] a').get_attribute("href") or ""
    answer = siv.context.request.get(leader.address + address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert leader.taken_faults() + siv.taken_faults() == []
    page.close()


def test_shapes_connectors_and_strokes_stand_there_for_both_and_after_a_new_start(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    page = leader.page
    write_at(page, "Fra", x=70, y=120)
    write_at(page, "Til", x=420, y=160)
    page.locator("[data-tool=shape]").click()
    page.locator(".canvas-view").click(position={"x": 720, "y": 120})
    page.locator("[data-for=shape] select").select_option("diamond")
    page.locator("[data-tool=connector]").click()
    note(page, "Fra").drag_to(note(page, "Til"))
    page.locator("[data-tool=ink]").click()
    box = page.locator(".canvas-view").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 380)
    page.mouse.down()
    for n in range(30):
        page.mouse.move(box["x"] + 100 + 8 * n, box["y"] + 380 + (n % 7) * 6)
    page.mouse.up()
    page.keyboard.press("Escape")
    siv = visitor()
    come_in(siv, board, alias="Siv")
    siv.width(WIDE)
    siv.open(f"{board}/lerret")
    for each in (page, siv.page):
        expect(each.locator('[data-kind="shape"] path.shape')).to_have_count(1)
        expect(each.locator('[data-kind="connector"] path.join')).to_have_count(1)
        expect(each.locator('[data-kind="ink"] path.ink')).to_have_count(1)
    # The connector follows.
    line = page.locator('[data-kind="connector"] path.join')
    drawn = line.get_attribute("d")
    note(page, "Til").drag_to(page.locator(".canvas-view"), target_position={"x": 480, "y": 330})
    expect(line).not_to_have_attribute("d", drawn or "")
    assert leader.taken_faults() == []
    page.close()


def test_by_the_keyboard_alone_write_go_move_undo_and_do_again(leader: Watched) -> None:
    page = leader.page
    for text in ("Den første", "Den andre"):
        page.locator("[data-tool=note]").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(note(page, text)).to_be_focused()
        for _ in range(8):
            page.keyboard.press("Shift+ArrowRight" if text == "Den andre" else "Shift+ArrowLeft")
    # Every stroke counts, also when they come faster than the screen is drawn.
    first, second = (note(page, text).bounding_box() for text in ("Den første", "Den andre"))
    assert first and second and round(second["x"] - first["x"]) == 16 * 16
    page.keyboard.press("ArrowLeft")
    expect(note(page, "Den første")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(note(page, "Den andre")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Den andre, endret")
    page.keyboard.press("Enter")
    expect(note(page, "Den andre, endret")).to_be_focused()
    # To another frame, beside nothing, by the dialog.
    page.keyboard.press("m")
    page.locator("#move-frame").select_option(label="Avtalt")
    page.locator("dialog button[value=move]").click()
    agreed = page.locator("section.frame", has=page.get_by_role("heading", name="Avtalt"))
    expect(agreed.locator("article.note")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(agreed.locator("article.note")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(agreed.locator("article.note")).to_have_count(1)
    note(page, "Den første").focus()
    page.keyboard.press("Delete")
    expect(note(page, "Den første")).to_have_count(0)
    page.locator("[data-do=undo]").click()
    expect(note(page, "Den første")).to_have_count(1)
    expect(page.locator("[data-saved]")).to_contain_text("Lagret")
    page.reload()
    expect(page.locator("article.note")).to_have_count(2)
    assert leader.taken_faults() == []
    page.close()


def test_several_are_chosen_put_in_line_copied_and_pasted(leader: Watched) -> None:
    page = leader.page
    write_at(page, "En", x=70, y=120)
    write_at(page, "To", x=90, y=260)
    note(page, "En").click()
    note(page, "To").click(modifiers=["Shift"])
    expect(page.locator("[data-picked-here]")).to_have_text("2 valgt")
    page.locator("select[data-do=align]").select_option("left")
    page.wait_for_function(
        "() => { const [a, b] = [...document.querySelectorAll('article.note')]; return Math.abs(a.getBoundingClientRect().left - b.getBoundingClientRect().left) < 1 }"
    )
    expect(page.locator(".selection-bar")).to_be_visible()
    expect(note(page, "En")).to_have_count(1)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(page.locator("article.note")).to_have_count(4)
    page.keyboard.press("Control+z")
    expect(page.locator("article.note")).to_have_count(2)
    page.close()


def test_the_canvas_holds_what_the_law_asks_also_after_a_touch(leader: Watched, board: str) -> None:
    page = leader.page
    write_at(page, "Den første lappen", x=70, y=120)
    page.locator("[data-tool=shape]").click()
    page.locator(".canvas-view").click(position={"x": 720, "y": 120})
    assert leader.look(language="nb") == []
    note(page, "Den første lappen").click()
    assert leader.look(language="nb") == []
    page.keyboard.press("m")
    assert leader.axe() == []
    page.keyboard.press("Escape")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, forced_colors="active" if scheme == "light" else "none")
        assert (scheme, leader.axe()) == (scheme, [])
    page.emulate_media(forced_colors="none")
    for language in ("nb", "nn"):
        for path in ("lerret", "tegn", "tegn?what=file", "ser-pa"):
            leader.open(f"{board}/{path}", language=language)
            assert (path, leader.look(language=language)) == (path, [])
            assert (path, leader.too_wide(SLIM, PHONE, WIDE)) == (path, [])
    leader.speak("nb")
    page.close()


def test_a_new_phase_brings_its_tools_to_the_canvas(visitor: Callable[..., Watched], people: People) -> None:
    leader = people.watched(people.context_of("coordinator"))
    leader.open("/tavler/ny")
    leader.page.fill("[name=title]", "Fra behov til tiltak")
    leader.page.locator("form.form button[type=submit]").click()
    leader.page.wait_for_url(re.compile(r"/tavler/\w{10}$"))
    path = re.sub(r"^https?://[^/]+", "", leader.page.url)
    siv = visitor()
    come_in(siv, path, alias="Siv")
    siv.open(f"{path}/lerret")
    expect(siv.page.locator("[data-saved]")).to_contain_text("Lagret")
    assert siv.page.locator("[data-tool=note]").count() == 0
    leader.page.get_by_role("button", name="Neste: Skriv alene").click()
    expect(siv.page.locator("[data-tool=note]")).to_be_visible()
    leader.page.close()


def test_without_a_script_the_canvas_is_its_frames_and_notes(people: People, board: str) -> None:
    context = people.new(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{people.address}{board}/inn")
    page.fill("[name=alias]", "Siv")
    page.locator("form.form button[type=submit]").click()
    page.goto(f"{people.address}{board}/tegn")
    page.select_option("[name=what]", "ellipse")
    page.fill("[name=text]", "Det vi er enige om")
    page.locator("form.form button[type=submit]").click()
    page.goto(f"{people.address}{board}/lerret")
    expect(page.locator("section.frame")).to_have_count(3)
    expect(page.get_by_text("Det vi er enige om")).to_be_visible()
    context.close()


def test_a_word_is_changed_where_it_stands_on_the_wall(
    visitor: Callable[..., Watched], leader: Watched, board: str
) -> None:
    page = leader.page
    write_at(page, "Før", x=70, y=120)
    leader.open(board)
    attached(page)
    page.locator(".note", has_text="Før").locator("[data-who]").dblclick()
    page.locator("textarea.in-place").fill("Etter")
    page.keyboard.press("Enter")
    siv = visitor()
    come_in(siv, board, alias="Siv")
    is_there(siv.page, "Etter")
    assert re.search(r"Lagret", page.locator("[data-saved]").inner_text())
    page.close()
