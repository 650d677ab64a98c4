"""A restart between any two steps loses nothing: everything is in the ids and the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App
from bot.settings import Settings
from tests.chat.correcting.forms import FACT, GOOD, Corrector, opened
from tests.people import Person


@asynccontextmanager
async def restarted(who: Person, app: App, settings: Settings) -> AsyncIterator[App]:
    """Another program on the same database."""
    await app.database.close()
    async with App(settings) as again:
        await who.env.restart_bot(again.client)
        yield again


async def test_after_every_step(moderator: Corrector, app: App, settings: Settings) -> None:
    listed = await moderator.use("correct", fact="civilians killed")
    async with restarted(moderator, app, settings) as first:
        chosen = listed.seen.option("About 310").value
        form = opened(await moderator.member.select(listed.message, [chosen]))
        async with restarted(moderator, first, settings) as second:
            unfit = await moderator.fill(form, **{**GOOD, "value": "lots"})
            assert unfit.seen.title == "Not yet: the value"
            async with restarted(moderator, second, settings) as third:
                form = await moderator.opens(unfit.message, "Mend it")
                assert form.filled["value"] == "lots"
                async with restarted(moderator, third, settings) as fourth:
                    preview = await moderator.fill(form, value="at least 320")
                    async with restarted(moderator, fourth, settings) as fifth:
                        done = await moderator.tap(preview.message, "Confirm")
                        assert done.seen.title == "Corrected in this server"
                        async with restarted(moderator, fifth, settings) as sixth:
                            again = await moderator.forge(done.message, preview.seen.buttons["Confirm"])
                            assert again.seen.lines == done.seen.lines
                            assert "**At least 320**" in await moderator.sees()
                            rows = await sixth.database.fetch_all("SELECT number FROM correction")
                            assert rows == [(1,)]
                            proposed = await moderator.forge(done.message, done.seen.buttons["Propose it for everyone"])
                            assert proposed.seen.title == "Proposed for everyone"


async def test_a_form_that_was_opened_before_and_is_stale_now(
    moderator: Corrector, second: Corrector, app: App, settings: Settings
) -> None:
    form = await moderator.correct(FACT)
    await second.made(value="about 305")
    async with restarted(moderator, app, settings):
        stale = await moderator.fill(form, **GOOD)
        assert stale.seen.line("Since then: **about 305**")
        assert (await moderator.tap(stale.message, "Confirm")).seen.line("about 305 → **at least 320**")
