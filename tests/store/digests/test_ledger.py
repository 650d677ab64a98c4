"""Claims, marks and leases: every slot is worked on by one, and nothing that was claimed is lost."""

import asyncio

import pytest

from bot.store.database import Database
from bot.store.digests.ledger import LEASE, Ledger
from bot.store.digests.ledger_rows import (
    MERGED,
    TOO_LATE,
    Absent,
    Confirmed,
    Failed,
    Later,
    Outcome,
    Passed,
    Skipped,
    Struck,
    marker_of,
    nonce_of,
)
from bot.store.digests.patrol import Patrol
from bot.store.digests.subscriptions import State, Subscriptions
from bot.store.migrate import migrate
from bot.subscriptions.quiet import parse_quiet
from tests.store.ledgers import DAY, EIGHT, HOUR, begin, digest, keep_edition, state_of, subscribe


@pytest.fixture
async def ledger(db: Database) -> Ledger:
    await migrate(db, now=EIGHT)
    return Ledger(db, "first", bound=DAY)


@pytest.fixture
def other(db: Database, ledger: Ledger) -> Ledger:
    return Ledger(db, "second", bound=DAY)


async def test_a_slot_is_claimed_once_it_is_due(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest())
    assert (await ledger.claim(EIGHT - 1, 10)).claims == []
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    assert (claim.key, claim.channel, claim.late, claim.covers) == ((made.id, EIGHT), 2001, False, 1)
    assert (await ledger.claim(EIGHT, 10)).claims == []
    after = await Subscriptions(db).get(made.id)
    assert after is not None
    assert after.next_at == EIGHT + DAY


async def test_of_many_that_ask_at_once_one_gets_it(db: Database, ledger: Ledger, other: Ledger) -> None:
    await subscribe(db, *(digest(server=1000 + n, channel=100 + n) for n in range(30)))
    found = await asyncio.gather(*(one.claim(EIGHT, 7) for one in (ledger, other) * 5))
    keys = [claim.key for claimed in found for claim in claimed.claims]
    assert len(keys) == len(set(keys)) == 30


async def test_the_first_due_is_the_first_claimed(db: Database, ledger: Ledger) -> None:
    late, early = await subscribe(db, digest("daily 08:05", channel=1), digest("daily 08:00", channel=2))
    claimed = await ledger.claim(EIGHT + 600, 1)
    assert [claim.stored.id for claim in claimed.claims] == [early.id]
    assert claimed.more
    assert [claim.stored.id for claim in (await ledger.claim(EIGHT + 600, 1)).claims] == [late.id]


async def test_two_digests_of_a_channel_come_in_order_and_a_third_waits(db: Database, ledger: Ledger) -> None:
    a, b, c = await subscribe(db, digest("daily 08:01"), digest("daily 08:00"), digest("daily 08:03"))
    claims = (await ledger.claim(EIGHT + 90, 10)).claims
    assert [claim.stored.id for claim in claims] == [b.id, a.id]
    assert (await ledger.claim(EIGHT + 200, 10)).claims[0].stored.id == b.id, "the lease has run out by now"
    for claim in claims:
        await ledger.settle([Skipped(claim, "tried")], EIGHT + 200)
    assert [claim.stored.id for claim in (await ledger.claim(EIGHT + 200, 10)).claims] == [c.id]


async def test_after_downtime_one_is_delivered_for_all(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest("hourly :00"))
    now = EIGHT + 30 * HOUR + 60
    claimed = await ledger.claim(now, 10)
    [claim] = claimed.claims
    assert (claim.slot, claim.late, claim.covers) == (EIGHT + 30 * HOUR, True, 24)
    whys = [passed.why for passed in claimed.passed]
    assert whys == [TOO_LATE] * 7 + [MERGED] * 23
    assert claimed.passed[0] == Passed(made.id, "2001", EIGHT, TOO_LATE)
    rows = await db.fetch_all("SELECT slot, state FROM delivery ORDER BY slot")
    assert rows == [(EIGHT + n * HOUR, "skipped") for n in range(30)] + [(EIGHT + 30 * HOUR, "claimed")]


