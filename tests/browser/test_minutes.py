"""From two pages of minutes to needs, with the keyboard alone, on a phone: taken, put right, joined and dropped."""

from __future__ import annotations

from tests.browser.people import People, needs_saying
from tests.browser.walking import Walker
from tests.browser.watched import PHONE

MINUTES = """Referat fra bransjemøte på Rakkestad
Til stede: seks bedrifter.
Vi takker for kaffen og en fin omvisning.
Elvekanten Mekaniske trenger to som kan programmere sveiseroboter til høsten.
Borgskilt Profil mangler folk som kan lese hydraulikkskjemaer.
Det ble vedtatt å møtes igjen i mars.
Minus Ti mangler tre som kan fylle kuldemedier.
"""


def test_by_keyboard_alone(people: People) -> None:
    context = people.context_of("coordinator")
    kari = Walker(people.watched(context), name="koordinator")
    kari.page.set_viewport_size({"width": PHONE, "height": 800})
    kari.open("/referat/")
    kari.keys.to_field("text")
    # As one pastes.
    kari.page.keyboard.insert_text(MINUTES)
    kari.go("Finn behovene")
    kari.reads("Tre setninger ser ut til å være behov")
    proposals = [one.get_attribute("value") for one in kari.page.locator("input[name=proposal]").all()]
    robots, hydraulics, coolants = proposals
    before = kari.keys.presses
    kari.keys.to("Endre ordene")
    kari.keys.press("Enter")
    kari.keys.fill(f"{robots}-words", "Vi trenger to som kan programmere sveiseroboter før jul")
    kari.keys.choose(f"{hydraulics}-choice", "drop")
    kari.keys.choose(f"{coolants}-choice", "new")
    kari.go("Send alt")
    kari.reads("Alt er avgjort")
    assert kari.keys.presses - before < 250
    # What is said in minutes is for members until the firm says otherwise.
    assert needs_saying(context, people.address, "sveiseroboter før jul") == []
    for words, is_a_link in (
        ("Elvekanten Mekaniske trenger to som kan programmere sveiseroboter til høsten.", True),
        ("Minus Ti mangler tre som kan fylle kuldemedier.", True),
        ("Borgskilt Profil mangler folk som kan lese hydraulikkskjemaer.", False),
    ):
        assert (kari.page.locator("main a", has_text=words).count() == 1) is is_a_link, words
    kari.go("«Elvekanten Mekaniske trenger to som kan programmere sveiseroboter til høsten.»")
    # As it was put right; and the sentence in its minutes, as it was said.
    kari.reads("«Vi trenger to som kan programmere sveiseroboter før jul»")
    kari.reads("Elvekanten Mekaniske trenger to som kan programmere sveiseroboter til høsten")
