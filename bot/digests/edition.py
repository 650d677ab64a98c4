"""An edition: what a digest says at one time, to everybody who subscribed to the same view of it.

Whoever delivers does, for each view (scope, topics, places, language, late or not) that is due:

    upto = await latest_sequence(database)                 # bot.store.counters; read once for a run
    key = edition_key(scope=…, since=seen, upto=upto, …)   # the same key, the same page: look it up before making it
    edition = await make_edition(database, known, scope=…, since=seen, upto=upto, …)

`since` is the sequence that the channel's last confirmed edition covered, None before its first; `upto` becomes that
once this edition is confirmed. Whether or not there is an edition, what lies up to `upto` is dealt with: a channel for
which `make_edition` gives None may move on to `upto` all the same.

`known` is the Knowledge as the scope sees it, read no earlier than `upto` (renew the library first), so that every
name that a change needs is there.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import NamedTuple

from bot.answers.changes import about, page_of
from bot.answers.knowledge import Knowledge
from bot.answers.page import Day, Page, Strong, Text
from bot.answers.span import Span
from bot.digests.standing import standing_page
from bot.i18n import _, ngettext, speaking
from bot.store.reader import Reader
from bot.store.revisions.changes import read_changes, told_until


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
    quiet: bool = False,
    quiet_since: int | None = None,
    preview: bool = False,
) -> str:
    """What stands for an edition: the same inputs, in whatever order topics and places are named, give the same key.

    Args are those of `make_edition` and `unchanged_edition`. quiet: for the latter, which never stands for the former:
    not every channel wants it.
    """
    day = _day(quiet_since)
    parts = (
        scope, "" if since is None else str(since), str(upto), ",".join(sorted(set(topics))),
        ",".join(sorted(set(places))), language, str(int(late)), str(merged if late else 1),
        str(int(quiet)), day.isoformat() if day is not None else "", str(int(preview)),
    )  # fmt: skip
    return blake2b("\x00".join(parts).encode(), digest_size=16).hexdigest()


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
    preview: bool = False,
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
        preview: shown to somebody who asks what would come, which the page says.

    Raises:
        ValueError: no topic is called so.
        StoreError: the database fails.
    """
    key = edition_key(
        scope=scope, since=since, upto=upto, topics=topics, places=places, language=language, late=late,
        merged=merged, preview=preview,
    )  # fmt: skip
    conflict = known.reference.conflict.id
    with speaking(language):
        if since is None:
            page = await standing_page(known, topics, places, await told_until(reader, conflict, upto))
        else:
            span = Span.over(since, upto, topics, places)
            changes = await read_changes(
                reader, conflict, scope=scope, since=since, upto=upto,
                wanted=about(known, span.topics, places or None),
            )  # fmt: skip
            if not changes.total:
                return None
            page = page_of(changes, span, known, places=places)
        page = _labelled(page, late=late, merged=merged, preview=preview)
    return Edition(page, page.facts, key, scope, language, since, upto)


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
    key = edition_key(
        scope=scope, since=since, upto=upto, topics=topics, places=places, language=language, late=late,
        merged=merged, quiet=True, quiet_since=quiet_since,
    )  # fmt: skip
    with speaking(language):
        day = _day(quiet_since)
        said: Text = (_("Nothing new since the last briefing."),)
        if day is not None:
            before, _day_mark, after = _("Nothing new since {day}.").partition("{day}")
            said = (before, Day(day), after)
        page = Page("changes", _("Briefing"), (known.reference.conflict.name,), notes=(said,))
        page = _labelled(page, late=late, merged=merged, preview=False)
    return Edition(page, (), key, scope, language, since, upto)


def _labelled(page: Page, *, late: bool, merged: int, preview: bool) -> Page:
    """The page under the name of a briefing, with a word where it comes late or is only shown."""
    words = page.subtitle
    if late:
        said = ngettext("late", "late, for {count} briefings in one", merged).format(count=merged)
        words = (*words, " · ", Strong(said))
    if preview:
        words = (*words, " · ", Strong(_("preview, posted nowhere")))
    return page._replace(subtitle=words)


def _day(seconds: int | None) -> date | None:
    return datetime.fromtimestamp(seconds, UTC).date() if seconds is not None else None
