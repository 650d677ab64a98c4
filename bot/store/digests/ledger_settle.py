"""Settling: what became of claims, fenced by their owner."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.store.database import Writer
from bot.store.digests.ledger_claim import OPEN
from bot.store.digests.ledger_rows import Absent, Claim, Confirmed, Failed, Later, Outcome, Skipped, Struck

_MINE = f"WHERE subscription = ?1 AND slot = ?2 AND owner = ?3 AND {OPEN}"


class Settled(NamedTuple):
    """What settling brought.

    Attributes:
        lost: claims that were no longer ours.
        paused: claims whose subscription is now paused.
    """

    lost: list[Claim]
    paused: list[Claim]


async def settle(tx: Writer, owner: str, outcomes: Sequence[Outcome], now: int) -> Settled:
    """Note the outcomes, in one unit of work."""
    settled = Settled([], [])
    await _confirm(tx, owner, [one for one in outcomes if isinstance(one, Confirmed)], now)
    for one in outcomes:
        if not isinstance(one, Confirmed) and not await _note(tx, owner, one, now, settled.paused):
            settled.lost.append(one.claim)
    return settled


async def _confirm(tx: Writer, owner: str, confirmed: Sequence[Confirmed], now: int) -> None:
    """The usual case, so in three statements whatever their number. One that is another's by now is confirmed by them:
    the same nonce gives them the same message."""
    await tx.executemany(
        f"UPDATE delivery SET state = 'confirmed', message = ?4, edition = ?5, publish = ?6, at = ?7, owner = NULL, "
        f"error = NULL {_MINE}",
        [
            (*one.claim.key, owner, str(one.message), one.edition, "due" if one.publish else None, now)
            for one in confirmed
        ],
    )
    await tx.executemany(
        "UPDATE subscription SET strikes_since = NULL, "
        "seen = CASE WHEN seen IS NULL OR seen < ?4 THEN ?4 ELSE seen END WHERE id = ?1 AND EXISTS "
        "(SELECT 1 FROM delivery WHERE subscription = ?1 AND slot = ?2 AND message = ?3 AND state = 'confirmed')",
        [(*one.claim.key, str(one.message), one.upto) for one in confirmed],
    )


async def _note(
    tx: Writer, owner: str, one: Later | Absent | Skipped | Failed | Struck, now: int, paused: list[Claim]
) -> bool:
    key = (*one.claim.key, owner)
    match one:
        case Later(at=at, doubt=True, error=error):
            sql = (
                f"UPDATE delivery SET state = 'uncertain', owner = NULL, lease_until = ?4, error = ?5, at = ?6 {_MINE}"
            )
            return await tx.execute(sql, (*key, at, error, now)) > 0
        case Later(at=at, error=error):
            return await _unsent(tx, key, at, error, now)
        case Absent():
            return await _unsent(tx, key, now, None, now)
        case Skipped(why=why):
            sql = f"UPDATE delivery SET state = 'skipped', owner = NULL, error = ?4, at = ?5 {_MINE}"
            return await tx.execute(sql, (*key, why, now)) > 0
        case Failed(error=error):
            return await _failed(tx, key, error, now)
        case Struck():
            return await _strike(tx, key, one, now, paused)


async def _unsent(tx: Writer, key: tuple[int, int, str], at: int, error: str | None, now: int) -> bool:
    """Nothing stands in the channel: the next attempt may bring another edition, and be its first."""
    return (
        await tx.execute(
            "UPDATE delivery SET state = 'claimed', owner = NULL, lease_until = ?4, error = ?5, at = ?6, "
            f"first_sent_at = NULL, edition = NULL {_MINE}",
            (*key, at, error, now),
        )
        > 0
    )


async def _uncertain(tx: Writer, key: tuple[int, int, str], at: int, error: str, now: int) -> bool:
    sql = f"UPDATE delivery SET state = 'uncertain', owner = NULL, lease_until = ?4, error = ?5, at = ?6 {_MINE}"
    return await tx.execute(sql, (*key, at, error, now)) > 0


async def _failed(tx: Writer, key: tuple[int, int, str], error: str, now: int) -> bool:
    sql = f"UPDATE delivery SET state = 'failed', owner = NULL, error = ?4, at = ?5 {_MINE}"
    return await tx.execute(sql, (*key, error, now)) > 0


async def _strike(tx: Writer, key: tuple[int, int, str], struck: Struck, now: int, paused: list[Claim]) -> bool:
    id = struck.claim.stored.id
    await tx.execute("UPDATE subscription SET strikes_since = COALESCE(strikes_since, ?2) WHERE id = ?1", (id, now))
    row = await tx.fetch_one("SELECT strikes_since FROM subscription WHERE id = ?1", (id,))
    if row is None or now - row[0] < struck.patience:
        # What an earlier attempt may have left there is not undone by a refusal.
        put_off = _unsent if struck.claim.first_sent_at is None else _uncertain
        return await put_off(tx, key, struck.at, struck.reason, now)
    if not await _failed(tx, key, struck.reason, now):
        return False
    if await tx.execute(
        "UPDATE subscription SET state = 'paused', paused_reason = ?2, paused_at = ?3, next_at = ?4, told = 0 "
        "WHERE id = ?1 AND state = 'active'",
        (id, struck.reason, now, struck.probe_at),
    ):
        paused.append(struck.claim)
    return True
