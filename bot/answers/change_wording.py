"""A change as an entry of a page: what was told, what holds now, why, and who says so."""

from bot.answers.change_blocks import Block
from bot.answers.dates import day_words, window_words
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.answers.page import Entry, Fragment, Link, Quiet, Strong, Struck, Text
from bot.answers.people import population_words
from bot.answers.revisions import SEEDS, kind_words, what_words
from bot.answers.wording import attribution, detail, entry, join, lead, stance_words
from bot.facts.fact import Fact
from bot.facts.quantity import Modifier, Quantity
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _, ngettext
from bot.store.reading.facts import Shown
from bot.store.revisions.changes import Change, Group
from bot.store.revisions.seen import Seen

_POINTS = (Modifier.EXACT, Modifier.ABOUT, Modifier.NEARLY)
REASON_LIMIT = 300
"""Characters of a reason that are shown; the record has all of it."""


def change_entry(block: Block, known: Knowledge, *, named: bool = False) -> Entry:
    """The block as one entry, whatever sort of change it is.

    Args:
        named: call a correction one, where no heading does.
    """
    change = block.change
    if change.group is Group.CORRECTED:
        return _corrected(change, known, named=named)
    plain = _plain(block, known)
    if change.replaces is None:
        return plain
    return _moved(change, change.replaces, plain, known)


def _plain(block: Block, known: Knowledge) -> Entry:
    """The fact as every list words it, with what is told under it."""
    facts = tuple(part.change.fact for part in block.parts)
    revision = block.change.after.revision
    shown = _shown(block.change.after)._replace(
        attached=facts, number=revision.number, own=revision.scope != EVERYONE,
        corrected_below=frozenset(part.change.fact.id for part in block.parts if _is_corrected(part.change.after)),
    )  # fmt: skip
    made = entry(shown, known, most_below=len(facts))
    below = [(*line, *_since(part)) for line, part in zip(made.below, block.parts, strict=True)]
    if block.steps:
        below.append((_("earlier:") + " ", *_steps(block.steps, known)))
    shown_facts = [*made.facts, *(change.fact.id for change in block.changes())]
    return made._replace(below=tuple(below), facts=tuple(dict.fromkeys(shown_facts)))


def _is_corrected(seen: Seen) -> bool:
    return seen.revision.number > 1 or seen.revision.scope != EVERYONE


def _since(part: Block) -> Text:
    """Behind a part: what was told of it before, and the steps in between."""
    words: list[Fragment] = []
    if part.change.replaces is not None and part.change.replaces.fact.quantity is not None:
        said = quantity_words(part.change.replaces.fact.quantity) + _mark(part.change.replaces)
        words.append(" · " + _("before: {value}").format(value=said))
    if part.steps:
        steps = "; ".join(_told(step.after) for step in part.steps)
        words.append(" · " + _("earlier:") + f" {steps}")
    return tuple(words)


def _steps(steps: list[Change], known: Knowledge) -> Text:
    words: list[Fragment] = []
    for step in steps:
        publisher = known.source(step.after.publisher)
        printed = _(", via {publisher}").format(publisher=publisher.short or publisher.name)
        words.append(f"{'; ' if words else ''}{_told(step.after)}{printed}")
    return tuple(words)


def _moved(change: Change, old: Seen, plain: Entry, known: Knowledge) -> Entry:
    """A figure that takes the place of one that was told."""
    fact = change.fact
    before, now = old.fact.quantity, fact.quantity
    if before is None or now is None:
        was: Text = (_("before:") + " ", *lead(old.fact, known), " · ", *attribution(_shown(old), known, brief=True))
        return plain._replace(below=(*plain.below, was), facts=(*plain.facts, old.fact.id))
    said = quantity_words(before)
    words: Text = (f"{said[:1].upper()}{said[1:]} → ", *_going_on(plain.lead))
    moved = _movement(before, now, change.after.last_day - old.last_day)
    told: Text = (
        _("before: {value}").format(value=said),
        f" {_until(old)}{_mark(old)} · ",
        *attribution(_shown(old), known, brief=True),
    )
    below = [*plain.below, told]
    if fact.cumulative and _falls(before, now):
        said = _("A running total that falls was counted anew or in another way. Both stand as they were reported.")
        below.append((said,))
    return plain._replace(
        lead=words,
        detail=join([part for part in ((Strong(moved),) if moved else (), plain.detail) if part]),
        below=tuple(below),
        facts=(*plain.facts, old.fact.id),
    )


def _movement(before: Quantity, now: Quantity, days: int) -> str:
    """`+59 in 4 days`, `about +59 in 4 days` where either number is no exact one; only the days where the difference
    is not known."""
    later = ngettext("{count} day later", "{count} days later", days).format(count=days) if days > 0 else ""
    points = before.modifier in _POINTS and now.modifier in _POINTS and not before.share and not now.share
    if not points or before.low is None or now.low is None:
        return later
    difference = now.low - before.low
    if not difference:
        return ", ".join([_("unchanged"), *([later] if later else [])])
    words = f"{'+' if difference > 0 else '−'}{abs(difference):,}"
    if before.modifier is not Modifier.EXACT or now.modifier is not Modifier.EXACT:
        words = _("about {difference}").format(difference=words)
    within = ngettext("in {count} day", "in {count} days", days).format(count=days) if days > 0 else ""
    return f"{words} {within}".strip()


