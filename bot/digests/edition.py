"""An edition: what a digest says at one time, to everybody who subscribed to the same view of it.

Whoever delivers does, for each view (scope, topics, places, language, late or not) that is due:

    upto = await latest_sequence(database)                 # bot.store.changes; read once for a run
    key = edition_key(scope=…, since=seen, upto=upto, …)   # the same key, the same page: look it up before making it
    edition = await make_edition(database, known, scope=…, since=seen, upto=upto, …)

`since` is the sequence that the channel's last confirmed edition covered, None before its first; `upto` becomes that
once this edition is confirmed. Whether or not there is an edition, what lies up to `upto` is dealt with: a channel for
which `make_edition` gives None may move on to `upto` all the same.

`known` is the Knowledge as the scope sees it, read no earlier than `upto` (renew the library first), so that every
name that a change needs is there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.knowledge import Knowledge
from bot.answers.page import Page
from bot.store.revising import Reader


class Edition(NamedTuple):
    """A finished edition.

    Attributes:
        page: in the language asked for; `bot.chat.rendering.render` fits it into a message.
        facts: ids of the facts that the page shows, in its order: who sees the page has seen them as of `upto`.
        key: of `edition_key`.
    """

    page: Page
    facts: tuple[str, ...]
    key: str
    scope: str
    language: str
    since: int | None
    upto: int


def edition_key(
    *,
    scope: str,
    since: int | None,
    upto: int,
    topics: Sequence[str] = (),
    places: Sequence[str] = (),
    language: str = "en",
    late: bool = False,
    merged: int = 1,
    quiet_since: int | None = None,
) -> str:
    """What stands for an edition: the same inputs, in whatever order topics and places are named, give the same key.

    Args:
        as for `make_edition`.
    """
    raise NotImplementedError


async def make_edition(
    reader: Reader,
    known: Knowledge,
    *,
    scope: str,
    since: int | None,
    upto: int,
    topics: Sequence[str] = (),
    places: Sequence[str] = (),
    language: str = "en",
    late: bool = False,
    merged: int = 1,
) -> Edition | None:
    """What changed for `scope` after the sequence `since`, up to `upto`; None when nothing did.

    Args:
        reader: the database.
        since: what the reader has been told already; None for the standing picture of a first edition.
        upto: the latest sequence that counts.
        topics: values of `bot.facts.topics.Topic`; empty for all.
        places: ids of the gazetteer; what lies within counts too. Empty for everywhere.
        language: IETF tag.
        late: delivered later than it was due, which the page says.
        merged: how many editions that were due this one stands for, from 1.

    Raises:
        StoreError: the database fails.
    """
    raise NotImplementedError


def unchanged_edition(
    known: Knowledge,
    *,
    scope: str,
    since: int,
    upto: int,
    topics: Sequence[str] = (),
    places: Sequence[str] = (),
    language: str = "en",
    late: bool = False,
    merged: int = 1,
    quiet_since: int | None = None,
) -> Edition:
    """The one line for a channel that wants to hear that nothing changed.

    Args:
        quiet_since: when the channel was last told something, seconds since the epoch, UTC; None if that is not known.
            Only its day is shown, and counts for the key.
    """
    raise NotImplementedError
