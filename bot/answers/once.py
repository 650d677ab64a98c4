"""What a long page says again and again is said once: the full name of a source, and the reason of one correction."""

from collections.abc import Sequence

from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Fragment, Section, Strong, Text
from bot.i18n import _


def named_once(sections: Sequence[Section], known: Knowledge) -> tuple[Section, ...]:
    """Each source by its name where it comes first, then by its short name, as a newspaper does."""
    shorts = {source.name: source.short for source in known.reference.sources.values() if source.short}
    told: set[str] = set()

    def named(part: Fragment) -> Fragment:
        short = shorts.get(part.text) if isinstance(part, Strong) else None
        if short is None or not isinstance(part, Strong):
            return part
        if part.text in told:
            return Strong(short)
        told.add(part.text)
        return part

    def entry(one: Entry) -> Entry:
        detail = tuple(map(named, one.detail))  # it stands above what is below
        return one._replace(detail=detail, below=tuple(tuple(map(named, line)) for line in one.below))

    return tuple(part._replace(entries=tuple(map(entry, part.entries))) for part in sections)


def reasons_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Corrections that were made with the same words, as those of one file are: the first alone tells them."""
    made: list[Entry] = []
    last: Text = ()
    for one in entries:
        given = any(isinstance(part, str) and part.startswith("“") for part in one.detail)
        same = given and one.detail == last
        made.append(one._replace(detail=(one.detail[0], " · " + _("for the same reason"))) if same else one)
        last = one.detail
    return tuple(made)
