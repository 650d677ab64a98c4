"""`python -m bot run` from start to stop: login, one sync, restarts, lost connections, faults, SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace

import pytest

from .conftest import Start
from .driver import Discord

Wire = tuple[Discord, Start]


async def test_commands_are_sent_once_however_often_it_starts(wire: Wire) -> None:
    discord, start = wire
    for _ in range(2):
        bot = await start()
        await discord.connected()
        assert (await discord.command("/help")).answered
        assert await bot.stop() == 0
    stats = await discord.stats()
    assert (stats["command_sync"], stats["identify"]) == (1, 2)


async def test_it_says_what_it_does_and_logs_nothing_that_people_type(wire: Wire) -> None:
    discord, start = wire
    bot = await start()
    await discord.connected()
    await discord.command("/district", name="a very private place")
    await discord.complete("/district", "name", "a very private place")
    assert await bot.stop() == 0
    assert "database ready in" in bot.output
    assert "private place" not in bot.output
    assert discord.address.token not in bot.output
    stopped = [bot.output.index(event) for event in ("scheduler.stopped", "client.closed")]
    assert stopped == sorted(stopped)


async def test_a_page_is_turned_after_a_restart(wire: Wire) -> None:
    discord, start = wire
    bot = await start()
    await discord.connected()
    first = await discord.command("/control")
    before = first.text
    assert await bot.stop() == 0
    await start()
    await discord.counted("identify", 2)
    turned = await discord.press(first.message, first.buttons["More ›"])
    assert turned.first.type == 7
    assert turned.text != before


async def test_a_dropped_connection_loses_no_question(wire: Wire) -> None:
    discord, start = wire
    await start()
    await discord.connected()
    await discord.disturb("drop")
    reply = await discord.command("/casualties", within_s=20)  # asked while nobody listens
    assert "civilians killed" in reply.text
    stats = await discord.stats()
    assert (stats["identify"], stats["resume"]) == (1, 1)


@pytest.mark.parametrize("fault", ["429", "500", "502", "503", "drop", "commit_then_drop"])
async def test_one_answer_is_seen_although_the_first_attempt_failed(wire: Wire, fault: str) -> None:
    discord, start = wire
    await start()
    await discord.connected()
    await discord.fault(fault, "/callback$", value=0.2)
    reply = await discord.command("/casualties", settle=1, events=2)
    assert len(reply.events) == 1
    assert len(await discord.messages()) + reply.first.ephemeral == 1


async def test_a_question_that_arrives_with_sigterm_is_answered(wire: Wire) -> None:
    discord, start = wire
    bot = await start()
    await discord.connected()
    assert (await discord.command("/help")).answered
    # Held still, it finds both when it goes on: the question in its socket, and the signal.
    bot.signal(signal.SIGSTOP)
    asking = asyncio.create_task(discord.command("/casualties", within_s=10))
    await discord.counted("interactions", 2)
    bot.signal(signal.SIGTERM)
    bot.signal(signal.SIGCONT)
    assert "civilians killed" in (await asking).text
    assert await bot.exited(within_s=10) == 0


async def test_sigterm_before_the_connection_stands(wire: Wire) -> None:
    discord, start = wire
    await discord.fault("slow", "users/@me", value=30)
    bot = await start()
    await discord.counted("fault_slow", 1)
    assert await bot.stop(within_s=10) == 0


async def test_a_wrong_token_is_told_in_words(wire: Wire) -> None:
    discord, start = wire
    discord.address = replace(discord.address, token="mistyped")
    bot = await start()
    assert await bot.exited(within_s=10) == 1
    assert "DISCORD_TOKEN" in bot.output
    assert "Traceback" not in bot.output
    assert "mistyped" not in bot.output


async def test_a_gateway_that_is_not_up_yet_is_tried_again(wire: Wire) -> None:
    discord, start = wire
    await discord.fault("502", "websocket")
    await start()
    await discord.connected()
    assert (await discord.command("/help")).answered


async def test_a_malformed_event_does_not_end_the_bot(wire: Wire) -> None:
    discord, start = wire
    await start()
    await discord.connected()
    await discord.ask("dispatch", event="CHANNEL_UPDATE", data={"id": "no number"}, guild=None)
    await discord.counted("ws_connect", 2)
    assert (await discord.command("/help", within_s=10)).answered
