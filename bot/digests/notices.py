"""Corrections on their way: posts that showed the figure are edited, and each of their channels hears of it once.

What is to be done stands in the database before it is begun (`bot.store.digests.notices`), so that nothing is lost with
a process; what may be done twice without harm (an edit) is, and what may not (a post) goes by the rules of delivery.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.answers.knowledge import Knowledge
from bot.answers.mended import correction_page, mended
from bot.answers.page import Page
from bot.answers.page_json import load
from bot.digests.channel_work import REMEMBERED, SLACK
from bot.digests.parts import Clock, Repeats, Sender
from bot.digests.verdict import Again, Answer, Delivered, Posted, Stopped, judge
from bot.errors import SitrepError
from bot.i18n import speaking
from bot.logs import log_event
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.digests.ledger_rows import marker_of
from bot.store.digests.notices import Mending, Notice, Notices
from bot.store.revisions.changes import Change, Group
from bot.store.revisions.seen import Seen
from bot.store.revisions.visible import differ
from bot.subscriptions.quiet import release
from bot.subscriptions.slots import Slot
from bot.subscriptions.subscription import Corrections

_log = logging.getLogger(__name__)

AT_A_TIME = 100
TOGETHER = 20
"""Requests under way at the same time; the pace is kept elsewhere."""
MOST_ATTEMPTS = 12

View = Callable[[int], Awaitable[tuple[str, Knowledge]]]
Render = Callable[[Page], list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the notices need of others.

    Attributes:
        elected: whether this is the process that sends.
        renew: brings what `view` gives up to date.
        view: the scope that a server sees things in, and what is known there.
        render: the components of a page, in the language in force.
    """

    sender: Sender
    clock: Clock
    repeats: Repeats
    elected: Callable[[], bool]
    renew: Callable[[], Awaitable[object]]
    view: View
    render: Render


