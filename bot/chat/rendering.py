"""A page becomes Discord components: one container, the bold number first, the doubt and the source right under it.

The payload is built as Discord takes it and kept, so that the same answer costs nothing the second time. Limits:
40 components counting nested ones, 4,000 characters of text in all (Discord's documentation, Components V2).
"""

from typing import Any, NamedTuple

import discord

from bot.answers.page import (
    Choice,
    Day,
    Entry,
    Follow,
    Instant,
    Link,
    Page,
    Quiet,
    Section,
    Someone,
    Strong,
    Struck,
    Text,
)
from bot.answers.question import Question, encode
from bot.chat.correcting.ids import Step, custom_id
from bot.chat.custom_ids import QUESTION
from bot.chat.escape import escape, label, line_start, link
from bot.i18n import _, ngettext

MAX_COMPONENTS = 40
MAX_TEXT = 4000
IN_A_ROW = 5
"""Most buttons in a row."""
CHOOSE = QUESTION + "?"
TURN = QUESTION + ">"
"""Before the question of a button whose answer takes the place of the page, rather than coming anew."""
MAX_NOTES = 4
"""Notes kept on a page that is too long otherwise."""

Component = dict[str, Any]

_CONTAINER, _TEXT, _SEPARATOR, _ROW, _BUTTON, _SELECT = 17, 10, 14, 1, 2, 3
_SECONDARY = 2
_NOON = 12 * 3600
_EPOCH_ORDINAL = 719163
_ACCENTS = {
    "casualties": 0x8B2D32,
    "displaced": 0x3B6EA5,
    "place": 0x4F7A4C,
    "control": 0x7A5C99,
    "timeline": 0x6B7280,
    "statements": 0x5B7C8D,
    "compare": 0x9A7B3F,
    "sources": 0x5E6470,
    "record": 0x5E6470,
    "about": 0x4B5563,
    "correction": 0xB4840B,
    "digest": 0x2F6F6A,
    "changes": 0x2F6F6B,
    "error": 0xB45309,
}
_SPOKEN = ("error", "place", "digest")
# Tried in turn until everything fits: the most characters a line may have.
_LINE_LIMITS = (1200, 500, 320, 200, 120, 70)


class Answered(NamedTuple):
    """What an answer was made from, so that a correction finds whoever was shown the figure.

    Attributes:
        scope: whose view it is: `EVERYONE`, or the id of a server that has corrections of its own.
        sequence: every revision up to this one had been taken into account.
        facts: ids of all facts shown.
    """

    question: Question
    scope: str
    language: str
    sequence: int
    facts: tuple[str, ...]


class Prepared(discord.ui.LayoutView):
    """A finished layout. Its buttons are answered by `presses.Press`, so it never waits for one itself: discord.py
    would keep every waiting layout in memory for good."""

    def __init__(self, components: list[Component], answered: Answered | None = None) -> None:
        super().__init__(timeout=None)
        self._payload = components
        self.answered = answered
        self.stop()

    def to_components(self) -> list[Component]:
        """The components as they go over the wire."""
        return self._payload

    def has_components_v2(self) -> bool:
        """Always: a container is."""
        return True


def render(page: Page) -> list[Component]:
    """The components of a page, within Discord's limits whatever the page holds."""
    for limit in _LINE_LIMITS:
        components = _container(page, limit)
        if _text_length(components) <= MAX_TEXT:
            return [components]
    return [_shortened(page)]


def _shortened(page: Page) -> Component:
    """The page without as many of its last entries as must go, and a word about it."""
    sections, dropped = list(page.sections), 0
    while True:
        said = ngettext(
            "{count} entry is too long for Discord and left out here.",
            "{count} entries are too long for Discord and left out here.",
            dropped,
        ).format(count=dropped)
        notes = (*page.notes[:MAX_NOTES], (said,)) if dropped else page.notes[:MAX_NOTES]
        components = _container(page._replace(sections=tuple(sections), notes=notes), _LINE_LIMITS[-1])
        if _text_length(components) <= MAX_TEXT:
            return components
        while sections and not sections[-1].entries:
            sections.pop()
        if not sections:
            raise ValueError("a page whose title and notes alone are too long")
        sections[-1] = sections[-1]._replace(entries=sections[-1].entries[:-1])
        dropped += 1


def _container(page: Page, limit: int) -> Component:
    inside: list[Component] = [_text(_header(page, limit))]
    for section in page.sections:
        if said := _section(section, limit):
            inside += [{"type": _SEPARATOR, "divider": True, "spacing": 1}, *said]
    notes = [_note(words, page.accent) for note in page.notes if (words := markup(note, limit)).strip()]
    if notes:
        inside += [{"type": _SEPARATOR, "divider": True, "spacing": 1}, _text("\n".join(notes))]
    rows = _rows(page)
    room = MAX_COMPONENTS - 1 - sum(1 + len(row["components"]) for row in rows)
    if len(inside) > room:
        inside = _merged(inside)
    if len(inside) > room:
        inside = _merged([component for component in inside if component["type"] == _TEXT])
    return {
        "type": _CONTAINER,
        "accent_color": _ACCENTS.get(page.accent, _ACCENTS["about"]),
        "components": [*inside, *rows],
    }


def _note(words: str, accent: str) -> str:
    """Small, except where the note is all there is to read."""
    return line_start(words) if accent in _SPOKEN else f"-# {words}"


