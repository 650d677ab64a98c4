"""What comes to an open page by itself: a digest at its minute, and a correction at an answer given before it."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.preview.conftest import Process
from tests.preview.person import Person


async def test_a_digest_arrives_by_itself(preview: Process, person: Person) -> None:
    """Waits for a minute of the clock on the wall: the preview has no other."""
    await person.open(await preview.address())
    await person.become("channel manager")
    # A minute that cannot be over before Start is pressed.
    soon = datetime.now(UTC) + timedelta(seconds=75)
    await person.type(f"/digest subscribe hourly :{soon.minute:02}")
    await person.send()
    offer = person.message("A digest for #sitrep")
    await offer.get_by_role("button", name="Start").click()
    await expect(person.message("Started: digest 1")).to_be_visible()
    digest = person.message("Where things stand").filter(has_not_text="Only you can see this")
    await expect(digest).to_be_visible(timeout=100_000)
    await expect(digest).to_contain_text("About 310")


async def test_a_correction_arrives_at_an_answer_given_before_it(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.become("moderator")
    await person.type("/casualties")
    await person.press("Enter")
    await person.press("Enter")
    answer = person.message("used /casualties").filter(has_not_text="Only you can see this").first
    await expect(answer).to_contain_text("About 310")

    await answer.get_by_role("button", name="Correct a figure").click()
    private = person.message("Only you can see this").last
    await private.locator(".select-trigger").click()
    await person.page.locator(".select-option", has_text="About 310").click()
    await person.page.locator(".modal-field [name=value]").fill("at least 320")
    await person.page.locator(".modal-field .select-trigger").click()
    await person.page.locator(".modal-root .select-option", has_text="Our reading was wrong").click()
    await person.page.locator(".modal-field [name=reason]").fill("the monitor's page says 320")
    await person.page.locator(".modal-field [name=evidence]").fill("https://example.org/page")
    await person.page.get_by_role("button", name="Submit").click()
    await private.get_by_role("button", name="Confirm").click()

    await expect(answer.locator("s, del", has_text="310")).to_be_visible()
    await expect(answer).to_contain_text("at least 320")
    notice = person.message("The figure was shown in this channel before")
    await expect(notice).to_contain_text("About 310 → at least 320")
