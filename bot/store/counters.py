"""Numbers that never go back: the order of all revisions, and how often what a scope sees has changed."""

from bot.facts.revision import EVERYONE
from bot.store.reader import Reader
from bot.store.writer import Writer

SEQUENCE = "revision_sequence"
"""The counter of all revisions, whatever their scope."""


async def changed(tx: Writer, scope: str) -> None:
    """Let whoever remembers answers know that those of `scope` are out of date."""
    await count(tx, version_key(scope))


def version_key(scope: str) -> str:
    """Under which `meta` counts the changes: those for everyone with those of the seeds, a server's by themselves."""
    return "data_version" if scope == EVERYONE else f"data_version:{scope}"


async def next_sequences(tx: Writer, many: int) -> int:
    """Take `many` of the numbers that give all revisions their order, one or more; the first of them.

    From a counter and not from the table: what a wipe takes away must not give its numbers to later revisions, which
    nobody who has seen "up to" them would be told of. Whoever counts holds the counter until the commit, so that the
    numbers ascend in the order of commits however many processes write.
    """
    return await count(tx, SEQUENCE, by=many) - many + 1


async def count(tx: Writer, key: str, *, by: int = 1) -> int:
    """Add to a counter that never goes back; its new value."""
    row = await tx.fetch_one(
        "INSERT INTO meta (key, value) VALUES (?1, CAST(?2 AS TEXT)) "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + ?2 AS TEXT) RETURNING value",
        (key, by),
    )
    assert row is not None
    return int(row[0])


async def counter(reader: Reader, key: str) -> int:
    """The value of a counter, 0 before its first."""
    row = await reader.fetch_one("SELECT value FROM meta WHERE key = ?1", (key,))
    return int(row[0]) if row is not None else 0


async def latest_sequence(reader: Reader) -> int:
    """The sequence of the latest revision there is, whatever its scope; 0 before the first."""
    return await counter(reader, SEQUENCE)
