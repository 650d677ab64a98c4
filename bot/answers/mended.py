"""A page that was shown, with the corrections made since: the old value struck out, the new one beside it."""

from collections.abc import Mapping

from bot.answers.change_blocks import Block
from bot.answers.change_wording import change_entry
from bot.answers.header import label
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.answers.page import Entry, Follow, Fragment, Instant, Page, Section, Strong, Struck, Text
from bot.answers.question import Ask, Question
from bot.answers.wording import join
from bot.i18n import _, ngettext
from bot.store.revisions.changes import Change


def mended(page: Page, changes: Mapping[str, Change], known: Knowledge, at: int) -> Page:
    """The page with what was corrected since.

    Args:
        changes: by the ids of the facts, from what the page shows to what holds now.
        at: when it was mended, seconds since the epoch, UTC.
    """
    concerned = [fact for fact in page.facts if fact in changes]
    if not concerned:
        return page
    sections = tuple(
        part._replace(entries=tuple(_entry(entry, changes, known) for entry in part.entries)) for part in page.sections
    )
    said = ngettext("{count} figure was corrected after this was posted:", "{count} figures were corrected after this "
                    "was posted:", len(concerned)).format(count=len(concerned))  # fmt: skip
    return page._replace(sections=sections, notes=((said, " ", Instant(at)), *page.notes))


def correction_page(change: Change, known: Knowledge) -> Page:
    """The short correction for a channel in which the figure was shown: what was wrong, what is right, why, and on
    whose evidence (as AP and BBC have it: called a correction, and sent wherever the error was)."""
    return Page(
        accent="correction",
        title=_("Correction"),
        sections=(Section(None, (change_entry(Block(change), known),)),),
        notes=((_shown_before(change),),),
        follow=(Follow(label(Ask.SOURCE), Question(Ask.SOURCE, fact=change.fact.id)),),
    )


def _shown_before(change: Change) -> str:
    old = change.before
    if old is None or not change.after.answers or old.fact.quantity != change.fact.quantity:
        return _("The figure was shown in this channel before. Where it still stands, it is struck out.")
    return _("The figure was shown in this channel before. Where it still stands, it now says so.")


def _entry(entry: Entry, changes: Mapping[str, Change], known: Knowledge) -> Entry:
    if not entry.facts or not any(fact in changes for fact in entry.facts):
        return entry
    main, below = entry.facts[0], entry.below
    new = change_entry(Block(changes[main]), known, named=True) if main in changes else None
    for fact in entry.facts[1:]:
        if fact in changes and fact != main:
            below = _below(below, changes[fact], known, new)
    if new is None:
        return entry._replace(below=below)
    return new._replace(below=(*new.below, *below), facts=entry.facts)


def _below(lines: tuple[Text, ...], change: Change, known: Knowledge, above: Entry | None) -> tuple[Text, ...]:
    """The lines under an entry, one of which shows the fact: the one with its number, if only one has it.

    Args:
        above: how the entry itself was corrected.
    """
    old = change.before
    new = change_entry(Block(change), known, named=True)
    if old is None or old.fact.quantity is None:
        return (*lines, new.lead)
    number = quantity_words(old.fact.quantity).casefold()
    found = [at for at, line in enumerate(lines) if any(_is(part, number) for part in line)]
    if len(found) != 1:
        return (*lines, new.lead)
    now = quantity_words(change.fact.quantity) if change.after.answers and change.fact.quantity is not None else None
    line: list[Fragment] = []
    for part in lines[found[0]]:
        if isinstance(part, Strong) and _is(part, number) and now != quantity_words(old.fact.quantity):
            line += [Struck(part.text), " ", Strong(now or _("withdrawn"))]
        else:
            line.append(part)
    _first, *differences = new.below
    why: tuple[Text, ...] = (new.detail, *differences)
    if above is not None and new.detail == above.detail:
        # What stands above was corrected at the same time, and says why.
        why = ((Strong(_("corrected")),), *differences)
    return (*lines[: found[0]], join([tuple(line), *why]), *lines[found[0] + 1 :])


def _is(part: object, number: str) -> bool:
    return isinstance(part, Strong) and part.text.casefold() == number
