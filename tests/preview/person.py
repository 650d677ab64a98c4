"""A person before the page: looks at what is shown, types, presses; waits for what they see, never for a time."""

import re

from playwright.async_api import Locator, Page, expect


class Person:
    """Uses one open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def open(self, address: str) -> None:
        """Open the page and wait until it stands."""
        await self.page.goto(address)
        await expect(self.page.locator("#preview-app")).to_have_attribute("aria-busy", "false")
        await expect(self.page.locator("#channel-composer-input")).to_be_editable()

    async def become(self, name: str) -> None:
        """Choose as whom the page is looked at."""
        await self.page.get_by_label("Viewing as").select_option(label=name)
        await expect(self.page.locator("#preview-app")).to_have_attribute("aria-busy", "false")

    async def open_form(self, button: Locator) -> Locator:
        """Press a button until its form is there. SimCord's page says "Action was not completed" to a click on what was
        redrawn the moment before, and whoever sees that clicks again."""
        form = self.page.get_by_role("dialog")
        for _click in range(5):
            await expect(self.page.locator("#preview-app")).to_have_attribute("aria-busy", "false")
            await button.click()
            try:
                await expect(form).to_be_visible(timeout=4000)
            except AssertionError:
                continue
            break
        await expect(form).to_be_visible()
        return form

    async def send(self) -> None:
        """Run the command in the composer once its suggestions are there."""
        await expect(self.page.locator(".command-suggestion").first).to_be_visible()
        await expect(self.page.locator("#action-status")).to_have_text("Action completed")
        await self.page.get_by_role("button", name="Send").click()

    async def type(self, text: str) -> None:
        """Click into the composer and type, key by key."""
        await self.page.locator("#channel-composer-input").click()
        await self.page.keyboard.type(text)

    async def press(self, key: str) -> None:
        """Press one key."""
        await self.page.keyboard.press(key)

    def suggestion(self, text: str) -> Locator:
        """A suggestion in the list above the composer."""
        return self.page.locator(".command-suggestion", has_text=text)

    def messages(self) -> Locator:
        """The messages in the channel."""
        return self.page.locator(".channel-message")

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """The messages that say `text`."""
        return self.messages().filter(has_text=text)
