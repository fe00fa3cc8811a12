"""A passkey in Chromium's own virtual key: added on My page, used to sign in, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.watched import PHONE, SLIM, WIDE, Watched


@pytest.fixture
def farid(visitor: Callable[..., Watched]) -> Iterator[Watched]:
    """Signed in on a machine that has a finger to read."""
    watched = visitor()
    session = watched.context.new_cdp_session(watched.page)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    watched.open("/logg-inn")
    watched.page.locator("button", has_text="Prøv som Farid Nordby").click()
    watched.page.wait_for_url("**/min-side")
    yield watched


def _faults(watched: Watched) -> list[str]:
    watched.width(PHONE)
    return [*watched.look(language="nb"), *watched.too_wide(SLIM, PHONE, WIDE)]


def test_a_passkey_is_added_signs_in_and_is_taken_away(farid: Watched):
    page = farid.page
    farid.open("/min-side/passnokler")
    page.fill("[name=name]", "Telefonen min")
    page.locator("button", has_text="Legg til en passnøkkel").click()
    page.locator("h2", has_text="Telefonen min").wait_for()
    assert _faults(farid) == []
    page.context.clear_cookies()
    farid.speak("nb")
    farid.open("/logg-inn")
    assert _faults(farid) == []
    page.locator("button", has_text="Logg inn med passnøkkel").click()
    page.wait_for_url("**/min-side")
    assert page.locator("h1").inner_text() == "Farid Nordby"
    farid.open("/min-side/passnokler")
    assert "sist brukt" in page.locator("main").inner_text()
    page.locator("button", has_text="Ta bort").click()
    page.locator("text=Du har ingen ennå.").wait_for()
    page.context.clear_cookies()
    farid.speak("nb")
    farid.open("/logg-inn")
    page.locator("button", has_text="Logg inn med passnøkkel").click()
    page.locator("text=Vi kjenner ikke den passnøkkelen").wait_for()
    assert farid.open("/min-side").status == 403
