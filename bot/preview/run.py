"""Start the preview, keep it running, and stop it in order: scheduler, client, database."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot.app import App, stop_signal
from bot.errors import SitrepError
from bot.settings import Settings

Say = Callable[[str], None]


async def run_preview(settings: Settings, say: Say, *, direct: bool = False) -> None:
    """Run the bot inside SimCord and serve its page on loopback, until SIGINT, SIGTERM or the page's own *End*.

    Args:
        settings: of the program; the page is at `preview_port`, 0 takes any free one.
        say: told each step with its time, then the address. Whoever knows the address can use the page.
        direct: show the reader's direct messages with the bot instead of a channel of the server.

    Raises:
        SitrepError: SimCord is not installed, the port is taken, or the database or the seeds cannot be used.
    """
    start = perf_counter()
    asked = asyncio.create_task(stop_signal())
    await asyncio.sleep(0)  # so that Ctrl-C is heeded from here on
    try:
        # SimCord tries a client without intents when it is imported, and discord.py warns of it.
        logging.disable(logging.WARNING)
        from bot.preview.session import open_session
        from bot.preview.world import LATER, TO_TRY
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    finally:
        logging.disable(logging.NOTSET)
    say(f"SimCord loaded in {_ms(start)} ms")
    async with App(settings, say, sync=False) as app:
        before_bot = perf_counter()
        async with open_session(app.client, settings.preview_port, direct=direct) as session:
            # Only here is it known who that is; the settings of the operator stay in force beside it.
            trusted = (*settings.editors, session.world.editor.id)
            app.client.settings = replace(app.client.settings, editors=trusted)
            app.duties.start()
            await app.open_metrics()
            say(f"bot and page ready in {_ms(before_bot)} ms: {session.commands} commands")
            say(f"ready after {_ms(start)} ms")
            say(f"open  {session.address}")
            say("type  " + "  or  ".join(TO_TRY))
            say("'Viewing as', at the top, makes you: " + ", ".join(session.viewers))
            say(f"as channel manager, type  /digest subscribe hourly :{_soon()}  and press Start: it comes by itself")
            if (report := Path(settings.seeds_dir) / settings.conflict / LATER).is_file():
                say(f"then, in another terminal:  {_python()} -m bot load {report}  and see what the next one says")
            say("Ctrl-C stops it")
            ended = asyncio.create_task(session.preview.wait_closed())
            await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
            say("stopping")
            for task in (ended, asked):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            app.duties.stop()
            await app.leave()
    say("stopped")


def _soon() -> str:
    """A minute of the hour that is not over before a person has typed it, and no long wait."""
    return f"{datetime.now(UTC) + timedelta(minutes=3):%M}"


def _python() -> str:
    """This Python as one types it in this folder."""
    path = Path(sys.executable)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _ms(start: float) -> int:
    return round((perf_counter() - start) * 1000)


def _not_installed(error: ModuleNotFoundError) -> SitrepError:
    return SitrepError(
        f"The preview needs SimCord, which is not installed ({error.name} is missing).",
        "Start it with `make run`, which installs it, or run: pip install -r requirements-preview.lock",
    )
