"""A draft's fields in a few words, for the table, the page and the summaries of a report file."""

from bot.extraction.draft import Draft
from bot.facts.grammar import to_words
from bot.facts.vocabulary import Kind


def amount(draft: Draft) -> str:
    """ "at least 69 civilians", "about 60 percent of …"; empty where the claim has no number."""
    if draft.quantity is None:
        return ""
    counted = draft.unit_words or (draft.population.value if draft.population is not None else "")
    if draft.quantity.share and draft.of:
        counted = f"of {draft.of}"
    elif draft.kind is not Kind.FIGURE:
        counted = draft.of or ""
    return f"{to_words(draft.quantity)} {counted}".strip()


def when(draft: Draft) -> str:
    """The window in figures, and the words it was read from."""
    days = str(draft.window) if draft.window is not None else "unknown"
    return f"{days} ({draft.window_words})" if draft.window_words else days


def where(draft: Draft) -> str:
    """The place, marked when it was carried over from an earlier sentence."""
    if draft.place is None:
        return draft.place_words or ""
    return f"{draft.place} (carried over)" if "place" in draft.inherited else draft.place


def summary(draft: Draft) -> str:
    """One line in the project's words, from the fields alone: what a person edits before it is loaded."""
    what = draft.title.replace("_", " ")
    if draft.kind is Kind.CONTROL:
        return f"Reported {what}: {draft.place or draft.place_words or 'an area'}"
    if draft.kind is Kind.EVENT:
        return f"Reported {what}" + (f" at {draft.place}" if draft.place else "")
    if draft.kind is Kind.STATEMENT:
        return f"A statement by {draft.source or 'a speaker who is not named'}"
    return f"Reported {what}"


def relation(draft: Draft) -> str:
    """How it stands to another draft of the report."""
    if draft.part_of is not None:
        return f"part of {draft.part_of + 1}"
    return f"restates {draft.restates + 1}" if draft.restates is not None else ""
