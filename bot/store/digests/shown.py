"""What stands in channels: public answers, with the figures they show and the page they are."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.store.database import Database, Writer
from bot.store.reader import Reader

SHOWN_FOR = 90 * 24 * 3600
"""Seconds for which it is known what a message showed, unless the settings say otherwise."""


class Sighting(NamedTuple):
    """A public answer.

    Attributes:
        scope: as whom it was answered; `server` is where it stands.
        question: as a button carries it.
        upto: every revision up to this sequence had been taken into account.
        page: key of the page; the page itself is kept once for all messages that show the same.
        shown_at: seconds since the epoch, UTC.
    """

    message: str
    channel: str
    server: str
    scope: str
    language: str
    question: str
    upto: int
    facts: tuple[str, ...]
    page: str
    shown_at: int


async def known_pages(reader: Reader, keys: Sequence[str]) -> set[str]:
    """Those of the keys whose pages are kept already."""
    found: set[str] = set()
    for key in dict.fromkeys(keys):
        if await reader.fetch_one("SELECT 1 FROM shown_page WHERE key = ?1", (key,)) is not None:
            found.add(key)
    return found


async def record(database: Database, sightings: Sequence[Sighting], pages: dict[str, str]) -> None:
    """Keep what was shown, as one unit of work. A message that shows another page now is kept with both's facts.

    Args:
        pages: bodies of the pages that are not kept yet, by their keys.

    Raises:
        StoreError: the database fails.
    """

    async def work(tx: Writer) -> None:
        await tx.executemany(
            "INSERT INTO shown_page (key, body) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING", list(pages.items())
        )
        await tx.executemany(
            "INSERT INTO shown (message, channel, server, scope, language, question, upto, shown_at, page) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT id FROM shown_page WHERE key = ?9)) "
            "ON CONFLICT (message) DO UPDATE SET scope = excluded.scope, language = excluded.language, "
            "question = excluded.question, upto = excluded.upto, page = excluded.page",
            [
                (one.message, one.channel, one.server, one.scope, one.language, one.question, one.upto, one.shown_at,
                 one.page)
                for one in sightings
            ],
        )  # fmt: skip
        # Facts may have gone from the database since, with a conflict that was taken out.
        await tx.executemany(
            "INSERT INTO shown_fact (message, fact) SELECT ?1, id FROM fact WHERE id = ?2 ON CONFLICT DO NOTHING",
            [(one.message, fact) for one in sightings for fact in one.facts],
        )

    await database.write(work)


async def forget_before(tx: Writer, moment: int) -> int:
    """Within a unit of work: drop what was shown before `moment`, seconds since the epoch; the number of messages."""
    await tx.execute(
        "DELETE FROM shown_fact WHERE message IN (SELECT message FROM shown WHERE shown_at < ?1)", (moment,)
    )
    gone = await tx.execute("DELETE FROM shown WHERE shown_at < ?1", (moment,))
    await tx.execute("DELETE FROM mending WHERE at < ?1 AND state <> 'pending'", (moment,))
    await tx.execute("DELETE FROM notice WHERE at < ?1 AND state NOT IN ('pending', 'sent')", (moment,))
    if gone:
        await tx.execute(
            "DELETE FROM shown_page WHERE NOT EXISTS (SELECT 1 FROM shown WHERE shown.page = shown_page.id)"
        )
    return gone
