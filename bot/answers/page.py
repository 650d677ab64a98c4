"""What an answer says, before it takes the shape of any chat: plain text with a little emphasis, never markup."""

from datetime import date
from typing import NamedTuple

from bot.answers.question import Question


class Strong(NamedTuple):
    """Words to be seen first."""

    text: str


class Quiet(NamedTuple):
    """Words to be seen last."""

    text: str


class Day(NamedTuple):
    """A day, shown to each reader in their own language."""

    day: date


class Instant(NamedTuple):
    """A moment, seconds since the epoch, shown to each reader in their own language and time zone."""

    seconds: int


class Struck(NamedTuple):
    """Words that no longer hold, crossed out."""

    text: str


class Someone(NamedTuple):
    """A person, shown under the name they go by there, and not called. Only in a server they are known to be in.

    Attributes:
        person: their id.
    """

    person: str


class Link(NamedTuple):
    """The address of a web page, as `bot.corrections.link` gives it; shown under the name of its site, which is where
    it leads."""

    url: str


Fragment = str | Strong | Quiet | Struck | Day | Instant | Someone | Link
Text = tuple[Fragment, ...]


class Entry(NamedTuple):
    """One figure, event or claim.

    Attributes:
        lead: the number with its hedge, who, what happened, where.
        detail: window, by whom, source, publisher; small.
        below: facts shown under it, a line each.
        facts: ids of what is shown, the main one first and those below it after; empty for an entry that shows none.
    """

    lead: Text
    detail: Text = ()
    below: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()


class Section(NamedTuple):
    """Entries under a heading of their own, if any."""

    heading: str | None
    entries: tuple[Entry, ...]


class Follow(NamedTuple):
    """A question that a reader asks next, as a button."""

    label: str
    question: Question


class Choice(NamedTuple):
    """A question to be picked from a list."""

    label: str
    description: str
    question: Question


class Page(NamedTuple):
    """An answer, or a page of one.

    Attributes:
        accent: what it is about, which decides its colour ("casualties", "place", …).
        aside: the title in another language or script, on a line of its own so that it scrambles nothing.
        notes: what a reader must know about the whole (what is not added up, and why).
        previous, next: the pages around it.
        follow: five at most.
        changed: the question what changed of it lately.
        correct: the question whose figures can be corrected from here.
        asks_back: the page asks what was meant, so the answer to its buttons takes its place.
        choices: twenty-five at most, under `choose`.
    """

    accent: str
    title: str
    subtitle: Text = ()
    aside: str | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[Text, ...] = ()
    previous: Question | None = None
    next: Question | None = None
    follow: tuple[Follow, ...] = ()
    changed: Follow | None = None
    correct: Question | None = None
    asks_back: bool = False
    choose: str | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts on the page, in its order, each once."""
        return tuple(dict.fromkeys(fact for part in self.sections for entry in part.entries for fact in entry.facts))
