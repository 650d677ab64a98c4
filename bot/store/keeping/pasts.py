"""What became of a server's digests, in numbers."""

from typing import NamedTuple

from bot.store.reader import Reader

COUNTED = 60 * 24 * 3600
"""Seconds that are looked back: two months, so that a monthly digest has a last one."""


class Past(NamedTuple):
    """The slots of one subscription in the last `COUNTED` seconds.

    Attributes:
        last_sent: when the last edition was confirmed, seconds since the epoch, UTC; None for none.
        late: how many of those sent came late.
        failed: how many slots could not be delivered.
    """

    last_sent: int | None = None
    sent: int = 0
    late: int = 0
    failed: int = 0


async def pasts(reader: Reader, server: str, now: int) -> dict[int, Past]:
    """By subscription; those without any slot yet are missing."""
    rows = await reader.fetch_all(
        "SELECT d.subscription, MAX(CASE WHEN d.state = 'confirmed' THEN d.at END), "
        "SUM(CASE WHEN d.state = 'confirmed' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN d.state = 'confirmed' AND d.late = 1 THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END) "
        "FROM subscription s JOIN delivery d ON d.subscription = s.id AND d.slot > ?2 "
        "WHERE s.server = ?1 AND s.state IN ('active', 'paused') GROUP BY d.subscription",
        (server, now - COUNTED),
    )
    return {subscription: Past(*rest) for subscription, *rest in rows}
