"""A database that can take nothing more for a while: nothing half-written, and it goes on when there is room."""

from bot.store.database import Database
from tests.digests.posting import Posting
from tests.store.ledgers import EIGHT, HOUR, digest, subscribe

ROOMY = 1 << 30


async def limit(db: Database, pages: int) -> None:
    # The limit is SQLite's own and of one connection, so it has to be said to the writer itself.
    await db._writer.execute(f"PRAGMA max_page_count={pages}")


async def fill(db: Database) -> None:
    """Take the room that is left in the pages that there are, then allow no more."""
    [[pages]] = await db.fetch_all("PRAGMA page_count")
    await limit(db, pages)


async def test_a_full_disk_stops_delivery_and_room_lets_it_go_on(db: Database) -> None:
    made = await subscribe(db, *(digest("hourly :00", server=1000 + n, channel=n) for n in range(1, 301)))
    posting = Posting(db, EIGHT)
    await fill(db)
    await posting.tick()
    assert posting.channels.posts == {}, "nothing is sent that could not be noted before"
    assert await db.fetch_all("SELECT * FROM delivery") == []
    assert await db.fetch_all("SELECT DISTINCT handled_at FROM subscription") == [(EIGHT - 60,)]
    await limit(db, ROOMY)
    for _ in range(10):
        await posting.tick(2)
    assert {channel: len(posts) for channel, posts in posting.channels.posts.items()} == dict.fromkeys(
        range(1, len(made) + 1), 1
    )


async def test_it_fills_up_between_the_post_and_its_confirmation(db: Database) -> None:
    await subscribe(db, digest("hourly :00"))
    posting = Posting(db, EIGHT)
    send = posting.channels.send

    async def send_then_fill(*args: object) -> object:
        answer = await send(*args)  # type: ignore[arg-type]
        # So full that not even a row can be changed.
        await db._writer.execute("PRAGMA query_only=ON")
        return answer

    posting.channels.send = send_then_fill  # type: ignore[method-assign,assignment]
    await posting.tick()
    [[state]] = await db.fetch_all("SELECT state FROM delivery")
    assert state == "sent"
    posting.channels.send = send  # type: ignore[method-assign]
    await posting.tick(2)
    await db._writer.execute("PRAGMA query_only=OFF")
    await posting.tick(2)
    assert await db.fetch_all("SELECT state, message FROM delivery") == [("confirmed", "1")]
    await posting.tick(HOUR)
    assert len(posting.channels.posts[2001]) == 2
