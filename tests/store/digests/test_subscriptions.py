"""Subscriptions at rest: what goes in comes out, and every change keeps what it must."""

from datetime import UTC, date, datetime, time

import pytest

from bot.store.database import Database
from bot.store.digests.subscriptions import BY_PERSON, Counts, State, Subscriptions
from bot.store.migrate import migrate
from bot.subscriptions.errors import SubscriptionError
from bot.subscriptions.quiet import parse_quiet
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import Slot
from bot.subscriptions.subscription import Corrections, Limits, Subscription, Unchanged
from bot.subscriptions.zone import zone_named

NOW = int(datetime(2026, 3, 2, 7, 59, 58, tzinfo=UTC).timestamp())
SERVER, CHANNEL, PERSON = 1001, 2001, 3001


def digest(rule: str = "daily 08:00", zone: str = "UTC", **more: object) -> Subscription:
    return Subscription(server=SERVER, channel=CHANNEL, rule=parse_rule(rule), zone=zone_named(zone), **more)  # type: ignore[arg-type]


@pytest.fixture
async def kept(db: Database) -> Subscriptions:
    await migrate(db, now=NOW)
    return Subscriptions(db)


@pytest.mark.parametrize(
    "subscription",
    [
        digest(),
        digest("hourly :15", "Asia/Kathmandu"),
        digest("0 8 1,15 * *", "Europe/Berlin"),
        digest(
            "mon,thu 18:00",
            "Asia/Damascus",
            topics=("deaths", "displaced"),
            places=("aleppo", "shaar"),
            language="ar",
            unchanged=Unchanged.ONE_LINE,
            corrections=Corrections.WITH_NEXT,
            quiet=parse_quiet("22:00-07:00"),
        ),
    ],
    ids=lambda subscription: str(subscription.rule),
)
async def test_what_goes_in_comes_out(kept: Subscriptions, subscription: Subscription) -> None:
    added = await kept.add(subscription, by=PERSON, now=NOW)
    assert added == await kept.get(added.id)
    assert [added] == await kept.listing(SERVER)
    assert added.subscription == subscription
    assert (added.created_by, added.created_at, added.state, added.seen) == (PERSON, NOW, State.ACTIVE, None)


async def test_it_is_due_from_its_first_slot_on(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    assert added.next_at == NOW + 2
    assert await kept.due(NOW + 1, 10) == []
    assert await kept.due(NOW + 2, 10) == [added]
    assert await kept.listing(SERVER + 1) == []


async def test_a_server_has_only_so_many(kept: Subscriptions) -> None:
    first = await kept.add(digest(), by=PERSON, now=NOW, limits=Limits(1))
    with pytest.raises(SubscriptionError, match="1 digests"):
        await kept.add(digest(), by=PERSON, now=NOW, limits=Limits(1))
    assert await kept.remove(first.id)
    assert await kept.add(digest(), by=PERSON, now=NOW, limits=Limits(1))
    assert await kept.counts() == await kept.counts(SERVER) == Counts(1, 0)
    assert await kept.counts(SERVER + 1) == Counts(0, 0)


async def test_a_pause_ends_with_the_first_slot_after_resuming(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    assert await kept.pause(added.id, BY_PERSON, NOW + 1)
    assert not await kept.pause(added.id, "forbidden", NOW + 1)
    paused = await kept.get(added.id)
    assert paused is not None
    assert (paused.state, paused.paused_reason, paused.paused_at, paused.next_at) == (
        State.PAUSED,
        BY_PERSON,
        NOW + 1,
        None,
    )
    assert await kept.due(NOW + 86_400, 10) == []
    resumed = await kept.resume(added.id, NOW + 10)
    assert resumed is not None
    assert (resumed.state, resumed.paused_reason, resumed.next_at) == (State.ACTIVE, None, NOW + 2 + 86_400)


async def test_a_change_of_topics_loses_no_slot_that_is_just_due(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    changed = await kept.edit(added.id, digest(topics=("deaths",)), NOW + 3)
    assert changed is not None
    assert (changed.next_at, changed.subscription.topics) == (NOW + 2, ("deaths",))


async def test_another_time_counts_from_now(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    changed = await kept.edit(added.id, digest("daily 09:00"), NOW + 3)
    assert changed is not None
    assert changed.next_at == NOW + 2 + 3600
    other = Subscription(server=SERVER + 1, channel=CHANNEL, rule=parse_rule("daily 09:00"), zone=zone_named("UTC"))
    assert await kept.edit(added.id, other, NOW) is None


async def test_a_paused_one_that_is_edited_stays_paused(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    await kept.pause(added.id, "forbidden", NOW, probe_at=NOW + 900)
    changed = await kept.edit(added.id, digest("daily 09:00"), NOW + 3)
    assert changed is not None
    assert (changed.state, changed.next_at) == (State.PAUSED, NOW + 900)


async def test_removed_is_gone_for_everyone(kept: Subscriptions) -> None:
    added = await kept.add(digest(), by=PERSON, now=NOW)
    assert await kept.remove(added.id)
    assert not await kept.remove(added.id)
    assert await kept.get(added.id) is None
    assert await kept.resume(added.id, NOW) is None
    assert await kept.edit(added.id, digest(), NOW) is None
    assert await kept.listing(SERVER) == await kept.due(NOW + 9, 9) == []


async def test_the_second_pass_of_a_repeated_hour_is_told_from_the_first(db: Database, kept: Subscriptions) -> None:
    added = await kept.add(digest("hourly :30", "Europe/Berlin"), by=PERSON, now=NOW)
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    await db.write(
        lambda tx: tx.execute(
            "UPDATE subscription SET handled_at = ?1, handled_date = '2026-10-25', handled_time = '02:30:00+'",
            (int(at.timestamp()),),
        )
    )
    found = await kept.get(added.id)
    assert found is not None
    assert found.handled == Slot(at, date(2026, 10, 25), time(2, 30, fold=1))