def _falls(before: Quantity, now: Quantity) -> bool:
    """Whether the new number is lower for certain."""
    return before.share == now.share and now.high is not None and before.low is not None and now.high < before.low


def _corrected(change: Change, known: Knowledge, *, named: bool) -> Entry:
    after, old = change.after, change.before or change.replaces
    assert old is not None
    below: list[Text] = []
    if not after.answers:
        words: Text = (Strong(_("Withdrawn")), ": ", Struck(plain_words(lead(old.fact, known))))
        if not after.withdrawn:
            below.append((stance_words(after.fact.stance),))
        figure = join([(window_words(old.fact.window),), attribution(_shown(old), known)])
    elif not old.answers:
        words = (Strong(_("Shown again")), ": ", *lead(after.fact, known))
        figure = detail(_shown(after), known)
    else:
        struck = _struck(old.fact, after.fact)
        figure_now = lead(after.fact, known)
        words = (*struck, *(_going_on(figure_now) if struck else figure_now))
        if named:
            words = (Strong(_("Correction")), ": ", *words)
        below += _differences(old.fact, after.fact, known)
        if old.fact.id != after.fact.id:
            below.append((_("before:") + " ", f"{_value(old)} {_until(old)} · ", *attribution(_shown(old), known)))
        figure = detail(_shown(after), known)
    ids = (after.fact.id,) if old.fact.id == after.fact.id else (after.fact.id, old.fact.id)
    return Entry(words, _why(change, known), (figure, *below), ids)


def _going_on(words: Text) -> Text:
    """The words of a figure in the middle of a line: its number began it, and begins with a capital no more."""
    first = words[0]
    if not isinstance(first, Strong):
        return words
    return (Strong(first.text[:1].lower() + first.text[1:]), *words[1:])


def _struck(old: Fact, new: Fact) -> Text:
    """The number that no longer holds, in front of the one that does."""
    if old.quantity is None or old.quantity == new.quantity:
        return ()
    said = quantity_words(old.quantity)
    return (Struck(f"{said[:1].upper()}{said[1:]}"), " → ")


def _why(change: Change, known: Knowledge) -> Text:
    """The kind, the reason, the evidence, and whether it holds in this server alone."""
    cause: Revision = change.cause
    if change.replaces is not None and change.kind is not None:
        return join([(kind_words(change.kind),), attribution(_shown(change.after), known, brief=True)])
    parts: list[Text] = [(what_words(cause),)]
    # The reason of a clarification is the note that it became. Of what a file says no longer, the kind says it all.
    withdrawn = cause.author == SEEDS and cause.kind is CorrectionKind.RETRACTION
    told = withdrawn or cause.reason == cause.fact.note
    if cause.reason and not told:
        parts.append((f"“{_cut(cause.reason)}”",))
    if cause.evidence:
        url = cause.evidence.startswith(("https://", "http://"))
        parts.append((Link(cause.evidence) if url else cause.evidence,))
    if cause.scope != EVERYONE:
        parts.append((Quiet(_("in this server")),))
    return join(parts)


def _cut(words: str) -> str:
    return words if len(words) <= REASON_LIMIT else words[:REASON_LIMIT] + "…"


def _differences(old: Fact, new: Fact, known: Knowledge) -> list[Text]:
    """A line for each field besides the number in which the two differ, as far as a list shows it."""

    def place(of: str | None) -> str:
        return known.place_name(of) if of is not None else _("not stated")

    def sources(of: Fact) -> str:
        return ", ".join(known.source(source).name for source in of.sources) or _("no source named")

    def people(of: Fact) -> str:
        return population_words(of.population, of.unit, 2) if of.population is not None else of.of or ""

    fields = (
        (_("place"), place(old.place), place(new.place)),
        (_("time"), window_words(old.window), window_words(new.window)),
        (_("who"), people(old), people(new)),
        (_("by"), *(known.actor_name(of.actor) if of.actor else _("not stated") for of in (old, new))),
        (_("source"), sources(old), sources(new)),
        (_("in words"), old.summary or "–", new.summary or "–"),
    )
    lines: list[Text] = [(f"{name}: ", Struck(was), f" → {now}") for name, was, now in fields if was != now]
    if new.note is not None and new.note != old.note:
        lines.append((f"{_('note')}: {_cut(new.note)}",))
    return lines


def _shown(seen: Seen) -> Shown:
    """For wording beside what changed, which says itself whether it is a correction."""
    return Shown(seen.fact, seen.publisher, seen.published, 1)


def _value(seen: Seen) -> str:
    return quantity_words(seen.fact.quantity) if seen.fact.quantity is not None else seen.fact.summary or ""


def _told(seen: Seen) -> str:
    """`311 by 3 Dec 2016 (corrected)`."""
    return f"{_value(seen)} {_until(seen)}{_mark(seen)}"


def _mark(seen: Seen) -> str:
    """Behind an earlier figure that was corrected, as `marks` is behind the present ones."""
    corrected = seen.revision.number > 1 or seen.revision.scope != EVERYONE
    return f" ({_('corrected')})" if corrected else ""


def _until(seen: Seen) -> str:
    """`by 3 Dec 2016`."""
    end = seen.fact.window.end
    return _("by {end}").format(end=day_words(end.last if end is not None else seen.published))


def plain_words(text: Text) -> str:
    """The words without their emphasis."""
    return "".join(part if isinstance(part, str) else str(part[0]) for part in text)