async def test_the_end_of_quiet_hours_is_not_late(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest("hourly :00", quiet=parse_quiet("22:00-07:00")))
    slept = EIGHT + 23 * HOUR  # seven in the morning
    await db.write(
        lambda tx: tx.execute("UPDATE subscription SET handled_at = ?1, next_at = ?2", (slept - 9 * HOUR - 1, slept))
    )
    [claim] = (await ledger.claim(slept + 5, 10)).claims
    assert (claim.slot, claim.released, claim.late, claim.covers) == (slept, slept, False, 10)


async def test_sent_then_confirmed(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    assert await begin(ledger, db, claim, EIGHT + 1)
    assert (await state_of(db, claim))[0] == "sent"
    edition = await keep_edition(db)
    await ledger.settle([Confirmed(claim, 555, edition, 7, publish=False)], EIGHT + 2)
    assert await state_of(db, claim) == ("confirmed", "555", None)
    after = await Subscriptions(db).get(made.id)
    assert after is not None
    assert after.seen == 7


async def test_what_was_seen_never_goes_back(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest())
    await db.write(lambda tx: tx.execute("UPDATE subscription SET seen = 9"))
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    await ledger.settle([Confirmed(claim, 555, await keep_edition(db), 7, publish=False)], EIGHT + 2)
    after = await Subscriptions(db).get(made.id)
    assert after is not None
    assert after.seen == 9


async def test_a_lease_that_ran_out_is_taken_with_all_that_is_known(
    db: Database, ledger: Ledger, other: Ledger
) -> None:
    await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    assert (await other.claim(EIGHT + LEASE - 1, 10)).claims == []
    [again] = (await other.claim(EIGHT + LEASE, 10)).claims
    assert (again.key, again.nonce, again.first_sent_at, again.attempts) == (claim.key, claim.nonce, EIGHT + 1, 1)
    assert again.edition == await keep_edition(db)


async def test_the_living_keep_their_lease(db: Database, ledger: Ledger, other: Ledger) -> None:
    await subscribe(db, digest())
    await ledger.claim(EIGHT, 10)
    await ledger.extend(EIGHT + 30)
    assert (await other.claim(EIGHT + LEASE + 29, 10)).claims == []
    assert len((await other.claim(EIGHT + LEASE + 30, 10)).claims) == 1


@pytest.mark.parametrize("kind", [Confirmed, Later, Absent, Skipped, Failed, Struck])
async def test_marks_of_a_former_owner_change_nothing(
    db: Database, ledger: Ledger, other: Ledger, kind: type[Outcome]
) -> None:
    await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    [again] = (await other.claim(EIGHT + LEASE, 10)).claims
    before = await db.fetch_all("SELECT * FROM delivery"), await db.fetch_all("SELECT seen, state FROM subscription")
    marks: dict[type[Outcome], Outcome] = {
        Confirmed: Confirmed(claim, 555, await keep_edition(db), 7, publish=True),
        Later: Later(claim, EIGHT + 99, True, "x"),
        Absent: Absent(claim),
        Skipped: Skipped(claim, "x"),
        Failed: Failed(claim, "x"),
        Struck: Struck(claim, "hidden", EIGHT, 0, EIGHT),
    }
    settled = await ledger.settle([marks[kind]], EIGHT + 70)
    assert settled.lost == ([] if kind is Confirmed else [claim])
    assert not await begin(ledger, db, claim, EIGHT + 70)
    after = await db.fetch_all("SELECT * FROM delivery"), await db.fetch_all("SELECT seen, state FROM subscription")
    assert after == before
    assert await begin(other, db, again, EIGHT + 71)


async def test_later_with_doubt_keeps_what_may_stand_there(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    await ledger.settle([Later(claim, EIGHT + 9, True, "lost")], EIGHT + 2)
    assert await state_of(db, claim) == ("uncertain", None, "lost")
    assert (await ledger.claim(EIGHT + 8, 10)).claims == []
    [again] = (await ledger.claim(EIGHT + 9, 10)).claims
    assert again.first_sent_at == EIGHT + 1
    await begin(ledger, db, again, EIGHT + 10)
    [third] = (await ledger.claim(EIGHT + 9 + LEASE, 10)).claims
    assert (third.first_sent_at, third.attempts) == (EIGHT + 1, 2), "the nonce is as old as its first use"


async def test_later_without_doubt_starts_anew(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    await ledger.settle([Later(claim, EIGHT + 9, False, "429")], EIGHT + 2)
    [again] = (await ledger.claim(EIGHT + 9, 10)).claims
    assert (again.first_sent_at, again.edition, again.attempts) == (None, None, 1)


async def test_what_waits_for_long_is_merged_into_the_next(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest("hourly :00"))
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await ledger.settle([Later(claim, EIGHT + 2 * HOUR, False, "503")], EIGHT + 2)
    claimed = await ledger.claim(EIGHT + 2 * HOUR, 10)
    assert claimed.passed == [Passed(made.id, "2001", EIGHT, MERGED), Passed(made.id, "2001", EIGHT + HOUR, MERGED)]
    assert [(one.slot, one.covers) for one in claimed.claims] == [(EIGHT + 2 * HOUR, 3)]


async def test_what_may_stand_there_is_looked_for_before_the_next(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest("hourly :00"))
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    [again] = (await ledger.claim(EIGHT + 30 * HOUR, 10)).claims
    assert again.key == claim.key
    await ledger.settle([Absent(again)], EIGHT + 30 * HOUR)
    claimed = await ledger.claim(EIGHT + 30 * HOUR, 10)
    assert claimed.passed[0] == Passed(again.stored.id, "2001", EIGHT, MERGED)
    assert claimed.claims[0].slot == EIGHT + 30 * HOUR


async def test_what_nothing_followed_is_given_up_after_the_bound(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest("mon 08:00"))
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await ledger.settle([Later(claim, EIGHT + DAY + 1, False, "503")], EIGHT)
    claimed = await ledger.claim(EIGHT + DAY + 1, 10)
    assert (claimed.claims, [passed.why for passed in claimed.passed]) == ([], [TOO_LATE])


async def test_strikes_pause_after_an_hour_and_a_success_forgives(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest("hourly :00"))
    now = EIGHT
    [claim] = (await ledger.claim(now, 10)).claims
    for _ in range(3):
        await begin(ledger, db, claim, now)
        assert (await ledger.settle([Struck(claim, "hidden", now + 1000, HOUR, now + DAY)], now)).paused == []
        now += 1000
        [claim] = (await ledger.claim(now, 10)).claims
    await begin(ledger, db, claim, now)
    await ledger.settle([Confirmed(claim, 555, await keep_edition(db), 7, publish=False)], now)
    forgiven = await Subscriptions(db).get(made.id)
    assert forgiven is not None
    assert forgiven.strikes_since is None

    [claim] = (await ledger.claim(EIGHT + HOUR, 10)).claims
    await ledger.settle([Struck(claim, "hidden", EIGHT + 2 * HOUR - 1, HOUR, 0)], EIGHT + HOUR)
    [claim] = (await ledger.claim(EIGHT + 2 * HOUR - 1, 10)).claims
    settled = await ledger.settle([Struck(claim, "read-only", 0, HOUR, EIGHT + DAY)], EIGHT + 2 * HOUR)
    assert settled.paused == [claim]
    paused = await Subscriptions(db).get(made.id)
    assert paused is not None
    assert (paused.state, paused.paused_reason, paused.next_at) == (State.PAUSED, "read-only", EIGHT + DAY)
    assert await state_of(db, claim) == ("failed", None, "read-only")
    assert [one.id for one in await Patrol(db).untold(5)] == [made.id]


async def test_a_refusal_does_not_undo_a_doubt(db: Database, ledger: Ledger) -> None:
    await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT + 1)
    await ledger.settle([Later(claim, EIGHT + 9, True, "lost")], EIGHT + 2)
    [again] = (await ledger.claim(EIGHT + 9, 10)).claims
    await ledger.settle([Struck(again, "hidden", EIGHT + 20, HOUR, 0)], EIGHT + 10)
    [third] = (await ledger.claim(EIGHT + 20, 10)).claims
    assert third.first_sent_at == EIGHT + 1


@pytest.mark.parametrize("how", ["pause", "remove"])
async def test_who_paused_meanwhile_gets_nothing(db: Database, ledger: Ledger, how: str) -> None:
    [made] = await subscribe(db, digest())
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    kept = Subscriptions(db)
    await (kept.pause(made.id, "by-person", EIGHT) if how == "pause" else kept.remove(made.id))
    claimed = await ledger.claim(EIGHT + LEASE, 10)
    assert (claimed.claims, len(claimed.passed)) == ([], 1)
    assert (await state_of(db, claim))[0] == "skipped"


async def test_a_server_that_was_left_is_kept_and_waits(db: Database, ledger: Ledger) -> None:
    [made] = await subscribe(db, digest())
    await db.write(lambda tx: tx.execute("UPDATE server SET left_at = ?1", (EIGHT - 5,)))
    claimed = await ledger.claim(EIGHT, 10)
    assert (claimed.claims, [passed.why for passed in claimed.passed]) == ([], ["left"])
    found = await Subscriptions(db).get(made.id)
    assert found is not None
    assert (found.state, found.paused_reason) == (State.PAUSED, "left")


async def test_one_row_that_cannot_be_read_hinders_no_other(db: Database, ledger: Ledger) -> None:
    bad, good = await subscribe(db, digest(channel=1), digest(channel=2))
    await db.write(
        lambda tx: tx.execute(
            "UPDATE subscription SET body = replace(body, 'UTC', 'Mars/Olympus') WHERE id = ?1", (bad.id,)
        )
    )
    assert [claim.stored.id for claim in (await ledger.claim(EIGHT, 10)).claims] == [good.id]
    assert not (await ledger.claim(EIGHT, 10)).more


async def test_given_back_is_free_at_once(db: Database, ledger: Ledger, other: Ledger) -> None:
    await subscribe(db, digest(channel=1), digest(channel=2))
    first, second = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, first, EIGHT)
    await ledger.release(EIGHT + 1)
    again = (await other.claim(EIGHT + 1, 10)).claims
    assert [(claim.key, claim.first_sent_at) for claim in again] == [(first.key, EIGHT), (second.key, None)]
    await ledger.take_over(EIGHT + 2)
    assert len((await ledger.claim(EIGHT + 2, 10)).claims) == 2


def test_a_nonce_fits_and_marks_are_told_from_discords_own() -> None:
    longest = nonce_of(2**63 - 1, 2**32 - 1)
    assert len(longest) <= 25
    markers = {marker_of(nonce_of(n, EIGHT + m)) for n in range(100) for m in range(100)}
    assert len(markers) > 9_990
    assert all(1 << 20 <= marker < 1 << 31 for marker in markers)


async def test_the_partial_indexes_are_used(db: Database, ledger: Ledger) -> None:
    from bot.store.digests.ledger_claim import DUE, EXPIRED

    for part in (DUE, EXPIRED):
        plan = " / ".join(str(row[3]) for row in await db.fetch_all(f"EXPLAIN QUERY PLAN SELECT 1 {part}", (EIGHT,)))
        assert "SCAN" not in plan, plan
