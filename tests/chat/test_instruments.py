"""What the running bot tells of itself, over HTTP: with the gateway, the scheduler and the database it really has."""

import dataclasses
from collections.abc import AsyncIterator

import aiohttp
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.chat import pulse
from bot.errors import SitrepError
from bot.settings import Settings
from bot.store.digests.subscriptions import BY_PERSON, Subscriptions
from tests.asking import Person
from tests.metrics.asking import Said, ask, free_port
from tests.store.ledgers import digest


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, metrics_port=free_port())


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[App]:
    async with App(settings) as opened:
        await opened.open_metrics()
        yield opened


async def said(settings: Settings, path: str) -> Said:
    return await ask(settings.metrics_port, path)


async def failing(settings: Settings) -> str:
    return (await said(settings, "/healthz")).text


async def test_before_discord_is_there_it_says_so(settings: Settings, app: App) -> None:
    assert await failing(settings) == '{"status":"failing","failing":["gateway","scheduler"]}'
    assert "sitrep_gateway_latency_seconds" not in (await said(settings, "/metrics")).figures


async def test_well_once_it_is_connected_and_the_scheduler_looks(
    settings: Settings, app: App, simcord_env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await failing(settings) == '{"status":"failing","failing":["scheduler"]}'
    await app.duties.tick()
    assert (await said(settings, "/healthz")).status == 200
    monkeypatch.setattr(pulse, "STALE", 0)
    assert await failing(settings) == '{"status":"failing","failing":["scheduler"]}'


async def test_a_lost_connection_is_seen_until_it_stands_again(settings: Settings, app: App, simcord_env: Env) -> None:
    await app.duties.tick()
    app.client.dispatch("disconnect")
    await simcord_env.settle()
    assert await failing(settings) == '{"status":"failing","failing":["gateway"]}'
    assert (await said(settings, "/metrics")).figures["sitrep_gateway_up"] == 0
    app.client.dispatch("resumed")
    await simcord_env.settle()
    assert (await said(settings, "/healthz")).status == 200


async def test_a_database_that_does_not_answer_is_named(settings: Settings, app: App, simcord_env: Env) -> None:
    await app.duties.tick()
    await app.database.close()
    assert await failing(settings) == '{"status":"failing","failing":["database"]}'
    assert (await said(settings, "/metrics")).figures["sitrep_database_up"] == 0


@pytest.mark.simcord(check_errors=False)  # the second question is refused
async def test_answers_and_failures_are_counted(settings: Settings, reader: Person) -> None:
    await reader.ask("status")
    await reader.ask("casualties", since="when the moon was full")
    figures = (await said(settings, "/metrics")).figures
    assert figures["sitrep_answers_total{kind=application_command}"] == 2
    assert figures["sitrep_failures_total{kind=refused}"] == 1
    assert figures["sitrep_failures_total{kind=unexpected}"] == 0


async def test_digests_are_counted(settings: Settings, app: App, simcord_env: Env, channel: ChannelHandle) -> None:
    kept = Subscriptions(app.database)
    now = int(app.client.now().timestamp())
    for state in ("active", "active", "paused", "new"):
        made = await kept.add(digest(server=7, channel=8), by=1, now=now, confirmed=state != "new")
        if state == "paused":
            await kept.pause(made.id, BY_PERSON, now)
    figures = (await said(settings, "/metrics")).figures
    assert figures["sitrep_digests{state=active}"] == 2
    assert figures["sitrep_digests{state=paused}"] == 1, "one that nobody has started is none yet"


async def test_it_ends_with_the_program_and_before_the_database(settings: Settings) -> None:
    async with App(settings) as opened:
        await opened.open_metrics()
        await opened.leave()
        assert (await said(settings, "/healthz")).status == 503
    with pytest.raises(aiohttp.ClientConnectorError):
        await said(settings, "/healthz")


async def test_without_a_port_nothing_listens(settings: Settings) -> None:
    async with App(dataclasses.replace(settings, metrics_port=0)) as opened:
        await opened.open_metrics()
        with pytest.raises(aiohttp.ClientConnectorError):
            await said(settings, "/healthz")


async def test_a_port_that_is_taken_is_told(settings: Settings, app: App) -> None:
    async with App(settings, sync=False) as other:
        with pytest.raises(SitrepError, match=str(settings.metrics_port)):
            await other.open_metrics()
