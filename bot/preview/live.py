"""Lets the page show by itself what the bot posts on its own.

SimCord's page asks for its state twice a second, but that state is a copy made when the person last did
something: a digest would wait for *Refresh preview*. Pressing that for the person (SimCord's public `refresh`)
would do harm: it takes the one operation SimCord allows at a time, so that a command typed meanwhile fails, and
it makes a new revision, so that a button pressed before the page has seen it is refused as stale.

So the copies are renewed here, between two operations and under the revision they have. The page takes a copy
that reads differently under the same number, and SimCord checks every action against the messages themselves,
never against the copy. This leans on private names of SimCord, which is pinned exactly;
`tests/preview/test_live.py` fails when they change.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from simcord import Env, Preview

from bot.logs import log_event

_log = logging.getLogger(__name__)

PAUSE = 0.05
"""Seconds between two looks whether the person's own action is done."""
AWAY = 5.0
"""Seconds after which a page that asked for nothing is in a tab that was closed or put aside. SimCord keeps it for
long, and a copy of a full channel takes a moment to make; it is made once the page asks again."""
AWAY_PAUSE = 0.25
"""Seconds between two looks whether it does."""


@asynccontextmanager
async def live(env: Env, preview: Preview) -> AsyncIterator[None]:
    """Renew the open pages whenever a message in the channel of `preview` comes, changes or goes."""
    behind: dict[str, int] = {}  # the revision of each page when something last happened that it may not show
    changed = asyncio.Event()

    def listen(event: str, payload: Mapping[str, Any]) -> None:
        if event.startswith("MESSAGE_") and str(payload.get("channel_id")) == str(preview.channel.id):
            # Nobody reads the page of SimCord's own Python interface.
            behind.update({page.id: page.revision for page in preview._pages.values() if page is not preview._python})
            changed.set()

    publish = preview._publish

    def read(page: Any, *, reason: Any = "action") -> None:
        # After each action SimCord copies the channel once more for its Python interface, which copies it again itself
        # when it is asked.
        if page is not preview._python or reason != "action":
            publish(page, reason=reason)

    preview._publish = read  # type: ignore[method-assign] # of one object
    env.backend.subscribers.append(listen)
    renewing = asyncio.create_task(_renew(env, preview, changed, behind))
    try:
        yield
    finally:
        env.backend.subscribers.remove(listen)
        preview._publish = publish  # type: ignore[method-assign]
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing


async def _renew(env: Env, preview: Preview, changed: asyncio.Event, behind: dict[str, int]) -> None:
    while True:
        await changed.wait()
        if env._operation_task is not None:
            await asyncio.sleep(PAUSE)
            continue
        try:
            _publish(preview, behind)
        except Exception as error:
            # The next post gets another try; the person still has *Refresh preview*.
            behind.clear()
            log_event(_log, logging.ERROR, "preview.not_renewed", error=error)
        if behind:
            await asyncio.sleep(AWAY_PAUSE)
        else:
            changed.clear()


def _publish(preview: Preview, behind: dict[str, int]) -> None:
    """Renew the pages that are behind and looked at, and take them off the list."""
    preview._advance_presentation_time()
    for name, revision in tuple(behind.items()):
        page = preview._pages.get(name)
        # What the person did themselves SimCord has put on their page already, under the next number.
        if page is None or page.revision > revision:
            del behind[name]
        elif time.monotonic() - page.last_activity < AWAY:
            page.revision -= 1
            preview._publish(page, reason="refresh")
            del behind[name]
