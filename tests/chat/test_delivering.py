"""Digests as a server lives through them: days pass, reports come, permissions go and return, the bot restarts."""

from dataclasses import replace

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.env import Env

from bot.app import App
from bot.settings import Settings
from bot.store.digests.patrol import Patrol
from bot.store.digests.subscriptions import State, Stored
from bot.subscriptions.subscription import Unchanged
from tests.living import Hand, Living, app, hand, report
from tests.store.ledgers import DAY, EIGHT, HOUR

__all__ = ["app", "hand"]

# What Discord refuses here is what the tests are about.
pytestmark = pytest.mark.simcord(check_errors=False)


class Days(Living):
    """What a server lives through."""

    async def at(self, moment: int) -> None:
        """Until then nothing happens, and then what is due does."""
        self.hand.now = moment
        for _ in range(2):  # a slot that turns out not to stand in its channel is claimed anew
            await self.app.duties.delivery.tick()
            await self.app.duties.delivery.settled()
        await self.env.settle()

    def forbid(self, **permissions: bool) -> None:
        """Take permissions from the bot in the channel; none gives all back."""
        denied = discord.Permissions(**permissions)
        bot = self.env.backend.bot_user.id
        self.env.backend.set_overwrite(self.channel.id, Overwrite(bot, OverwriteType.MEMBER, deny=denied.value))

    async def state(self, stored: Stored) -> tuple[State, str | None]:
        found = await self.kept.get(stored.id)
        assert found is not None
        return found.state, found.paused_reason


@pytest.fixture
def days(app: App, simcord_env: Env, channel: ChannelHandle, hand: Hand) -> Days:
    return Days(app, simcord_env, channel, hand)


async def test_the_first_shows_how_things_stand_and_the_next_only_what_changed(days: Days) -> None:
    await days.subscribe()
    await days.at(EIGHT)
    [first] = days.posts()
    await days.at(EIGHT + DAY)
    assert days.posts() == [first], "nothing changed, and nothing is said"
    await report(days.app, "2016-12-07-rferl")
    await days.at(EIGHT + 2 * DAY)
    assert len(days.posts()) == 2
    assert days.posts()[1] != first
    await days.at(EIGHT + 3 * DAY)
    assert len(days.posts()) == 2


async def test_who_asked_for_it_hears_that_nothing_changed(days: Days) -> None:
    await days.subscribe(unchanged=Unchanged.ONE_LINE)
    await days.at(EIGHT)
    await days.at(EIGHT + DAY)
    assert len(days.posts()) == 2
    assert len(days.posts()[1].text) < len(days.posts()[0].text) / 2
    # The day of the last one that told something, not of the last that said this.
    await days.at(EIGHT + 2 * DAY)
    assert all(f"Nothing new since <t:{EIGHT + 4 * HOUR}:D>." in post.text for post in days.posts()[1:])


async def test_who_wants_silence_gets_it_though_another_was_told_that_nothing_changed(days: Days) -> None:
    await days.subscribe(unchanged=Unchanged.ONE_LINE)
    await days.subscribe("daily 09:00")
    for day in range(2):
        await days.at(EIGHT + day * DAY)
        await days.at(EIGHT + day * DAY + HOUR)
    assert len(days.posts()) == 3, "both were told how things stand, and one that nothing changed"


async def test_after_two_days_away_one_comes_and_says_that_it_is_late(days: Days) -> None:
    await days.subscribe()
    await days.at(EIGHT)
    await report(days.app, "2016-12-07-rferl")
    await days.at(EIGHT + 2 * DAY + HOUR)
    assert len(days.posts()) == 2
    assert "late" in days.posts()[1].text.lower()


async def test_a_channel_that_forbids_it_is_paused_with_the_reason_and_goes_on_by_itself(days: Days) -> None:
    stored = await days.subscribe()
    days.forbid(send_messages=True)
    for minutes in range(0, 70, 10):
        await days.at(EIGHT + minutes * 60)
    assert await days.state(stored) == (State.PAUSED, "read-only")
    assert days.posts() == []
    await days.at(EIGHT + 2 * HOUR)
    assert (await days.state(stored))[0] is State.PAUSED
    days.forbid()
    await days.env.settle()
    await days.at(EIGHT + 2 * HOUR + 60)
    await days.at(EIGHT + 2 * HOUR + 62)
    assert await days.state(stored) == (State.ACTIVE, None)
    assert len(days.posts()) == 1


async def test_a_deleted_channel_is_paused_and_its_digest_kept(days: Days) -> None:
    stored = await days.subscribe()
    days.env.backend.delete_channel(days.channel.id)
    for minutes in range(0, 70, 10):
        await days.at(EIGHT + minutes * 60)
    assert await days.state(stored) == (State.PAUSED, "gone")


async def test_a_server_that_sitrep_left_is_left_in_peace(days: Days) -> None:
    stored = await days.subscribe()
    assert days.channel.guild is not None
    await days.app.servers.left(str(days.channel.guild.id), EIGHT - 30)
    await days.at(EIGHT)
    assert (await days.state(stored), days.posts()) == ((State.PAUSED, "left"), [])
    await days.app.servers.joined(str(days.channel.guild.id))
    await Patrol(days.app.database).hasten(days.channel.guild.id, EIGHT + HOUR)
    await days.at(EIGHT + HOUR)
    await days.at(EIGHT + HOUR + 2)
    assert len(days.posts()) == 1


@pytest.mark.parametrize(("pace", "ahead"), [(45, 50), (200, 200)])
async def test_slots_are_marked_ahead_by_the_pace(settings: Settings, pace: int, ahead: int) -> None:
    async with App(replace(settings, requests_per_second=pace)) as app:
        assert app.duties.delivery._options.ahead == ahead


async def test_two_channels_that_want_the_same_get_one_edition(days: Days, app: App) -> None:
    assert days.channel.guild is not None
    await days.subscribe()
    days.channel = days.channel.guild.create_text_channel("second")
    await days.subscribe()
    await days.at(EIGHT)
    assert len(days.posts()) == 1
    assert await app.database.fetch_all("SELECT COUNT(*) FROM edition") == [(1,)]
    assert await app.database.fetch_all("SELECT COUNT(*) FROM delivery WHERE state = 'confirmed'") == [(2,)]
