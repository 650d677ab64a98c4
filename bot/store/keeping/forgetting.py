"""Taking a person's id out of what they made. What they made stays: others rely on it, and its history says why."""

from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.store.counters import changed
from bot.store.database import Writer
from bot.store.exchange.exporting import EDITOR, MODERATOR

NOBODY = "0"
"""Stands for whoever made a digest; no account of Discord's has this id."""


class Forgotten(NamedTuple):
    """How much bore the id."""

    corrections: int
    proposals: int
    digests: int
    drafts: int


async def forget(tx: Writer, person: str) -> Forgotten:
    """Within a unit of work: put in the place of the id what the person was, and drop what they had only begun.

    Args:
        person: the id of a Discord account.
    """
    scopes = await tx.fetch_all("SELECT DISTINCT scope FROM revision WHERE author = ?1", (person,))
    stand_in = "author = CASE scope WHEN ?2 THEN ?3 ELSE ?4 END WHERE author = ?1"
    values = (person, EVERYONE, EDITOR, MODERATOR)
    corrections = await tx.execute(f"UPDATE revision SET {stand_in}", values)
    await tx.execute(f"UPDATE correction SET {stand_in}", values)
    proposed = await tx.execute("UPDATE proposal SET proposed_by = ?2 WHERE proposed_by = ?1", (person, MODERATOR))
    decided = await tx.execute("UPDATE proposal SET decided_by = ?2 WHERE decided_by = ?1", (person, EDITOR))
    digests = await tx.execute("UPDATE subscription SET created_by = ?2 WHERE created_by = ?1", (person, NOBODY))
    drafts = await tx.execute("DELETE FROM draft WHERE author = ?1", (person,))
    for (scope,) in scopes:
        await changed(tx, scope)
    return Forgotten(corrections, proposed + decided, digests, drafts)
