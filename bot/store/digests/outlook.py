"""How digests and corrections stand: in one server, or everywhere. For /status and for operators."""

from typing import NamedTuple

from bot.store.database import Database
from bot.store.digests.ledger_claim import OPEN
from bot.store.digests.patrol import Patrol, Totals
from bot.store.digests.subscriptions import UNCONFIRMED
from bot.store.reader import Reader

DAY = 86_400
WEEK = 8 * DAY
"""Seconds from a slot to when it may be sent at most: the longest bound for catching up, and its day."""


class Corrections(NamedTuple):
    """On their way. edits: posts to be edited. notices: corrections to be told in channels."""

    edits: int
    notices: int


class Outlook(NamedTuple):
    """Both."""

    digests: Totals
    corrections: Corrections


async def outlook(database: Database, now: int) -> Outlook:
    """Everywhere.

    Args:
        now: seconds since the epoch, UTC.

    Raises:
        StoreError: the database fails.
    """
    return Outlook(await Patrol(database).totals(now), await _corrections(database, None))


async def outlook_of(reader: Reader, server: str, now: int) -> Outlook:
    """In one server. `lag` is 0 where nothing is due.

    Args:
        now: seconds since the epoch, UTC.

    Raises:
        StoreError: the database fails.
    """
    row = await reader.fetch_one(
        "SELECT COUNT(*) FILTER (WHERE state = 'active'), "
        "COUNT(*) FILTER (WHERE state = 'paused' AND paused_reason <> ?3), "
        "COUNT(*) FILTER (WHERE state = 'active' AND next_at <= ?2), "
        "COALESCE(?2 - MIN(next_at) FILTER (WHERE state = 'active' AND next_at <= ?2), 0) "
        "FROM subscription WHERE server = ?1 AND state IN ('active', 'paused')",
        (server, now, UNCONFIRMED),
    )
    slots = await reader.fetch_one(
        f"SELECT COUNT(*) FILTER (WHERE d.{OPEN}), COUNT(*) FILTER (WHERE d.state = 'confirmed' AND d.at > ?2), "
        "COUNT(*) FILTER (WHERE d.state = 'failed' AND d.at > ?2), "
        "COUNT(*) FILTER (WHERE d.state = 'skipped' AND d.at > ?2), "
        "COUNT(*) FILTER (WHERE d.state = 'confirmed' AND d.late = 1 AND d.at > ?2) "
        "FROM subscription s JOIN delivery d ON d.subscription = s.id AND d.slot > ?3 WHERE s.server = ?1",
        (server, now - DAY, now - WEEK),
    )
    assert row is not None
    assert slots is not None
    return Outlook(Totals(*row, *slots), await _corrections(reader, server))


async def _corrections(reader: Reader, server: str | None) -> Corrections:
    where, values = ("", ()) if server is None else (" AND server = ?1", (server,))
    edits = await reader.fetch_one(f"SELECT COUNT(*) FROM mending WHERE state = 'pending'{where}", values)
    notices = await reader.fetch_one(f"SELECT COUNT(*) FROM notice WHERE state IN ('pending', 'sent'){where}", values)
    assert edits is not None
    assert notices is not None
    return Corrections(edits[0], notices[0])
