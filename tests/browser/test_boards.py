"""Two browsers on one board: they see each other, nothing is lost without net, and no script is needed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.people import People
from tests.browser.watched import PHONE, SLIM, WIDE, Watched

pytestmark = pytest.mark.browser


@pytest.fixture
def board(people: People) -> str:
    """The path of a board of its own, open to all at any time."""
    page = people.context_of("coordinator").new_page()
    page.goto(f"{people.address}/tavler/ny")
    page.fill("[name=title]", "Lære mens vi jobber")
    page.check("[value=open_wall]")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tavler/\w{10}$"))
    path = re.sub(r"^https?://[^/]+", "", page.url)
    page.close()
    return path


def come_in(guest: Watched, board: str, *, alias: str, sector: str = "Utdanning") -> None:
    guest.open(f"{board}/inn")
    guest.page.fill("[name=alias]", alias)
    guest.page.get_by_text(sector, exact=True).click()
    guest.page.locator("form.form button[type=submit]").click()
    guest.page.wait_for_url(re.compile(f"{board}/(liste|tekst)$"))
    attached(guest.page)
    expect(guest.page.locator("[data-saved]")).to_contain_text("Lagret")


def leading(people: People, board: str) -> Watched:
    """The one who leads, before the wall on a wide screen."""
    leader = people.watched(people.context_of("coordinator"))
    leader.width(WIDE)
    leader.open(board)
    return leader


def attached(page: Page) -> None:
    """The script has come: before that a form is sent as a page, and a press means nothing yet."""
    expect(page.locator("[data-board][data-is-attached]")).to_have_count(1)


def connected(page: Page) -> None:
    """What others do meanwhile is heard."""
    expect(page.locator("[data-board][data-is-connected]")).to_have_count(1)


def write(page: Page, text: str) -> None:
    attached(page)
    send(page, text)


def send(page: Page, text: str) -> None:
    """With the script or without it."""
    form = page.locator("form[data-compose]").first
    form.locator("[name=text]").fill(text)
    form.locator("button[type=submit]").click()


def is_there(page: Page, text: str) -> None:
    expect(page.locator(".note[data-item]", has_text=text)).to_have_count(1)


def test_two_see_each_other_and_what_each_writes_is_saved(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = visitor(), leading(people, board)
    come_in(siv, board, alias="Siv")
    write(siv.page, "Ti kvelder i stedet for ett år")
    is_there(leader.page, "Ti kvelder i stedet for ett år")
    write(leader.page, "Start klokka 18")
    is_there(siv.page, "Start klokka 18")
    expect(siv.page.locator("[data-saved]")).to_contain_text("Lagret")
    expect(siv.page.locator(".note", has_text="Ti kvelder")).to_contain_text("Utdanning, din lapp")
    expect(leader.page.locator("[data-voice=education]")).to_have_text("1")
    assert siv.taken_faults() + leader.taken_faults() == []
    leader.page.close()


def test_a_note_is_dragged_and_the_others_see_where_it_went(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = visitor(), leading(people, board)
    come_in(siv, board, alias="Siv")
    write(siv.page, "Flytt meg")
    is_there(leader.page, "Flytt meg")
    columns = leader.page.locator(".column")
    leader.page.locator(".note", has_text="Flytt meg").drag_to(columns.nth(2))
    expect(columns.nth(2).locator(".note", has_text="Flytt meg")).to_have_count(1)
    expect(siv.page.locator(".column").nth(2).locator(".note", has_text="Flytt meg")).to_have_count(1)
    leader.page.reload()
    expect(columns.nth(2).locator(".note", has_text="Flytt meg")).to_have_count(1)
    leader.page.close()


def test_what_is_written_without_net_is_kept_and_sent_also_when_the_page_was_closed(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, ola = visitor(), visitor()
    come_in(siv, board, alias="Siv")
    come_in(ola, board, alias="Ola", sector="Arbeidsliv")
    siv.context.set_offline(True)
    expect(siv.page.locator("[data-saved]")).to_contain_text("Uten nett")
    for number in range(3):
        write(siv.page, f"Uten nett {number}")
    expect(siv.page.locator("[data-saved]")).to_have_text("Venter (3)")
    # The phone is put away, and taken out again in town.
    address = siv.page.url
    siv.page.close()
    siv.context.set_offline(False)
    again = siv.context.new_page()
    again.goto(address)
    for number in range(3):
        is_there(ola.page, f"Uten nett {number}")
    expect(again.locator("[data-saved]")).to_contain_text("Lagret")
    assert again.locator(".note", has_text="Uten nett").count() == 3


def test_fifty_notes_of_half_an_hour_without_net_all_come(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, ola = visitor(), visitor()
    siv.page.clock.install()
    come_in(siv, board, alias="Siv")
    come_in(ola, board, alias="Ola", sector="Arbeidsliv")
    siv.context.set_offline(True)
    expect(siv.page.locator("[data-saved]")).to_contain_text("Uten nett")
    for number in range(50):
        write(siv.page, f"På toget {number:02}")
        if number % 10 == 9:
            siv.page.clock.fast_forward("06:00")
    expect(siv.page.locator("[data-saved]")).to_have_text("Venter (50)")
    siv.context.set_offline(False)
    siv.page.clock.fast_forward("00:10")
    expect(siv.page.locator("[data-saved]")).to_contain_text("Lagret", timeout=30_000)
    expect(ola.page.locator(".note[data-item]", has_text="På toget")).to_have_count(50)
    texts = ola.page.locator(".note[data-item] [data-text]", has_text="På toget").all_inner_texts()
    assert texts == [f"På toget {number:02}" for number in range(50)]


def test_the_workshop_is_walked_through_and_an_earlier_version_comes_back_to_all(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = visitor(), people.watched(people.context_of("coordinator"))
    come_in(siv, board, alias="Siv")
    for number in range(14):
        write(siv.page, f"Lapp {number}")
    expect(siv.page.locator("[data-saved]")).to_contain_text("Lagret")
    leader.open(f"{board}/historie")
    slider = leader.page.get_by_role("slider")
    last = int(slider.get_attribute("max") or "0")
    assert last > 1
    slider.focus()
    leader.page.keyboard.press("ArrowLeft")
    expect(leader.page.get_by_text(f"Øyeblikk {last - 1} av {last}")).to_be_visible()
    expect(leader.page.get_by_role("slider")).to_be_focused()
    leader.page.get_by_role("link", name="Senere").click()
    expect(leader.page.get_by_text(f"Øyeblikk {last} av {last}")).to_be_visible()
    leader.page.get_by_role("link", name="Tidligere").click()
    expect(leader.page.get_by_text(f"Øyeblikk {last - 1} av {last}")).to_be_visible()
    shown = leader.page.locator(".note").count()
    assert 0 < shown < 14
    assert leader.axe() == []
    leader.page.get_by_text("Gjør tavla slik den var her").click()
    leader.page.get_by_role("button", name="Gjør den slik").click()
    expect(siv.page.locator(".note[data-item]")).to_have_count(shown)
    leader.page.get_by_role("button", name="Angre").click()
    expect(siv.page.locator(".note[data-item]")).to_have_count(14)
    leader.page.close()


def test_who_moves_the_slider_before_its_script_has_come_is_shown_what_they_asked_for(
    people: People, board: str
) -> None:
    leader = people.watched(people.context_of("coordinator"))
    leader.open(f"{board}/liste")
    for number in range(14):
        write(leader.page, f"Lapp {number}")
    expect(leader.page.locator("[data-saved]")).to_contain_text("Lagret")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    leader.context.route(re.compile(r"\.js"), hold)
    leader.page.goto(f"{leader.address}{board}/historie", wait_until="commit")
    slider = leader.page.get_by_role("slider")
    expect(slider).to_be_visible()
    last = int(slider.get_attribute("max") or "0")
    assert last > 1
    slider.focus()
    leader.page.keyboard.press("ArrowLeft")
    assert held
    leader.context.unroute_all()
    expect(leader.page.get_by_text(f"Øyeblikk {last - 1} av {last}")).to_be_visible()
    expect(slider).to_be_focused()
    leader.page.close()


def test_where_no_socket_comes_through_it_works_all_the_same(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    """A municipality's firewall."""
    siv, ola = visitor(), visitor()
    ola.context.route_web_socket(re.compile("samtidig"), lambda socket: socket.close())
    come_in(siv, board, alias="Siv")
    come_in(ola, board, alias="Ola")
    write(ola.page, "Gjennom brannmuren")
    is_there(siv.page, "Gjennom brannmuren")
    write(siv.page, "Og tilbake")
    is_there(ola.page, "Og tilbake")
    expect(ola.page.locator("[data-saved]")).to_contain_text("Lagret")


