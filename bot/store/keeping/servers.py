"""What each server has chosen, and whether Sitrep is still there.

A server has a row from the first thing that is kept of it. When Sitrep leaves, the row is marked and nothing is
deleted; what is marked for long enough is purged elsewhere.
"""

from collections.abc import Callable, Collection
from enum import StrEnum

import msgspec

from bot.i18n import DEFAULT
from bot.store.counters import count, counter
from bot.store.database import Database, Writer
from bot.store.errors import StoreError

VERSION = "servers_version"
"""Key in `meta` that counts every change of a row, so that other processes notice."""
_KEEP_ROW = "INSERT INTO server (id, settings) VALUES (?1, '{}') ON CONFLICT (id) DO NOTHING"


class Repeat(StrEnum):
    """What happens to a post that may or may not have arrived, where Sitrep cannot read the channel to find out."""

    SKIP = "skip"
    REPEAT = "repeat"


class Told(StrEnum):
    """Where a server hears what editors decided on its proposals."""

    LOG = "log"
    PROPOSER = "proposer"


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The choices of one server; the defaults are those of a server that chose nothing.

    Attributes:
        language: of what Sitrep posts by itself, an IETF tag.
        corrections_role: id of the role whose members correct figures as holders of Manage Messages do.
        log_channel: id of the channel that hears of corrections, decisions and paused digests.
        time_zone: IANA name, proposed where a digest names none.
        repeat: what to do when it is not known whether a post arrived.
        decisions: where decisions on proposals are told.
    """

    language: str = DEFAULT
    corrections_role: str | None = None
    log_channel: str | None = None
    time_zone: str = "UTC"
    repeat: Repeat = Repeat.SKIP
    decisions: Told = Told.LOG


NOTHING_CHOSEN = ServerSettings()

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ServerSettings).decode


class Servers:
    """The table `server`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._version = 0
        self._known: dict[str, ServerSettings] = {}

    def known(self, server: str | None) -> ServerSettings:
        """The settings as they were at the last `renew`: for wording, never for deciding who may do what."""
        return self._known.get(server, NOTHING_CHOSEN) if server is not None else NOTHING_CHOSEN

    async def renew(self) -> bool:
        """Read what `known` gives again if this process or another changed it; whether they did.

        Raises:
            StoreError: the file fails, or a row cannot be read.
        """
        version = await counter(self._database, VERSION)
        if version == self._version:
            return False
        rows = await self._database.fetch_all("SELECT id, settings FROM server WHERE settings <> '{}'")
        self._known = {server: _read(server, text) for server, text in rows}
        self._version = version
        return True

    async def read(self, server: str) -> ServerSettings:
        """The settings as they stand in the database at this moment.

        Raises:
            StoreError: the file fails, or the row cannot be read.
        """
        row = await self._database.fetch_one("SELECT settings FROM server WHERE id = ?1", (server,))
        return _read(server, row[0]) if row is not None else NOTHING_CHOSEN

    async def change(
        self, server: str, change: Callable[[ServerSettings], ServerSettings]
    ) -> tuple[ServerSettings, ServerSettings]:
        """Apply `change` to the settings as they are then, as one unit of work; the settings before and after.

        Raises:
            StoreError: the file fails, or the row cannot be read; nothing is changed.
        """

        async def work(tx: Writer) -> tuple[ServerSettings, ServerSettings]:
            await ensure(tx, server)
            row = await tx.fetch_one("SELECT settings FROM server WHERE id = ?1", (server,))
            assert row is not None
            before = _read(server, row[0])
            after = change(before)
            if after != before:
                await tx.execute("UPDATE server SET settings = ?2 WHERE id = ?1", (server, _encode(after).decode()))
                await count(tx, VERSION)
            return before, after

        before, after = await self._database.write(work)
        self._known = {**self._known, server: after}
        return before, after

    async def left(self, server: str, now: int) -> None:
        """Sitrep was removed from the server, or the server is gone. Nothing of it is deleted.

        Args:
            now: seconds since the epoch, UTC.
        """

        async def work(tx: Writer) -> None:
            await _keep_correctors(tx)
            await tx.execute("UPDATE server SET left_at = coalesce(left_at, ?2) WHERE id = ?1", (server, now))

        await self._database.write(work)

    async def joined(self, server: str) -> None:
        """Sitrep is in the server, be it again."""
        gone = "SELECT 1 FROM server WHERE id = ?1 AND left_at IS NOT NULL"
        if await self._database.fetch_one(gone, (server,)) is None:
            return  # after an outage thousands come back at once, and none of them has anything to be written

        async def work(tx: Writer) -> None:
            await tx.execute("UPDATE server SET left_at = NULL WHERE id = ?1", (server,))

        await self._database.write(work)

    async def present(self, servers: Collection[str], now: int) -> None:
        """Sitrep is in these servers and no others: what happened while it was not connected.

        Args:
            servers: all of them, also those that are unavailable at the moment.
            now: seconds since the epoch, UTC.
        """
        here = msgspec.json.encode(sorted(servers)).decode()

        async def work(tx: Writer) -> None:
            await _keep_correctors(tx)
            inside = "id IN (SELECT value FROM json_each(?1))"
            await tx.execute(f"UPDATE server SET left_at = NULL WHERE left_at IS NOT NULL AND {inside}", (here,))
            await tx.execute(f"UPDATE server SET left_at = ?2 WHERE left_at IS NULL AND NOT {inside}", (here, now))

        await self._database.write(work)

    async def left_before(self, moment: int, *, limit: int) -> list[str]:
        """Servers that Sitrep has been away from since before `moment`, the longest first.

        Args:
            moment: seconds since the epoch, UTC.
        """
        rows = await self._database.fetch_all(
            "SELECT id FROM server WHERE left_at < ?1 ORDER BY left_at, id LIMIT ?2", (moment, limit)
        )
        return [row[0] for row in rows]


async def ensure(tx: Writer, server: str) -> None:
    """Within a unit of work: give the server a row, before anything refers to it."""
    await tx.execute(_KEEP_ROW, (server,))


async def _keep_correctors(tx: Writer) -> None:
    """A server that only corrected figures has something to be purged, too."""
    rows = await tx.fetch_all("SELECT DISTINCT scope FROM correction WHERE scope <> ''")
    await tx.executemany(_KEEP_ROW, rows)


def _read(server: str, text: str) -> ServerSettings:
    try:
        return _decode(text)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"The settings of the server {server} in the database cannot be read: {error}.",
            "Mend the row of the table server, or empty it to {}.",
        ) from error
