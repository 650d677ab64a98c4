"""Which facts a message showed: public answers and digests, in their own server only."""

from pathlib import Path

from bot.store.database import Writer
from bot.store.digests.shown_facts import shown_facts
from tests.store.small_world import bring, figure, opened, world


async def fill(tx: Writer) -> None:
    await tx.execute("INSERT INTO server (id, settings) VALUES ('one', '{}')")
    await tx.execute(
        "INSERT INTO shown (message, channel, server, scope, language, question, upto, shown_at) "
        "VALUES ('answer', 'c', 'one', '', 'en', 'c', 1, 1)"
    )
    await tx.execute("INSERT INTO shown_fact (message, fact) VALUES ('answer', 'r2/1.1'), ('answer', 'r1/1.1')")
    await tx.execute(
        "INSERT INTO subscription (id, server, channel, body, created_by, created_at, state, handled_at) "
        "VALUES (1, 'one', 'c', '{}', 'mona', 1, 'active', 1)"
    )
    await tx.execute(
        "INSERT INTO edition (id, scope, language, upto, key, payload, made_at) VALUES (1, '', 'en', 1, 'k', '[]', 1)"
    )
    await tx.execute("INSERT INTO edition_fact (edition, fact) VALUES (1, 'r1/1.1')")
    await tx.execute(
        "INSERT INTO delivery (subscription, slot, channel, state, nonce, lease_until, edition, message, at) "
        "VALUES (1, 1, 'c', 'confirmed', 'n', 1, 1, 'digest', 1)"
    )


async def test_answers_and_digests(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await bring(db, world(figure("r1/1.1"), figure("r2/1.1")))
        await db.write(fill)
        assert sorted(await shown_facts(db, "answer", "one")) == ["r1/1.1", "r2/1.1"]
        assert await shown_facts(db, "digest", "one") == ("r1/1.1",)
        assert await shown_facts(db, "answer", "one", limit=1) != ()


async def test_of_another_server_or_an_unknown_message_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await bring(db, world(figure("r1/1.1"), figure("r2/1.1")))
        await db.write(fill)
        for message in ("answer", "digest"):
            assert await shown_facts(db, message, "two") == ()
        assert await shown_facts(db, "nothing", "one") == ()
