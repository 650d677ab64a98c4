"""The sender and its pacer over the wire, with the real discord.py between them and the stand-in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord
import pytest
from discord.http import Route

from bot.chat.pacer import Pacer
from bot.chat.sender import DiscordSender
from bot.digests.verdict import Answer, Fate, Kind

from .driver import Discord, stand_in
from .standin.objects import ANNOUNCEMENT
from .tiny_bot import TinyBot, running

PAYLOAD = '[{"type":17,"components":[{"type":10,"content":"about 310"}]}]'
MARKER = 1 << 21


class Sending:
    """A bot, its sender, and a channel."""

    def __init__(self, server: Discord, bot: TinyBot, sender: DiscordSender) -> None:
        self.server = server
        self.bot = bot
        self.sender = sender
        self.guild = bot.guilds[0]
        self.channel, self.news = self.guild.text_channels[:2]

    async def send(self, nonce: str = "1.a", channel: int | None = None) -> Answer:
        await self.sender.turn()
        return await self.sender.send(self.guild.id, channel or self.channel.id, PAYLOAD, nonce, MARKER)


@asynccontextmanager
async def sending(rate: float = 1000, **options: object) -> AsyncIterator[Sending]:
    async with stand_in(**options) as server:
        pacer = Pacer(rate)
        bot = TinyBot()
        bot.http.http_trace = pacer.trace()
        bot.http.max_ratelimit_timeout = 30.0
        async with running(bot, server):
            yield Sending(server, bot, DiscordSender(bot, pacer))


async def until(so: Callable[[], bool]) -> None:
    """What Discord tells takes a moment to arrive."""
    for _ in range(1000):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came about")


@pytest.fixture
async def one() -> AsyncIterator[Sending]:
    async with sending(rates=False) as made:
        yield made


async def test_a_post_carries_its_nonce_and_its_mark_and_stands_once(one: Sending) -> None:
    first, again = await one.send(), await one.send()
    assert first == again
    [message] = await one.server.messages(str(one.channel.id))
    assert (first.status, first.message, first.publish, first.server) == (200, int(message["id"]), False, Kind.HERE)
    assert message["components"][0]["id"] == MARKER
    assert await one.server.violations() == []


async def test_it_is_found_again_by_its_mark_among_others(one: Sending) -> None:
    now = int(time.time())
    for n in range(120):
        await one.server.ask("say", channel=str(one.channel.id), content=f"talk {n}")
    posted = await one.send()
    find = one.sender.find
    found = await find(one.guild.id, one.channel.id, MARKER, now - 60, now + 60)
    assert (found.message, found.readable) == (posted.message, True)
    other = await find(one.guild.id, one.channel.id, MARKER + 1, now - 60, now + 60)
    assert (other.message, other.readable, other.answer.status) == (None, True, 200)
    late = await find(one.guild.id, one.channel.id, MARKER, now + 600, now + 700)
    assert (late.message, late.readable) == (None, True)


async def test_a_mark_in_somebody_elses_message_is_not_ours(one: Sending) -> None:
    now = int(time.time())
    await one.send()
    [message] = await one.server.messages(str(one.channel.id))
    one.bot._connection.user.id = 5  # type: ignore[union-attr]
    found = await one.sender.find(one.guild.id, one.channel.id, MARKER, now - 60, now + 60)
    assert found.message is None
    assert message["components"][0]["id"] == MARKER


@pytest.mark.parametrize("cached", [True, False])
async def test_an_empty_history_that_may_not_be_read_says_nothing(one: Sending, cached: bool) -> None:
    now = int(time.time())
    await one.send()
    await one.server.deny(str(one.channel.id), "history")
    if not cached:
        one.bot._connection._guilds.clear()
    if cached:
        await until(lambda: not one.channel.permissions_for(one.guild.me).read_message_history)
    found = await one.sender.find(one.guild.id, one.channel.id, MARKER, now - 60, now + 60)
    assert (found.message, found.readable) == (None, False)


async def test_refusals_come_as_they_are(one: Sending) -> None:
    for what, code in (("send", 50013), ("view", 50001)):
        await one.server.deny(str(one.channel.id), what)
        answer = await one.send()
        assert (answer.status, answer.code, answer.message) == (403, code, None)
        assert not await one.sender.writable(one.guild.id, one.channel.id)
        found = await one.sender.find(one.guild.id, one.channel.id, MARKER, 0, 2**31)
        assert found.readable is (what == "send")
    await one.server.deny(str(one.channel.id), None)
    await until(lambda: one.channel.permissions_for(one.guild.me).view_channel)
    assert await one.sender.writable(one.guild.id, one.channel.id)
    gone = await one.send(channel=42)
    assert (gone.status, gone.code) == (404, 10003)
    assert not await one.sender.writable(one.guild.id, 42)


@pytest.mark.parametrize(
    ("fault", "status", "fate", "stands"),
    [
        ("503", 503, Fate.ANSWERED, 0),
        ("400", 400, Fate.ANSWERED, 0),
        ("cloudflare", 429, Fate.ANSWERED, 0),
        ("drop", 0, Fate.LOST, 0),
        ("commit_then_drop", 0, Fate.LOST, 1),
    ],
)
async def test_trouble_becomes_an_answer(one: Sending, fault: str, status: int, fate: Fate, stands: int) -> None:
    await one.server.fault(fault, "/messages$")
    answer = await one.send()
    assert (answer.status, answer.fate, answer.message) == (status, fate, None)
    assert len(await one.server.messages()) == stands
    if fault == "cloudflare":
        assert answer.retry_after == 60


async def test_nobody_at_the_door(one: Sending) -> None:
    before, Route.BASE = Route.BASE, "http://127.0.0.1:9/api/v10"
    try:
        answer = await one.send()
    finally:
        Route.BASE = before
    assert answer.fate is Fate.NEVER_LEFT


async def test_an_announcement_is_published_once(one: Sending) -> None:
    posted = await one.send(channel=one.news.id)
    assert one.news.type.value == ANNOUNCEMENT
    assert posted.publish
    assert posted.message is not None
    first, second = [await one.sender.publish(one.news.id, posted.message) for _ in range(2)]
    assert first.status == 200
    assert (second.status, second.code) == (400, 40033)


async def test_a_post_is_edited(one: Sending) -> None:
    posted = await one.send()
    assert posted.message is not None
    answer = await one.sender.edit(one.channel.id, posted.message, PAYLOAD.replace("310", "369"))
    [message] = await one.server.messages()
    assert answer.message == posted.message
    assert message["components"][0]["components"][0]["content"] == "about 369"


async def test_it_works_without_a_cache(one: Sending) -> None:
    one.bot._connection._guilds.clear()
    answer = await one.send()
    assert (answer.status, answer.server) == (200, Kind.UNKNOWN)
    assert await one.sender.writable(one.guild.id, one.channel.id)


async def test_a_channel_whose_bucket_is_empty_keeps_no_other_waiting() -> None:
    async with sending(rates=True) as one:
        crowded = [asyncio.create_task(one.send(f"1.{n}")) for n in range(8)]
        await one.server.counted("messages", 4)
        assert (await one.send("2.a", channel=one.news.id)).status == 200
        assert not all(task.done() for task in crowded), "the crowded channel still waits for its bucket"
        for task in crowded:
            task.cancel()
        await asyncio.gather(*crowded, return_exceptions=True)


async def test_five_hundred_posts_at_the_pace_meet_no_limit() -> None:
    async with sending(rate=45, guilds=20, channels=5) as one:
        channels = [channel for guild in one.bot.guilds for channel in guild.text_channels]
        answers = await asyncio.gather(
            *(one.send(f"{n}.{channel.id % 1000}", channel=channel.id) for n in range(2) for channel in channels)
        )
        assert {answer.status for answer in answers} == {200}
        assert "status_429" not in await one.server.stats()


async def test_a_client_of_discords_own_waits_for_nothing_while_interactions_are_answered(one: Sending) -> None:
    one.sender._pacer.hold(30)
    assert (await one.server.command("/ping")).answered
    assert isinstance(one.bot, discord.Client)
