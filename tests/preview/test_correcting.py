"""A correction on a phone, tap by tap."""

import re

from playwright.async_api import Locator, expect

from tests.preview.conftest import Process
from tests.preview.person import Person

MOST_TAPS = 11
"""What a person with a thumb does in half a minute, typing aside."""


async def test_a_moderator_corrects_a_figure_on_a_phone(preview: Process, person: Person) -> None:
    page, taps = person.page, 0

    async def tap(what: Locator) -> None:
        nonlocal taps
        await what.click()
        taps += 1

    async def type_into(name: str, text: str) -> None:
        field = page.locator(f".modal-field [name={name}]")
        await tap(field)
        await field.fill(text)

    await page.set_viewport_size({"width": 430, "height": 900})
    await person.open(await preview.address())
    await page.locator("select", has_text="moderator").first.select_option(label="moderator")
    await expect(page.locator("#preview-app")).to_have_attribute("aria-busy", "false")
    await person.type("/casualties")
    await person.press("Enter")
    await person.press("Enter")
    answer = person.message("as of").last
    await expect(answer).to_be_visible()

    await tap(answer.get_by_role("button", name="Correct a figure"))
    private = person.message("Only you can see this").last
    await tap(private.locator(".select-trigger"))
    await tap(page.locator(".select-option", has_text="About 310"))
    await expect(page.locator(".modal-title")).to_contain_text("About 310")
    await expect(page.locator(".modal-field [name=value]")).to_have_value("about 310")
    await type_into("value", "at least 320")
    await tap(page.locator(".modal-field .select-trigger"))
    await tap(page.locator(".modal-root .select-option", has_text="Our reading was wrong"))
    await type_into("reason", "the monitor's page now says 320")
    await type_into("evidence", "https://example.org/page")
    await tap(page.get_by_role("button", name="Submit"))
    await expect(private).to_contain_text(re.compile("about 310 → .*at least 320"))
    confirm = private.get_by_role("button", name="Confirm")
    box = await confirm.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 430
    await tap(confirm)
    await expect(private).to_contain_text("Corrected in this server")
    assert taps <= MOST_TAPS
