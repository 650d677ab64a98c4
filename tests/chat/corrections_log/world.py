"""Corrections in the seeds' world, made past the forms, in one line each."""

from itertools import count
from typing import Any

from msgspec.structs import replace

from bot.app import App
from bot.facts.grammar import parse_quantity
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections, proposals
from bot.store.correcting.correction_log import value
from bot.store.correcting.proposals import Proposed
from bot.store.revisions.recorded import numbers

FACT = "afp-2016-12-03/11.1"
"""About 310 civilians killed in East Aleppo."""
OTHER = "afp-2016-12-03/23.1"
"""3 people killed in Shaar."""
REASON = "the monitor's page now says so"
LINK = "https://example.org/report?id=7"
START = 1_795_348_800
_clock = count(START)
_requests = count(1)


async def correct(
    app: App,
    words: str,
    scope: str = EVERYONE,
    fact: str = FACT,
    *,
    kind: CorrectionKind = CorrectionKind.READING,
    author: str = "77",
    at: int | None = None,
    reason: str = REASON,
    evidence: str = LINK,
    **fields: Any,
) -> Revision:
    """Correct the number as `scope` sees it now."""
    before, seen = await value(app.database, fact, scope), await numbers(app.database, fact, scope)
    assert before is not None
    after = replace(before.fact, quantity=parse_quantity(words), **fields)
    now, request = at or next(_clock), f"made-{next(_requests)}"
    done = await app.database.write(
        lambda tx: corrections.record(
            tx, after, scope=scope, kind=kind, author=author, reason=reason, evidence=evidence, expected=seen,
            request=request, now=now, places=app.library.known.places,
        )
    )  # fmt: skip
    await app.library.renew()
    return done.revision


async def undo(app: App, scope: str = EVERYONE, fact: str = FACT, author: str = "77") -> Revision:
    seen, now, request = await numbers(app.database, fact, scope), next(_clock), f"undone-{next(_requests)}"
    done = await app.database.write(
        lambda tx: corrections.undo(
            tx, fact, scope=scope, author=author, reason="no second source", expected=seen, request=request, now=now,
            places=app.library.known.places,
        )
    )  # fmt: skip
    await app.library.renew()
    return done.revision


async def propose(app: App, revision: Revision, by: str = "77") -> Proposed:
    now = next(_clock)
    return await app.database.write(lambda tx: proposals.propose(tx, revision, by=by, now=now))


async def publish(app: App, proposal: Proposed, editor: str = "99") -> Revision:
    fact = proposal.revision.fact.id
    seen, now, request = await numbers(app.database, fact, EVERYONE), next(_clock), f"published-{next(_requests)}"
    done = await app.database.write(
        lambda tx: proposals.publish(
            tx, proposal.id, editor=editor, expected=seen, request=request, now=now, places=app.library.known.places
        )
    )
    await app.library.renew()
    return done.revision