def test_a_new_phase_comes_to_all_and_cuts_no_one_off(visitor: Callable[..., Watched], people: People) -> None:
    leader = people.watched(people.context_of("coordinator"))
    leader.open("/tavler/ny")
    leader.page.fill("[name=title]", "Fra behov til tiltak")
    leader.page.locator("form.form button[type=submit]").click()
    leader.page.wait_for_url(re.compile(r"/tavler/\w{10}$"))
    board = re.sub(r"^https?://[^/]+", "", leader.page.url)
    siv = visitor()
    come_in(siv, board, alias="Siv")
    leader.page.get_by_role("button", name="Neste: Skriv alene").click()
    expect(siv.page.locator(".prompt")).to_contain_text("Én tanke på hver lapp")
    write(siv.page, "Hemmelig til alt vises")
    expect(siv.page.locator(".note", has_text="Hemmelig")).to_contain_text("bare du ser den")
    siv.page.locator("form[data-compose] [name=text]").fill("Halvferdig")
    assert leader.page.locator(".note", has_text="Hemmelig").count() == 0
    leader.page.get_by_role("button", name="Neste: Vis alt").click()
    expect(siv.page.locator(".prompt")).to_contain_text("Les det de andre har skrevet")
    expect(siv.page.locator("form[data-compose] [name=text]")).to_have_value("Halvferdig")
    is_there(leader.page, "Hemmelig til alt vises")
    leader.page.close()


