"""The earlier values of a figure that can be given back, in the history of one server or in everyone's."""

from typing import NamedTuple

from bot.answers.revisions import fact_seen
from bot.chat.corrections_log.ids import Reference
from bot.chat.corrections_log.reading import Undoing, read
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting.correction_log import history, value
from bot.store.reader import Reader
from bot.store.revisions.recorded import latest, numbers

MOST = 25
"""Options that Discord takes in one list. Values older than these are given back under their own correction."""


class Earlier(NamedTuple):
    """A value that can be given back.

    Attributes:
        reference: what is given back; of a server's own history, 0 is what everyone sees.
        revision: what is seen then.
    """

    reference: Reference
    revision: Revision


async def earlier(reader: Reader, fact: str, scope: str) -> tuple[Earlier, ...]:
    """What can be given back, each value once and none that is seen now, the latest first."""
    found = await history(reader, fact, scope, limit=MOST)
    if not found:
        return ()
    own = scope != EVERYONE
    told = [fact_seen(found[0])]
    options: list[Earlier] = []
    # From the first on: a value goes by the revision that brought it, not by those that gave it back.
    if own and (everyones := await latest(reader, fact, EVERYONE)) is not None:
        if found[0].restores == 0:
            told = [fact_seen(everyones)]
        elif fact_seen(everyones) not in told:
            told.append(fact_seen(everyones))
            options.append(Earlier(Reference(own, 0, fact), everyones))
    for one in reversed(found[1:]):
        if one.restores != 0 and fact_seen(one) not in told:
            told.append(fact_seen(one))
            options.append(Earlier(Reference(own, one.number, fact), one))
    return tuple(options[::-1])


async def giving_back(reader: Reader, wanted: Reference, server: str) -> Undoing:
    """What giving back an earlier value would do.

    Args:
        server: id of the server where it is asked; `EVERYONE` in a direct message.

    Raises:
        SitrepError: there is no such value, or it is what is seen now.
    """
    scope = server if wanted.own else EVERYONE
    # The numbers first: where somebody is faster in between, they are the older ones and it is refused.
    seen = await numbers(reader, wanted.fact, scope)
    now, back = await value(reader, wanted.fact, scope), await latest(reader, wanted.fact, EVERYONE)
    if wanted.number or not wanted.own:
        one = await read(reader, wanted, server)
        back = one if one.restores != 0 else back
    latest_number = seen.own if wanted.own else seen.everyone
    if now is None or back is None or wanted.number >= latest_number or fact_seen(now) == fact_seen(back):
        raise SitrepError(
            _("That is what the figure says now."), _("/corrections show offers what it said before.")
        )  # fmt: skip
    return Undoing(now, back, seen)


async def can_be_given_back(reader: Reader, one: Revision) -> bool:
    """Whether an earlier revision of a history says something else than what is seen now."""
    now, back = await value(reader, one.fact.id, one.scope), one
    if one.restores == 0:
        back = await latest(reader, one.fact.id, EVERYONE) or one
    return fact_seen(now) != fact_seen(back)
