"""While somebody types where they work, the register suggests; and it is in nobody's way."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.people import People


def test_a_firm_picks_itself_as_it_types(people: People):
    context = people.new()
    page = context.new_page()
    page.goto(f"{people.address}/behov/meld")
    page.fill("[name=words]", "Vi trenger to som kan legge fliser")
    page.locator("button[value=details]").click()
    field = page.locator("[name=organisation]")
    field.press_sequentially("elvek", delay=40)
    expect(page.locator("#organisation-names option")).to_have_attribute("value", "Elvekanten Mekaniske AS")
    assert (field.input_value(), page.evaluate("document.activeElement.name")) == ("elvek", "organisation")
    field.fill("Elvekanten Mekaniske AS")
    expect(page.locator("#organisation-known")).to_contain_text("Et verksted i Fredrikstad, 5–19 ansatte")
    page.locator("button[value=send]").click()
    page.wait_for_url("**/behov/takk/*")
    context.close()