def test_every_view_holds_what_the_law_asks_also_after_a_touch(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    leader = people.watched(people.context_of("coordinator"))
    leader.open(board)
    write(leader.page, "Den første lappen")
    is_there(leader.page, "Den første lappen")
    for width in (PHONE, WIDE):
        leader.width(width)
        assert leader.look(language="nb") == []
    leader.page.locator(".note-tick input").first.check(force=True)
    expect(leader.page.locator(".selection-bar")).to_be_visible()
    assert leader.axe() == []
    for view in ("", "/liste", "/tabell", "/tekst"):
        leader.open(f"{board}{view}")
        for scheme, forced in (("dark", "none"), ("light", "active")):
            leader.page.emulate_media(color_scheme=scheme, forced_colors=forced)
            assert (view, scheme, forced, leader.axe()) == (view, scheme, forced, [])
    leader.page.emulate_media(color_scheme="light", forced_colors="none")
    for view in (
        "liste", "tabell", "tekst", "skjerm", "resultat", "historie", "rapport", "bredde", "tilskuere", "hent-inn",
    ):  # fmt: skip
        for language in ("nb", "nn"):
            leader.open(f"{board}/{view}", language=language)
            assert (view, leader.look(language=language)) == (view, [])
            assert (view, leader.too_wide(SLIM, PHONE, WIDE)) == (view, [])
    leader.speak("nb")
    leader.page.close()


def test_ones_own_page_and_the_link_that_looks_on_hold_what_the_law_asks(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = visitor(), people.watched(people.context_of("coordinator"))
    come_in(siv, board, alias="Siv")
    write(siv.page, "En lapp som er min")
    leader.open(f"{board}/tilskuere")
    look_on = leader.page.locator("#copy-address").inner_text()
    leader.page.close()
    siv.open(f"{board}/brev")
    own = siv.page.locator("a[href*='/min/']").get_attribute("href") or ""
    stranger = visitor()
    for who, address in ((siv, f"{board}/brev"), (stranger, own), (stranger, f"{own}/stopp"), (stranger, look_on)):
        for language in ("nb", "nn"):
            who.open(address.removeprefix(people.address), language=language)
            assert (address, who.look(language=language), who.too_wide(SLIM, PHONE, WIDE)) == (address, [], [])
    stranger.speak("nb")
    stranger.page.locator("form button[type=submit]").last.click()
    is_there(stranger.page, "En lapp som er min")
    expect(stranger.page.locator("[data-compose]")).to_have_count(0)


def test_two_write_on_one_text_and_both_read_it_whole(visitor: Callable[..., Watched], people: People) -> None:
    leader, siv = people.watched(people.context_of("coordinator")), visitor()
    leader.open("/tavler/ny")
    leader.page.fill("[name=title]", "Referat")
    leader.page.locator("label[for=way-shared_text]").click()
    leader.page.locator("main form button[type=submit]").click()
    expect(leader.page).to_have_url(re.compile("/tekst$"))
    address = leader.page.url.removeprefix(people.address).removesuffix("/tekst")
    come_in(siv, address, alias="Siv")
    expect(siv.page).to_have_url(re.compile("/tekst$"))
    siv.page.locator(".write-on textarea").first.fill("Første avsnitt.\n\nAndre avsnitt.")
    siv.page.locator(".write-on button").first.click()
    for page in (siv.page, leader.page):
        expect(page.locator(".paragraph[data-item] [data-text]")).to_have_text(["Første avsnitt.", "Andre avsnitt."])
    assert leader.look(language="nb") == []
    assert leader.too_wide(SLIM, PHONE, WIDE) == []
    # Anybody changes any of them.
    leader.page.locator(".paragraph", has_text="Første").dblclick()
    leader.page.locator("textarea.in-place").fill("Det første avsnittet.")
    leader.page.locator("textarea.in-place").press("Enter")
    expect(siv.page.locator(".paragraph [data-text]").first).to_have_text("Det første avsnittet.")
    leader.page.close()


def test_the_list_counts_a_note_when_it_is_written_and_when_it_goes(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader = visitor(), leading(people, board)
    siv.width(PHONE)
    come_in(siv, board, alias="Siv")
    count = siv.page.locator("[data-notes]")
    expect(count).to_have_text("0 lapper")
    write(siv.page, "Ti kvelder")
    is_there(siv.page, "Ti kvelder")
    expect(count).to_have_text("1 lapp")
    connected(siv.page)
    write(leader.page, "Fem dager")
    is_there(siv.page, "Fem dager")
    expect(count).to_have_text("2 lapper")
    # As the forum counts them.
    siv.page.reload()
    expect(count).to_have_text("2 lapper")


def test_without_script_the_list_does_everything(people: People, board: str) -> None:
    context: BrowserContext = people.new(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{people.address}{board}/inn")
    page.fill("[name=alias]", "Siv")
    page.locator("form.form button[type=submit]").click()
    send(page, "Uten skript")
    expect(page.locator(".note", has_text="Uten skript")).to_have_count(1)
    page.get_by_role("link", name=re.compile(r"Flytt\s*: Uten skript")).click()
    page.locator("ul.places label").nth(1).click()
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".column").nth(1).locator(".note", has_text="Uten skript")).to_have_count(1)
    context.close()


def test_the_script_of_a_board_is_small(people: People, board: str) -> None:
    """Everything the page fetches, as it comes over the line."""
    fetched: list[int] = []
    page = people.context_of("coordinator").new_page()

    def weigh(route: Route) -> None:
        answer = route.fetch()
        fetched.append(len(gzip.compress(answer.body())))
        route.fulfill(response=answer)

    page.route(re.compile(r"\.js(\?|$)"), weigh)
    page.goto(people.address + board)
    attached(page)
    page.unroute_all(behavior="wait")
    page.close()
    assert 10_000 < sum(fetched) < 100_000


def test_all_are_gathered_at_a_heading_whatever_view_each_has(
    visitor: Callable[..., Watched], people: People, board: str
) -> None:
    siv, leader, other = visitor(), leading(people, board), people.watched(people.context_of("coordinator"))
    come_in(siv, board, alias="Siv")
    other.open(f"{board}/tabell")
    for page in (siv.page, leader.page, other.page):
        connected(page)
    heading = leader.page.locator(".column h2").last.inner_text()
    leader.page.get_by_text("Styr tavla", exact=True).press("Enter")
    leader.page.get_by_label("Samle alle ved").select_option(heading)
    leader.page.get_by_role("button", name="Samle alle").press("Enter")
    expect(siv.page.locator(".column[data-gathered] h2")).to_have_text(heading)
    expect(siv.page.locator(".column[data-gathered] h2")).to_be_in_viewport()
    expect(siv.page.locator("[data-announce]")).to_have_text(f"Alle blir bedt om å se på «{heading}».")
    expect(other.page.locator("[data-tell]")).to_have_text(f"Alle blir bedt om å se på «{heading}».")
    assert siv.taken_faults() + leader.taken_faults() + other.taken_faults() == []
    other.page.close()
    leader.page.close()
