"""Runs the program against Discord until it is asked to stop."""

import asyncio
import gc
from contextlib import suppress
from time import perf_counter

from bot.app import App, stop_signal
from bot.chat.login import connect
from bot.errors import SitrepError
from bot.opening import Say
from bot.settings import Settings


async def run(settings: Settings, say: Say) -> None:
    """Run against Discord until SIGINT or SIGTERM.

    Raises:
        SitrepError: no token, or Discord refuses it; the database or the seeds cannot be used; METRICS_PORT is taken.
    """
    token = settings.discord_token
    if token is None:
        raise SitrepError(
            "There is no DISCORD_TOKEN.", "Put it into .env (the README tells how to get one), or run the preview."
        )
    start = perf_counter()
    async with App(settings, say) as app:
        # What was made until now stays: the collector need not look at it again, which shortens the slowest answers.
        gc.freeze()
        gc.enable()
        await app.open_metrics()
        say("connecting to Discord")
        connection = asyncio.create_task(connect(app.client, token.reveal()))
        ready = asyncio.create_task(_when_ready(app, say, start))
        stop = asyncio.create_task(stop_signal())
        await asyncio.wait({connection, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in (stop, ready):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if connection.done():
            await connection
            return
        say("stopping")
        app.duties.stop()
        await app.leave()
        # A login that hangs would keep the process.
        connection.cancel()
        with suppress(asyncio.CancelledError):
            await connection


async def _when_ready(app: App, say: Say, start: float) -> None:
    await app.client.connected.wait()
    app.duties.start()
    await app.client.arrived.wait()
    took = (perf_counter() - start) * 1000
    say(f"ready as {app.client.user} in {len(app.client.guilds)} servers after {took:.0f} ms; Ctrl-C stops it")
