"""A coordinator has all words heard anew, with the keyboard alone, and reads what became otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import People, path_of
from tests.browser.served import Served
from tests.browser.watched import PHONE, SLIM, WIDE
from tests.faults.server import in_the_forum

pytestmark = pytest.mark.browser

# As if the machine had not heard them the first time; hearing anew brings them back.
_FORGET_SOME = """
from kompetanseforum.skills.models import SkillLink
some = SkillLink.objects.filter(origin="machine", confirmed_by=0, rejected_by=0, whole_kind="need").order_by("pk")[:3]
print(SkillLink.objects.filter(pk__in=[link.pk for link in some]).delete()[0])
"""


def test_what_became_otherwise_is_told_and_nothing_is_wrong_with_the_page(people: People, served: Served) -> None:
    coordinator = people.watched(people.context_of("coordinator"))
    page = coordinator.page
    assert in_the_forum(_FORGET_SOME, data=served.folder) == "3\n"
    coordinator.open("/kompetanse/kobling", language="nb")
    page.locator("form[action$='/hor-pa-nytt'] button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # It fetches itself until all has been heard, and then says where to read of it.
    over = page.locator("#under-way [role=status] a[href*='/kobling/endret/']")
    expect(over).to_have_text("Se hva som ble annerledes", timeout=120_000)
    assert coordinator.look(language="nb") == []
    over.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kobling/endret/*")
    told = page.locator("main .row", has_text="Ny kobling")
    assert told.count() >= 3
    address = path_of(page)
    for language in ("nb", "nn", "en"):
        coordinator.width(PHONE)
        coordinator.open(address, language=language)
        faults = [*coordinator.look(language=language), *coordinator.too_wide(SLIM, PHONE, WIDE)]
        assert (language, faults) == (language, [])
    page.close()