class Notifier:
    """Carries corrections while `tick` is called every few seconds. Neither that nor `stop` raises."""

    def __init__(self, database: Database, notices: Notices, outside: Outside, *, kept_for: int) -> None:
        """
        Args:
            kept_for: seconds; what was shown longer ago is left as it is.
        """
        self._database = database
        self._notices = notices
        self._outside = outside
        self._kept_for = kept_for
        self._busy = asyncio.Lock()
        self._stopped = False

    async def tick(self) -> None:
        """Carry what is due, if this is the process that sends."""
        if self._stopped or self._busy.locked() or not self._outside.elected():
            return
        async with self._busy:
            try:
                await self._tick()
            except SitrepError as error:
                log_event(_log, logging.ERROR, "corrections.wait", why=error.what)
            except Exception as error:
                log_event(_log, logging.ERROR, "corrections.broken", error=error)

    async def stop(self, within: float) -> None:
        """Begin nothing more, and give what is under way so many seconds to end."""
        self._stopped = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._busy:
                pass

    async def _tick(self) -> None:
        now = self._outside.clock()
        while not self._stopped and await self._notices.spread(now, self._kept_for):
            pass
        # A correction before the edits: a reader learns that something was wrong from the newest message.
        notices = await self._notices.notices(now, AT_A_TIME)
        mendings = await self._notices.mendings(now, AT_A_TIME)
        if not notices and not mendings:
            return
        upto = await latest_sequence(self._database)
        await self._outside.renew()
        gate = asyncio.Semaphore(TOGETHER)
        channels: dict[int, list[Notice]] = {}
        for notice in notices:
            channels.setdefault(notice.channel, []).append(notice)
        async with asyncio.TaskGroup() as group:
            for queue in channels.values():
                group.create_task(self._within(gate, self._tell_all(queue)))
            for mending in mendings:
                group.create_task(self._within(gate, self._mend(mending, upto)))

    async def _within(self, gate: asyncio.Semaphore, work: Awaitable[None]) -> None:
        async with gate:
            try:
                await work
            except SitrepError as error:
                # The database: what is not noted is found again.
                log_event(_log, logging.ERROR, "corrections.wait", why=error.what)
            except Exception as error:
                log_event(_log, logging.ERROR, "corrections.broken", error=error)

    # The posts

    async def _mend(self, mending: Mending, upto: int) -> None:
        now = self._outside.clock()
        try:
            payload = await self._mended(mending, upto)
        except msgspec.DecodeError:
            payload = None
        if payload is None:
            await self._notices.mended(mending, error="not known any more", at=None, now=now)
            return
        answer = await self._outside.sender.edit(mending.channel, mending.message, payload)
        verdict = judge(answer, mending.attempts + 1)
        if isinstance(verdict, Delivered):
            await self._notices.mended(mending, error=None, at=None, now=now)
            _say("correction.edited", message=mending.message, channel=mending.channel)
            return
        again = isinstance(verdict, Again | Stopped) and mending.attempts < MOST_ATTEMPTS
        at = now + verdict.after if again and isinstance(verdict, Again | Stopped) else None
        await self._notices.mended(mending, error=f"{answer.status} {answer.code}", at=at, now=now)
        if at is None:
            _say("correction.not_edited", logging.WARNING, message=mending.message, code=answer.code or answer.status)

    async def _mended(self, mending: Mending, upto: int) -> str | None:
        kept = await self._notices.page(mending)
        if kept is None:
            return None
        body, language = kept
        scope, known = await self._outside.view(mending.server)
        page = load(body)
        before = await self._notices.seen(page.facts, scope, mending.upto)
        after = await self._notices.seen(page.facts, scope, upto)
        changes = {fact: found for fact in page.facts if (found := _change(before.get(fact), after.get(fact)))}
        with speaking(language):
            return _json(self._outside.render(mended(page, changes, known, self._outside.clock())))

    # The short corrections

    async def _tell_all(self, queue: Sequence[Notice]) -> None:
        """Those of one channel, one after another."""
        for notice in queue:
            await self._tell(notice)

    async def _tell(self, notice: Notice) -> None:
        now = self._outside.clock()
        scope, known = await self._outside.view(notice.server)
        before = (await self._notices.seen([notice.fact], scope, notice.since)).get(notice.fact)
        after = (await self._notices.seen([notice.fact], scope, notice.cause)).get(notice.fact)
        change = _change(before, after)
        if change is None:
            await self._notices.settle(notice, "skipped", at=now, error="undone before it was told")
            return
        if notice.first_sent_at is None:
            wait = await self._waits(notice, now)
            if wait is None:
                await self._notices.settle(notice, "skipped", at=now, error="with the next digest")
                return
            if wait > now:
                await self._notices.settle(notice, "pending", at=wait)
                return
        elif now - notice.first_sent_at > REMEMBERED and not await self._absent(notice, now):
            return
        with speaking(notice.language):
            payload = _json(self._outside.render(correction_page(change, known)))
        if await self._notices.sending(notice, now):
            await self._outside.sender.turn()
            nonce = _nonce(notice)
            answer = await self._outside.sender.send(notice.server, notice.channel, payload, nonce, marker_of(nonce))
            await self._told(notice, answer)

    async def _waits(self, notice: Notice, now: int) -> int | None:
        """When the channel may hear of it: at once, at the end of quiet hours, or None: with its next digest."""
        here = [stored.subscription for stored in await self._notices.subscriptions(notice.channel)]
        if here and all(one.corrections is Corrections.WITH_NEXT for one in here):
            return None
        moment = datetime.fromtimestamp(now, UTC)
        ends = [
            release(Slot(moment, local.date(), local.time()), one.quiet, one.zone)
            for one in here
            if (local := moment.astimezone(one.zone))
        ]
        return max([now, *(int(end.timestamp()) for end in ends)])

    async def _absent(self, notice: Notice, now: int) -> bool:
        """Whether an earlier attempt is known not to have arrived, so that it may be sent again."""
        assert notice.first_sent_at is not None
        until = (notice.tried_at or notice.first_sent_at) + SLACK
        marker = marker_of(_nonce(notice))
        found = await self._outside.sender.find(
            notice.server, notice.channel, marker, notice.first_sent_at - SLACK, until
        )
        if found.message is not None:
            await self._notices.settle(notice, "done", at=now, message=found.message)
            return False
        if (found.readable and found.answer.status == 200) or self._outside.repeats(notice.server):
            return True
        verdict = judge(found.answer, notice.attempts + 1)
        if isinstance(verdict, Again | Stopped) and notice.attempts < MOST_ATTEMPTS:
            await self._notices.settle(notice, "sent", at=now + verdict.after, error=str(found.answer.status))
        else:
            await self._notices.settle(notice, "skipped", at=now, error="unsure whether it arrived")
            _say("correction.unsure", logging.WARNING, channel=notice.channel, fact=notice.fact)
        return False

    async def _told(self, notice: Notice, answer: Answer) -> None:
        now = self._outside.clock()
        verdict = judge(answer, notice.attempts + 1)
        if isinstance(verdict, Delivered):
            await self._notices.settle(notice, "done", at=now, message=answer.message)
            _say("correction.told", channel=notice.channel, fact=notice.fact, message=answer.message)
            return
        if isinstance(verdict, Again | Stopped) and notice.attempts < MOST_ATTEMPTS:
            doubt = notice.first_sent_at is not None or (isinstance(verdict, Again) and verdict.posted is Posted.MAYBE)
            state = "sent" if doubt else "pending"
            await self._notices.settle(notice, state, at=now + verdict.after, error=str(answer.status))
            return
        await self._notices.settle(notice, "failed", at=now, error=f"{answer.status} {answer.code}")
        _say("correction.not_told", logging.WARNING, channel=notice.channel, status=answer.status, code=answer.code)


def _change(before: Seen | None, after: Seen | None) -> Change | None:
    """From what was seen to what holds, where a reader has anything to see of it."""
    if before is None or after is None or (not before.answers and not after.answers) or not differ(before, after):
        return None
    cause = after.undone or after.revision
    return Change(Group.CORRECTED, before, after, cause, kind=cause.kind)


def _nonce(notice: Notice) -> str:
    return f"n{notice.id:x}.{notice.cause:x}"


def _json(components: list[Any]) -> str:
    return msgspec.json.encode(components).decode()


def _say(event: str, level: int = logging.INFO, **fields: object) -> None:
    _log.log(level, event, extra={"event": event, "fields": fields})
