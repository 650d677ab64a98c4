"""What is kept of a server goes thirty days after Sitrep has left it, and for no other reason."""

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.settings import Settings
from bot.store.digests.subscriptions import Subscriptions
from bot.store.keeping.servers import ServerSettings
from tests.cogs.test_membership import guild_payload, remove_bot
from tests.living import Hand, app, hand
from tests.store.ledgers import DAY, EIGHT, digest

__all__ = ["app", "hand"]

MONTH = 30 * DAY
GONE = 410987654321098765


@pytest.fixture
async def server(app: App, simcord_env: Env, channel: ChannelHandle) -> int:
    """The server that the bot is in, with a digest and settings."""
    assert channel.guild is not None
    await live(app, channel.guild.id)
    return channel.guild.id


async def live(app: App, server: int) -> None:
    await app.servers.change(str(server), lambda _: ServerSettings(time_zone="Asia/Damascus"))
    await Subscriptions(app.database).add(digest(server=server, channel=server + 1), by=1, now=EIGHT - 60)


async def kept(app: App) -> list[int]:
    """Servers of which anything is kept."""
    rows = await app.database.fetch_all("SELECT id FROM server UNION SELECT server FROM subscription")
    return [int(row[0]) for row in rows]


async def test_an_outage_deletes_nothing_however_long_it_lasts(
    app: App, simcord_env: Env, hand: Hand, server: int
) -> None:
    simcord_env.backend.emit("GUILD_DELETE", {"id": str(server), "unavailable": True})
    await simcord_env.settle()
    hand.now += 10 * MONTH
    await app.duties.purge()
    assert await kept(app) == [server]


async def test_after_being_removed_it_is_deleted_in_thirty_days(
    app: App, simcord_env: Env, hand: Hand, server: int
) -> None:
    remove_bot(simcord_env, server)
    await simcord_env.settle()
    hand.now += MONTH
    await app.duties.purge()
    assert await kept(app) == [server]
    hand.now += 1
    await app.duties.purge()
    assert await kept(app) == []


async def test_while_discord_is_away_nothing_is_deleted_since_it_may_have_been_invited_again(
    app: App, simcord_env: Env, hand: Hand, server: int
) -> None:
    remove_bot(simcord_env, server)
    await simcord_env.settle()
    hand.now += 2 * MONTH
    app.client.dispatch("disconnect")
    await simcord_env.settle()
    await app.duties.purge()
    assert await kept(app) == [server]
    simcord_env.backend.emit("GUILD_CREATE", guild_payload(simcord_env, server))
    app.client.dispatch("resumed")
    await simcord_env.settle()
    await app.duties.purge()
    assert await kept(app) == [server]


async def test_a_restart_deletes_nothing_of_servers_it_is_in_again(
    settings: Settings, app: App, simcord_env: Env, hand: Hand, server: int
) -> None:
    remove_bot(simcord_env, server)
    await simcord_env.settle()
    hand.now += 2 * MONTH
    async with App(settings, clock=hand) as again:
        await again.duties.purge()  # it does not know yet where it is
        assert await kept(again) == [server]
        await simcord_env.restart_bot(again.client)
        await again.duties.purge()
        assert await kept(again) == [server]


async def test_of_what_it_left_while_it_was_not_running_the_days_count_from_its_start(
    settings: Settings, app: App, simcord_env: Env, hand: Hand, server: int
) -> None:
    await live(app, GONE)
    hand.now += 2 * MONTH
    async with App(settings, clock=hand) as again:
        await simcord_env.restart_bot(again.client)
        await again.duties.purge()
        assert set(await kept(again)) == {server, GONE}
        hand.now += MONTH + 1
        await again.duties.purge()
        assert await kept(again) == [server]


async def test_a_database_that_fails_does_not_end_the_scheduler(app: App, simcord_env: Env, server: int) -> None:
    await app.database.close()
    await app.duties.purge()
