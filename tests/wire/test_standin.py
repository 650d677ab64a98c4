"""The stand-in itself, driven by a small discord.py client over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest

from .driver import Discord, RefusedError, stand_in
from .standin import interactions
from .standin.objects import ADMINISTRATOR
from .standin.scene import Scene
from .tiny_bot import TinyBot, running


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    async with stand_in(rates=False) as server:
        yield server


@pytest.fixture
async def bot(server: Discord) -> AsyncIterator[TinyBot]:
    async with running(TinyBot(), server) as bot:
        yield bot


def general(bot: TinyBot) -> discord.TextChannel:
    return bot.guilds[0].text_channels[0]


async def test_login_fills_the_cache_and_registers_commands(server: Discord, bot: TinyBot) -> None:
    assert [g.name for g in bot.guilds] == ["Server 1"]
    assert [c.name for c in bot.guilds[0].text_channels] == ["general", "news"]
    assert {c["name"] for c in await server.commands()} >= {"ping", "day", "settings"}
    assert (await server.stats())["identify"] == 1


async def test_a_command_is_answered_and_measured(server: Discord, bot: TinyBot) -> None:
    reply = await server.command("/ping")
    assert (reply.first.type, reply.message["content"]) == (4, "pong")
    assert reply.latency_ms is not None
    assert 0 < reply.latency_ms < 3000
    ms, size = await server.measure([{"command": "/ping"}] * 3)
    assert all(m is not None and m > 0 for m in ms)
    assert len(ms) == len(size) == 3


async def test_a_second_answer_is_refused(server: Discord, bot: TinyBot) -> None:
    reply = await server.command("/twice")
    await server.counted("refused_40060", 1)
    assert [e.data["content"] for e in (await server.answer(reply)).events] == ["once"]


async def test_an_answer_that_comes_too_late_is_refused(
    server: Discord, bot: TinyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interactions, "FIRST_ANSWER_S", 0.05)
    reply = await server.command("/later", within_s=0.5, seconds=0.2)
    assert not reply.answered
    assert (await server.stats())["refused_10062"] == 1


async def test_a_deferred_answer_is_filled_in_and_edited(server: Discord, bot: TinyBot) -> None:
    reply = await server.command("/think", settle=3, events=3)
    assert [e.type for e in reply.events] == [5, "edit", "edit"]
    assert reply.first.ephemeral
    assert reply.message["content"] == "thought better"
    assert await server.messages() == []


async def test_buttons_forms_and_autocomplete(server: Discord, bot: TinyBot) -> None:
    pong = await server.command("/ping")
    assert pong.buttons == {"Refresh": "refresh"}
    pressed = await server.press(pong.message, "refresh")
    assert (pressed.first.type, pressed.message["content"]) == (7, "refreshed")
    form = await server.command("/form")
    submitted = await server.submit(form, {"what": "a figure"})
    assert submitted.message["content"] == "got a figure"
    assert submitted.first.ephemeral
    assert [c["value"] for c in (await server.complete("/day", "name", "to")).choices] == ["today"]


async def test_what_the_client_would_not_let_a_person_do(server: Discord, bot: TinyBot) -> None:
    with pytest.raises(RefusedError, match="hidden from this member"):
        await server.command("/settings")
    assert (await server.command("/settings", Scene(member_permissions=ADMINISTRATOR))).answered
    with pytest.raises(RefusedError, match="not offered in context 1"):
        await server.command("/settings", Scene(where="dm"))
    with pytest.raises(RefusedError, match="required options are missing"):
        await server.command("/day")
    with pytest.raises(RefusedError, match="not registered"):
        await server.command("/nothing")
    with pytest.raises(RefusedError, match="no component"):
        await server.press((await server.command("/ping")).message, "other")


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("guild", "alice in a server"),
        ("dm", "alice in a conversation"),
        ("installed", "alice in a server"),
        ("private", "alice in a conversation"),
    ],
)
async def test_servers_conversations_and_user_installs(server: Discord, bot: TinyBot, where: str, text: str) -> None:
    assert (await server.command("/anywhere", Scene(where=where))).message["content"] == text


async def test_the_same_nonce_posts_once(server: Discord, bot: TinyBot) -> None:
    first, again = [await general(bot).send("digest", nonce="row-17") for _ in range(2)]
    other = await general(bot).send("digest", nonce="row-18")
    assert first.id == again.id != other.id
    assert len(await server.messages(str(general(bot).id))) == 2
    assert (await server.stats())["deduplicated"] == 1


async def test_a_lost_answer_leaves_the_message_standing(server: Discord, bot: TinyBot) -> None:
    await server.fault("commit_then_drop", "/messages$")
    with pytest.raises(Exception, match="disconnected"):
        await general(bot).send("digest")
    assert len(await server.messages()) == 1


async def test_messages_are_edited_read_deleted_and_published(server: Discord, bot: TinyBot) -> None:
    news = bot.guilds[0].text_channels[1]
    posted = [await news.send(f"edition {i}") for i in range(3)]
    await posted[0].edit(content="corrected")
    await posted[1].delete()
    await posted[2].publish()
    assert [m.content async for m in news.history(oldest_first=True)] == ["corrected", "edition 2"]
    assert [m.content async for m in news.history(after=posted[0])] == ["edition 2"]
    with pytest.raises(discord.HTTPException, match="already been crossposted"):
        await posted[2].publish()
    with pytest.raises(discord.HTTPException, match="Cannot execute action on this channel type"):
        await (await general(bot).send("text")).publish()


async def test_a_channel_without_the_permission(server: Discord, bot: TinyBot) -> None:
    channel = str(general(bot).id)
    for what, code in (("send", 50013), ("view", 50001)):
        await server.deny(channel, what)
        with pytest.raises(discord.Forbidden) as refusal:
            await general(bot).send("digest")
        assert refusal.value.code == code
    await server.deny(channel, None)
    assert (await general(bot).send("digest")).id


@pytest.mark.parametrize("fault", ["429", "500", "502"])
async def test_a_message_gets_through_after_a_fault(server: Discord, bot: TinyBot, fault: str) -> None:
    await server.fault(fault, "/messages$", value=0.05)
    await general(bot).send("digest")
    statuses = [r["status"] for r in await server.received("/messages$")]
    assert statuses == [int(fault), 200]


async def test_faults_by_chance_strike_about_that_often(server: Discord, bot: TinyBot) -> None:
    await server.fault("429", "/messages$", times=None, chance=0.3, value=0.001)
    for _ in range(40):
        await general(bot).send("digest")
    assert 5 < (await server.stats())["status_429"] < 40
    assert len(await server.messages()) == 40


async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(server: Discord, bot: TinyBot) -> None:
    await server.disturb("drop")
    reply = await server.command("/ping", within_s=15)  # sent while nobody listens: replayed
    assert reply.message["content"] == "pong"
    stats = await server.stats()
    assert (stats["resume"], stats["identify"]) == (1, 1)


async def test_an_invalidated_session_identifies_anew(server: Discord, bot: TinyBot) -> None:
    await server.disturb("invalidate")
    await server.counted("identify", 2)
    assert (await server.command("/ping", within_s=10)).answered


async def test_privileged_intents_are_turned_away(server: Discord) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(TinyBot(discord.Intents(guilds=True, message_content=True)), server):
            pass


async def test_commands_beyond_the_limits_are_refused(server: Discord, bot: TinyBot) -> None:
    with pytest.raises(discord.HTTPException) as refusal:
        await bot.http.bulk_upsert_global_commands(1, [{"name": "Loud Name", "description": "", "type": 1}])
    assert refusal.value.code == 50035
    assert "Loud Name" in str(refusal.value)
