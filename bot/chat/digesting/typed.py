"""What a channel manager typed into the options of /digest, understood or refused with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.answers.header import TOPIC_OF, label
from bot.answers.knowledge import Knowledge
from bot.errors import SitrepError
from bot.facts.topics import Topic
from bot.i18n import DEFAULT as ENGLISH
from bot.i18n import _, has_catalogue
from bot.places.resolution import Ambiguous, Found
from bot.subscriptions.quiet import Quiet, parse_quiet
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Corrections, Subscription, Unchanged
from bot.subscriptions.zone_find import find_zone

_ECHO = 60
ALL = "all"
"""What takes back a narrowing: all topics, everywhere; `none` does so for quiet hours."""
_NONE = ("none", "no", "off", "-")


class Wishes(NamedTuple):
    """The options as they were typed; None for those left out."""

    when: str | None = None
    time_zone: str | None = None
    topics: str | None = None
    places: str | None = None
    language: str | None = None
    unchanged: str | None = None
    corrections: str | None = None
    quiet_hours: str | None = None


def changed(subscription: Subscription, wishes: Wishes, known: Knowledge, now: datetime) -> Subscription:
    """The subscription with everything that was typed.

    Args:
        now: aware; decides which zones are proposed for an offset.

    Raises:
        SitrepError: the first option that cannot be read, with an example.
    """
    new = subscription
    if wishes.when is not None:
        new = replace(new, rule=parse_rule(wishes.when))
    if wishes.time_zone is not None:
        new = replace(new, zone=find_zone(wishes.time_zone, now))
    if wishes.topics is not None:
        new = replace(new, topics=read_topics(wishes.topics))
    if wishes.places is not None:
        new = replace(new, places=read_places(wishes.places, known))
    if wishes.language is not None:
        new = replace(new, language=read_language(wishes.language))
    if wishes.unchanged is not None:
        new = replace(new, unchanged=Unchanged(wishes.unchanged))
    if wishes.corrections is not None:
        new = replace(new, corrections=Corrections(wishes.corrections))
    if wishes.quiet_hours is not None:
        new = replace(new, quiet=read_quiet(wishes.quiet_hours))
    return new


def topic_names() -> dict[str, str]:
    """The topics by their values, in the order of an edition, as they are called in the language in force."""
    return {topic.value: label(ask) for ask, topic in TOPIC_OF.items()}


def read_topics(text: str) -> tuple[str, ...]:
    """Topics between commas, by name; none for all of them.

    Raises:
        SitrepError: one of them is no topic.
    """
    names = {name.casefold(): value for value, name in topic_names().items()}
    found: list[str] = []
    for part in split(text):
        wanted = part.casefold()
        if wanted == ALL:
            return ()
        value = names.get(wanted) or next((topic.value for topic in Topic if topic.value == wanted), None)
        if value is None:
            raise SitrepError(
                _("“{text}” is no topic.").format(text=part[:_ECHO]),
                _("Choose from: {names}; or all.").format(names=", ".join(topic_names().values())),
            )
        found.append(value)
    wanted_topics = dict.fromkeys(found)
    return tuple(topic.value for topic in Topic if topic.value in wanted_topics)


def read_places(text: str, known: Knowledge) -> tuple[str, ...]:
    """Places between commas, in any spelling; none for everywhere.

    Raises:
        SitrepError: one of them is unknown, or may be several.
    """
    found: list[str] = []
    for part in split(text):
        if part.casefold() == ALL:
            return ()
        place = known.lookup.resolve(part)
        if isinstance(place, Found):
            found.append(place.place.id)
            continue
        near = place.candidates if isinstance(place, Ambiguous) else place.nearest
        names = ", ".join(one.name for one in near[:5])
        what = (
            _("“{text}” may be several places.") if isinstance(place, Ambiguous) else _("No place is called “{text}”.")
        )
        remedy = _("Did you mean one of these: {names}?").format(names=names) if names else _("Type it in another way.")
        raise SitrepError(what.format(text=part[:_ECHO]), remedy)
    return tuple(dict.fromkeys(found))


def read_language(text: str) -> str:
    """A language that Sitrep speaks.

    Raises:
        SitrepError: it does not.
    """
    tag = text.strip()
    if tag == ENGLISH or has_catalogue(tag):
        return tag
    raise SitrepError(
        _("Sitrep does not speak “{text}” yet.").format(text=tag[:_ECHO]), _("Choose one of those offered.")
    )


def read_quiet(text: str) -> Quiet | None:
    """Quiet hours, or none.

    Raises:
        QuietError: it is neither.
    """
    return None if text.strip().casefold() in _NONE else parse_quiet(text)


def split(text: str) -> list[str]:
    """What stands between commas, semicolons or the Arabic comma."""
    parts = text.replace("،", ",").replace(";", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def complete(typed: str, offered: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices that leave what was typed before the last comma as it is and complete what follows it."""
    before = split(typed.rpartition(",")[0])
    done = ", ".join(before)
    taken = {part.casefold() for part in before}
    return [
        (f"{done}, {name}" if done else name, f"{done}, {name}" if done else name)
        for name, _value in offered
        if name.casefold() not in taken
    ]
