"""What somebody who corrects has before their eyes, and what came about since."""

from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting.correction_log import history, value
from bot.store.reader import Reader
from bot.store.revisions.recorded import Numbers, numbers, revision

MOST_NEWS = 5
"""Revisions that are told of at once."""


class Sight(NamedTuple):
    """A fact as a scope sees it.

    Attributes:
        revision: the one that is seen; a retraction as such.
    """

    revision: Revision
    numbers: Numbers

    @property
    def fact(self) -> Fact:
        """The fact; of one that was withdrawn, what it was."""
        return self.revision.fact

    @property
    def shown(self) -> Fact | None:
        """The fact; None for one that was withdrawn."""
        return None if self.revision.kind is CorrectionKind.RETRACTION else self.revision.fact


class News(NamedTuple):
    """What came about since somebody looked.

    Attributes:
        then: what they saw; None where it is gone, because the server's corrections were wiped.
        since: the revisions since, the latest first.
        wiped: the server's own were taken away in between.
    """

    then: Revision | None
    since: tuple[Revision, ...]
    wiped: bool


async def look(reader: Reader, fact: str, scope: str) -> Sight:
    """The fact as `scope` sees it now.

    Raises:
        SitrepError: there is no such fact.
    """
    # The numbers first: where somebody is faster in between, they are the older ones and the confirmation is refused.
    found = await numbers(reader, fact, scope)
    seen = await value(reader, fact, scope)
    assert seen is not None
    return Sight(seen, found)


async def news(reader: Reader, fact: str, server: str, seen: Numbers, now: Numbers) -> News:
    """What differs between two looks at a fact in a server."""
    wiped = seen.wipes != now.wipes
    then = None
    if seen.own and not wiped:
        then = await revision(reader, fact, server, seen.own)
    if then is None or then.restores == 0:
        then = None if wiped and seen.own else await revision(reader, fact, EVERYONE, seen.everyone)
    own = await history(reader, fact, server, limit=MOST_NEWS)
    everyone = await history(reader, fact, EVERYONE, limit=MOST_NEWS)
    since = [new for new in own if wiped or new.number > seen.own]
    since += [new for new in everyone if new.number > seen.everyone]
    since.sort(key=lambda new: -new.recorded_at)
    return News(then, tuple(since[:MOST_NEWS]), wiped)
