"""Reading revisions one by one: the latest of a scope, one by its number, and how many there are."""

from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _
from bot.store.bodies import decode_fact
from bot.store.counters import counter
from bot.store.reader import Reader
from bot.store.writer import Row

COLUMNS = "r.scope, r.number, r.kind, r.author, r.reason, r.evidence, r.recorded_at, r.body, r.restores"
"""Of `revision r`, in the order `recorded` reads them."""
EARLIEST = -(2**62)
"""Before any time on record."""


class Numbers(NamedTuple):
    """What somebody who looks at a fact in a server sees: the latest number there and for everyone, 0 for none, and
    how often the server was wiped. For everyone, `own` and `wipes` are 0."""

    own: int
    everyone: int
    wipes: int


def recorded(row: Row) -> Revision:
    """The revision in a row of `COLUMNS`."""
    scope, number, kind, author, reason, evidence, recorded_at, body, restores = row
    return Revision(
        fact=decode_fact(body), scope=scope, number=number, kind=CorrectionKind(kind), author=author, reason=reason,
        evidence=evidence, recorded_at=recorded_at, restores=restores,
    )  # fmt: skip


async def latest(reader: Reader, fact: str, scope: str, as_of: int | None = None) -> Revision | None:
    """The latest revision in exactly this scope, None when there is none.

    Args:
        as_of: only those recorded until then, seconds since the epoch.
    """
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.recorded_at <= ?3 "
        "ORDER BY r.number DESC LIMIT 1",
        (fact, scope, as_of if as_of is not None else 2**62),
    )
    return recorded(row) if row is not None else None


async def revision(reader: Reader, fact: str, scope: str, number: int) -> Revision | None:
    """One revision."""
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.number = ?3", (fact, scope, number)
    )
    return recorded(row) if row is not None else None


async def numbers(reader: Reader, fact: str, scope: str) -> Numbers:
    """What there is to see of `fact` in `scope` now.

    Raises:
        SitrepError: there is no such fact.
    """
    rows = await reader.fetch_all(
        "SELECT scope, MAX(number) FROM revision WHERE fact = ?1 AND scope IN (?2, ?3) GROUP BY scope",
        (fact, scope, EVERYONE),
    )
    found: dict[str, int] = dict(rows)
    if EVERYONE not in found:
        raise SitrepError(_("Sitrep has no fact “{fact}”.").format(fact=fact[:60]), _("Choose one of those offered."))
    if scope == EVERYONE:
        return Numbers(0, found[EVERYONE], 0)
    return Numbers(found.get(scope, 0), found[EVERYONE], await counter(reader, f"wipes:{scope}"))
