"""Corrections being made: what was typed and what its author was shown, kept between one click and the next.

`keep`, `saw`, `retype`, `made`, `drop` and `purge` are bodies of a unit of work (`Database.write`).
"""

import secrets

import msgspec

from bot.errors import SitrepError
from bot.i18n import _
from bot.store.database import Row, Writer
from bot.store.reader import Reader
from bot.store.revisions.recorded import Numbers

KEPT_FOR = 24 * 3600
"""Seconds after which a draft is thrown away, whatever became of it."""
KEPT_OF_ONE = 50
"""Drafts of one person that are kept; older ones go."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A correction that waits for its author's word, or has become a revision.

    Attributes:
        id: cannot be guessed; the request under which the correction is recorded.
        author, server: ids of the one person and the one server it belongs to.
        typed: the fields of the form as typed, by their names.
        seen: what there was when it was shown to its author last.
        opened: what there was when they began to type; what came about since then is told with every look.
        version: from 1; counts every change.
        made: scope and number of the revision it became.
        created_at: seconds since the epoch, UTC.
    """

    id: str
    author: str
    server: str
    fact: str
    typed: dict[str, str]
    seen: Numbers
    opened: Numbers
    version: int
    made: tuple[str, int] | None
    created_at: int


class NoDraftError(SitrepError):
    """There is no such draft, or not for this person in this server."""


async def keep(
    tx: Writer, *, author: str, server: str, fact: str, typed: dict[str, str], seen: tuple[int, int, int], now: int
) -> Draft:
    """Keep what was typed under a new id.

    Args:
        now: seconds since the epoch, UTC.
    """
    await purge(tx, now)
    draft = Draft(
        id=secrets.token_urlsafe(12), author=author, server=server, fact=fact, typed=typed, seen=Numbers(*seen),
        opened=Numbers(*seen), version=1, made=None, created_at=now,
    )  # fmt: skip
    await tx.execute(
        "INSERT INTO draft (id, author, server, fact, typed, own, everyone, wipes, opened, version, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        (draft.id, author, server, fact, _encode(typed), *seen, _encode(seen), draft.version, now),
    )
    await tx.execute(
        "DELETE FROM draft WHERE author = ?1 AND id NOT IN "
        "(SELECT id FROM draft WHERE author = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2)",
        (author, KEPT_OF_ONE),
    )
    return draft


async def get(reader: Reader, draft_id: str, *, author: str, server: str) -> Draft:
    """One person's draft in one server.

    Raises:
        NoDraftError: there is none of this id any more, or it belongs to somebody or somewhere else.
    """
    row = await reader.fetch_one(f"SELECT {_COLUMNS} FROM draft WHERE id = ?1", (draft_id,))
    if row is None:
        raise NoDraftError(
            _("This correction does not wait any more: it was cancelled, or begun more than a day ago."),
            _("Begin it again with /correct."),
        )
    draft = _draft(row)
    if draft.author != author:
        raise NoDraftError(_("This correction is somebody else's."), _("Make your own with /correct."))
    if draft.server != server:
        raise NoDraftError(_("This correction was begun in another server."), _("Go on with it there."))
    return draft


async def saw(tx: Writer, draft: Draft, seen: tuple[int, int, int]) -> Draft:
    """Its author is shown what there is now. Confirmations of what was before count no more.

    Raises:
        NoDraftError: it is gone.
    """
    await tx.execute(
        "UPDATE draft SET own = ?2, everyone = ?3, wipes = ?4, version = version + 1 "
        "WHERE id = ?1 AND made_scope IS NULL",
        (draft.id, *seen),
    )
    return await get(tx, draft.id, author=draft.author, server=draft.server)


async def retype(tx: Writer, draft: Draft, typed: dict[str, str]) -> Draft:
    """Its author has typed something else, on what they were shown last.

    Raises:
        NoDraftError: it is gone.
    """
    await tx.execute(
        "UPDATE draft SET typed = ?2, opened = ?3, version = version + 1 WHERE id = ?1 AND made_scope IS NULL",
        (draft.id, _encode(typed), _encode(draft.seen)),
    )
    return await get(tx, draft.id, author=draft.author, server=draft.server)


async def made(tx: Writer, draft: Draft, scope: str, number: int) -> None:
    """It has become a revision. In the same unit of work as the revision itself."""
    await tx.execute("UPDATE draft SET made_scope = ?2, made_number = ?3 WHERE id = ?1", (draft.id, scope, number))


async def drop(tx: Writer, draft: Draft) -> None:
    """Its author does not want it any more."""
    await tx.execute("DELETE FROM draft WHERE id = ?1 AND made_scope IS NULL", (draft.id,))


async def purge(tx: Writer, now: int) -> int:
    """Throw away what is older than `KEPT_FOR`; how many.

    Args:
        now: seconds since the epoch, UTC.
    """
    return await tx.execute("DELETE FROM draft WHERE created_at < ?1", (now - KEPT_FOR,))


_COLUMNS = "id, author, server, fact, typed, own, everyone, wipes, opened, version, made_scope, made_number, created_at"
_decode = msgspec.json.Decoder(dict[str, str]).decode
_numbers = msgspec.json.Decoder(tuple[int, int, int]).decode


def _encode(value: dict[str, str] | tuple[int, int, int]) -> str:
    return msgspec.json.encode(value).decode()


def _draft(row: Row) -> Draft:
    draft_id, author, server, fact, typed, own, everyone, wipes, opened, version, scope, number, created_at = row
    return Draft(
        id=draft_id,
        author=author,
        server=server,
        fact=fact,
        typed=_decode(typed),
        seen=Numbers(own, everyone, wipes),
        opened=Numbers(*_numbers(opened)),
        version=version,
        made=None if scope is None else (scope, number),
        created_at=created_at,
    )
