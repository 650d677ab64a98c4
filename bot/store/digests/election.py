"""Which of several processes with one token sends: they share Discord's 50 requests a second, so only one does."""

from bot.store.database import Database, Writer

KEY = "sender"
"""Key in `meta`: until when whose lease holds."""


class Election:
    """A lease that one process holds at a time."""

    def __init__(self, database: Database, owner: str, *, seconds: int) -> None:
        """
        Args:
            owner: a name that no other process, and no earlier run of this one, has; without spaces.
            seconds: after which another may take over when nothing is heard of the holder.
        """
        self._database = database
        self._owner = owner
        self._seconds = seconds
        self._held_until = 0

    def holds(self, now: int) -> bool:
        """Whether the lease is this process's, as far as it knows without asking."""
        return now < self._held_until

    async def stand(self, now: int) -> bool:
        """Take the lease if it is free, and renew it in good time; whether it has just been taken.

        Ask `holds` afterwards. Now is in seconds since the epoch, UTC.

        Raises:
            StoreError: the database fails.
        """
        if self._held_until - now > self._seconds / 2:
            return False
        row = await self._database.fetch_one("SELECT value FROM meta WHERE key = ?1", (KEY,))
        if row is not None and not self._may(row[0], now):
            self._held_until = 0
            return False

        async def work(tx: Writer) -> str | None:
            row = await tx.fetch_one("SELECT value FROM meta WHERE key = ?1", (KEY,))
            before = None if row is None else str(row[0])
            if before is not None and not self._may(before, now):
                return None
            await tx.execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (KEY, f"{now + self._seconds} {self._owner}"),
            )
            return before or ""

        before = await self._database.write(work)
        self._held_until = 0 if before is None else now + self._seconds
        return before is not None and _owner(before) != self._owner

    async def resign(self) -> None:
        """Let another take over at once."""
        self._held_until = 0

        async def work(tx: Writer) -> None:
            row = await tx.fetch_one("SELECT value FROM meta WHERE key = ?1", (KEY,))
            if row is not None and _owner(row[0]) == self._owner:
                await tx.execute("DELETE FROM meta WHERE key = ?1", (KEY,))

        await self._database.write(work)

    def _may(self, value: str, now: int) -> bool:
        return _owner(value) == self._owner or int(value.partition(" ")[0]) <= now


def _owner(value: str) -> str:
    return value.partition(" ")[2]
