"""The page of /settings in a real browser: chosen from lists, and a form filled in."""

from playwright.async_api import expect

from tests.preview.conftest import Process
from tests.preview.person import Person


async def test_a_server_manager_chooses_a_role_and_finds_a_time_zone(preview: Process, person: Person) -> None:
    await person.page.set_viewport_size({"width": 430, "height": 1300})
    await person.open(await preview.address())
    await person.page.get_by_label("Viewing as").select_option(label="server manager")
    await person.type("/settings")
    await person.press("Enter")
    await person.press("Enter")
    page = person.message("Role that may correct figures")
    await page.get_by_role("combobox").first.click()
    await person.page.get_by_role("option", name="Moderators").click()
    await person.press("Escape")
    await expect(page).to_contain_text("none → @Moderators")

    form = await person.open_form(page.get_by_role("button", name="Find another time zone"))
    await form.get_by_role("textbox").fill("Damascus")
    await person.page.get_by_role("button", name="Submit").click()
    await expect(page).to_contain_text("UTC → Asia/Damascus")
    await expect(page.get_by_role("combobox").filter(has_text="Asia/Damascus")).to_be_visible()
    assert not [line for line in preview.lines if "ERROR" in line]


async def test_a_reader_is_offered_no_settings(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.type("/set")
    await expect(person.suggestion("settings")).to_have_count(0)