def _header(page: Page, limit: int) -> str:
    lines = [f"## {escape(label(page.title, 100))}"]
    if page.aside:
        lines.append(line_start(escape(label(page.aside, 200))))
    if page.subtitle:
        lines.append(f"-# {markup(page.subtitle, limit)}")
    return "\n".join(lines)


def _section(section: Section, limit: int) -> list[Component]:
    found = [_text(f"**{escape(label(section.heading, 150))}**")] if section.heading else []
    entries = (_entry(entry, limit) for entry in section.entries)
    return found + [_text(said) for said in entries if said.strip()]


def _entry(entry: Entry, limit: int) -> str:
    lines = [line_start(markup(entry.lead, limit))]
    # The doubt and the source first: they are never more than a line away from their number.
    # And they get twice the room before they are cut.
    if entry.detail:
        lines.append(f"-# {markup(entry.detail, 2 * limit)}")
    lines += [f"-# └ {markup(line, limit)}" for line in entry.below]
    return "\n".join(lines)


def markup(text: Text, limit: int) -> str:
    """The text in Discord's markdown, on one line, cut with an ellipsis behind `limit` characters."""
    found: list[str] = []
    left = limit
    for fragment in text:
        if type(fragment) is str and len(fragment) <= left:  # by far the most
            found.append(escape(fragment))
            left -= len(fragment)
            continue
        if left <= 0 and fragment:
            found.append("…")
            break
        if isinstance(fragment, Day):
            found.append(f"<t:{(fragment.day.toordinal() - _EPOCH_ORDINAL) * 86400 + _NOON}:D>")
            left -= 16
            continue
        if isinstance(fragment, Instant):
            found.append(f"<t:{fragment.seconds}:f>")
            left -= 22
            continue
        if isinstance(fragment, Someone):
            found.append(f"<@{fragment.person}>" if fragment.person.isdecimal() else escape(fragment.person))
            left -= 22
            continue
        if isinstance(fragment, Link):
            found.append(link(fragment.url, left))
            left -= len(found[-1])
            continue
        words = fragment if isinstance(fragment, str) else fragment.text
        cut = len(words) > left
        safe = escape(words[: max(0, left - 1)] + "…" if cut else words)
        left -= len(words)
        if isinstance(fragment, Strong):
            found.append(_wrapped(safe, "**"))
        elif isinstance(fragment, Quiet):
            found.append(_wrapped(safe, "*"))
        elif isinstance(fragment, Struck):
            found.append(_wrapped(safe, "~~"))
        else:
            found.append(safe)
        if cut:
            break
    return "".join(found)


def _wrapped(words: str, mark: str) -> str:
    """Emphasis closes only beside a letter, so spaces stay outside."""
    inner = words.strip()
    if inner == words and words:
        return f"{mark}{words}{mark}"
    if not inner:
        return words
    before = words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"


def _rows(page: Page) -> list[Component]:
    rows: list[Component] = []
    # By question, as a custom id may stand in a message only once.
    turns = {
        question: words for question, words in ((page.previous, _("‹ Back")), (page.next, _("More ›"))) if question
    }
    paging = [Follow(words, question) for question, words in turns.items()]
    if page.choices and page.choose:
        rows.append({"type": _ROW, "components": [_select(page.choose, page.choices[:25])]})
    asked = list(
        {
            follow.question: follow for follow in page.follow if not (page.asks_back and follow.question in turns)
        }.values()
    )
    for follows, prefix in ((paging, TURN), (asked[:IN_A_ROW], TURN if page.asks_back else QUESTION)):
        if follows:
            rows.append({"type": _ROW, "components": [_button(follow, prefix) for follow in follows]})
    changed = [page.changed] if page.changed is not None else []
    last = [_button(one, QUESTION) for one in changed if one.question not in {other.question for other in asked}]
    if page.correct is not None:
        last.append(_plain(_("Correct a figure"), custom_id(Step.PICK, encode(page.correct))))
    # Always the last: beside what is asked next, or under it where that fills its row.
    if last and asked and len(asked) + len(last) <= IN_A_ROW:
        rows[-1]["components"] += last
    elif last:
        rows.append({"type": _ROW, "components": last})
    return rows


def _button(follow: Follow, prefix: str) -> Component:
    return _plain(follow.label, prefix + encode(follow.question))


def _plain(words: str, custom_id: str) -> Component:
    return {"type": _BUTTON, "style": _SECONDARY, "label": label(words, 80), "custom_id": custom_id}


def _select(placeholder: str, choices: tuple[Choice, ...]) -> Component:
    options = [
        {
            "label": label(choice.label, 100),
            "description": label(choice.description, 100),
            "value": encode(choice.question),
        }
        for choice in {choice.question: choice for choice in choices}.values()
    ]
    return {"type": _SELECT, "custom_id": CHOOSE, "placeholder": label(placeholder, 150), "options": options}


def _text(content: str) -> Component:
    # The dot stays at the end of what it follows: on a phone no line begins with one.
    return {"type": _TEXT, "content": content.replace(" · ", "\u00a0· ")}


def _merged(components: list[Component]) -> list[Component]:
    """Neighbouring texts as one component, for pages with many entries."""
    found: list[Component] = []
    for component in components:
        if component["type"] == _TEXT and found and found[-1]["type"] == _TEXT:
            found[-1] = _text(f"{found[-1]['content']}\n{component['content']}")
        else:
            found.append(component)
    return found


def _text_length(container: Component) -> int:
    return sum(len(component["content"]) for component in container["components"] if component["type"] == _TEXT)
