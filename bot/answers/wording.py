"""A fact as an entry of a page. No figure is ever worded anywhere else, so none can lose its hedge or its source."""

from bot.answers.dates import window_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Fragment, Quiet, Strong, Text
from bot.answers.people import counted, measure_words
from bot.facts.fact import Fact
from bot.facts.vocabulary import Accounting, ControlStatus, Kind, RelationKind, Stance
from bot.i18n import _
from bot.store.reading.facts import Shown

# A circumstance that begins so follows without a comma: "killed in air strikes", "killed, their aircraft shot down".
_RUNS_ON = frozenset({"in", "by", "at", "near", "during", "under", "after", "from", "when", "while", "on"})
_DONE_BY_SOMEBODY = (Kind.FIGURE, Kind.EVENT)
_DOT = " · "
BELOW_LIMIT = 3
"""Facts shown under an entry; more are counted, and stand in its record."""
LABEL_LIMIT = 100
"""Longest label of a choice that Discord takes, in characters."""


def entry(shown: Shown, known: Knowledge, *, brief: bool = False, most_below: int = BELOW_LIMIT) -> Entry:
    """The fact with everything that makes it answerable.

    Args:
        brief: sources by their short names, for single events that stand close together.
        most_below: parts and other wordings shown under it.
    """
    fact = shown.fact
    attached = shown.attached[:most_below]
    below = [_below(other, fact, known, corrected=other.id in shown.corrected_below) for other in attached]
    hidden = len(shown.attached) - len(below)
    if hidden > 0:
        below.append((_("and {count} more in its record").format(count=hidden),))
    return Entry(
        lead(fact, known), detail(shown, known, brief=brief), tuple(below), (fact.id, *(other.id for other in attached))
    )


def lead(fact: Fact, known: Knowledge) -> Text:
    """The number with its hedge, who, what happened, where; or what happened or was claimed, and where."""
    where = f" · {known.place_name(fact.place)}" if fact.place is not None else ""
    if fact.kind is Kind.FIGURE:
        return (*_figure(fact), where)
    words: list[Fragment] = [fact.summary or ""]
    if fact.quantity is not None and fact.kind is Kind.CONTROL:
        number, what = counted(fact.quantity, fact)
        words = [Strong(number), f" {what}: {fact.summary or ''}"]
    if fact.kind is Kind.STATEMENT:
        return _statement(fact, known)
    return (*words, where)


def _statement(fact: Fact, known: Knowledge) -> Text:
    """The speaker, then what was said: its words begin with the verb."""
    summary = fact.summary or ""
    speakers = [known.source(source) for source in fact.sources]
    names = _(" and ").join(source.short or source.name for source in speakers)
    if not names:
        return (summary,)
    # "UN", "EU": what is written in capitals stays so.
    starts = summary[:1].lower() + summary[1:] if summary[1:2].islower() or summary[1:2] == " " else summary
    return (Strong(names), f" {starts}")


def _figure(fact: Fact) -> Text:
    if fact.quantity is None or fact.measure is None:
        raise ValueError(f"{fact.id} is no figure")
    number, people = counted(fact.quantity, fact)
    what = measure_words(fact.measure)
    words = f" {people} {what}" if people else f" {what}"
    if fact.destination_words:
        words += " " + _("to {place}").format(place=fact.destination_words)
    if fact.summary and not _running(fact):
        words += _circumstance(fact.summary)
    return (Strong(number), words)


def _circumstance(summary: str) -> str:
    return (" " if summary.partition(" ")[0] in _RUNS_ON else ", ") + summary


def when(fact: Fact) -> str:
    """The window; where it cannot be dated, the report's own words for it."""
    if not fact.window.known and fact.window_words:
        return _("“{words}”, not dated").format(words=fact.window_words)
    return window_words(fact.window)


def _running(fact: Fact) -> bool:
    """Running totals and stocks keep their first line short; their circumstance stands with the window."""
    return fact.kind is Kind.FIGURE and (fact.cumulative or fact.accounting is Accounting.STOCK)


def detail(shown: Shown, known: Knowledge, *, brief: bool = False) -> Text:
    """Window · by whom · source, via publisher."""
    fact = shown.fact
    words: list[Fragment] = [when(fact)]
    if fact.summary and _running(fact):
        words += (_DOT, fact.summary)
    if fact.actor is not None and fact.kind in _DONE_BY_SOMEBODY:
        actor = known.actor_name(fact.actor)
        # "by rebel fire" has said it already.
        if not fact.summary or actor.partition(" ")[0].casefold() not in fact.summary.casefold():
            words += (_DOT, _("by {actor}").format(actor=actor))
    if fact.status is ControlStatus.CONTESTED:
        words += (_DOT, _("contested"))
    if fact.stance is not Stance.ASSERTED:
        words += (_DOT, stance_words(fact.stance))
    words += (_DOT, *attribution(shown, known, brief=brief))
    for mark in marks(shown):
        words += (_DOT, *mark)
    return tuple(words)


def marks(shown: Shown) -> list[Text]:
    """What stands behind every figure that was corrected, wherever it is shown; nothing behind any other."""
    return [(Strong(_("corrected")),)] if shown.number > 1 or shown.own else []


def attribution(shown: Shown, known: Knowledge, *, brief: bool = False) -> Text:
    """Who says so, and who printed it; "no source named" is said, not hidden."""
    return _attributed(shown.fact, shown.publisher, known, brief=brief)


def said_by(fact: Fact, known: Knowledge) -> Text:
    """The same of a fact that comes without its report, as those of a history do."""
    printed = known.reference.publishers.get(fact.locator.report)
    if printed is None:
        return _said(fact, known, brief=False) or (_("no source named"),)
    return _attributed(fact, printed, known, brief=False)


def _attributed(fact: Fact, publisher: str, known: Knowledge, *, brief: bool) -> Text:
    source = known.source(publisher)
    printed = source.short or source.name
    if not fact.sources:
        return (_("{publisher}, no source named").format(publisher=printed),)
    words = _said(fact, known, brief=brief)
    if publisher not in fact.sources:
        words = (*words, _(", via {publisher}").format(publisher=printed))
    return words


def _said(fact: Fact, known: Knowledge, *, brief: bool) -> Text:
    """The sources by name, parties to the conflict marked; empty where the report names none."""
    words: list[Fragment] = []
    for source_id in fact.sources:
        if words:
            words.append(", ")
        source = known.source(source_id)
        words.append(Strong((source.short or source.name) if brief else source.name))
        if source.party is not None:
            words.append(Quiet(" " + party_mark(source.sort)))
    return tuple(words)


def counts_words(what: str) -> str:
    """What a source counts, behind a colon."""
    return what[:1].lower() + what[1:] if what[1:2].islower() else what


def party_mark(sort: str) -> str:
    """Behind the name of a source that belongs to a party."""
    return _("({sort}, party to the conflict)").format(sort=sort) if sort else _("(party to the conflict)")


def stance_words(stance: Stance) -> str:
    """How the report stands to the claim."""
    return {
        Stance.ASSERTED: _("asserted"),
        Stance.DENIED: _("denied"),
        Stance.HYPOTHETICAL: _("hypothetical"),
        Stance.EXPECTED: _("expected"),
        Stance.ALLEGED: _("alleged, not confirmed"),
    }[stance]


def _below(fact: Fact, whole: Fact, known: Knowledge, *, corrected: bool) -> Text:
    """A part or another wording: its own hedge and source, and all in which it differs from what stands above it."""
    part = bool(fact.related(RelationKind.PART_OF))
    if fact.quantity is None:
        first: Text = (_("also reported:") + f" {fact.summary or ''}",)
    else:
        number, people = counted(fact.quantity, fact)
        words = f" {people}" if people else ""
        if fact.measure is not None and not (part and fact.measure is whole.measure):
            words += f" {measure_words(fact.measure)}"
        if fact.destination_words and fact.destination_words != whole.destination_words:
            words += " " + _("to {place}").format(place=fact.destination_words)
        if fact.summary and fact.summary != whole.summary:
            words += _circumstance(fact.summary)
        lead_in = _("of them") if part else _("also worded")
        first = (f"{lead_in} ", Strong(number[:1].lower() + number[1:]), words)
    parts: list[Text] = [first]
    if fact.place is not None and fact.place != whole.place:
        parts.append((known.place_name(fact.place),))
    if when(fact) != when(whole):
        parts.append((when(fact),))
    said = _said(fact, known, brief=True) or (_("no source named"),)
    if (printed := _printed_elsewhere(fact, whole, known)) is not None:
        said = (*said, _(", via {publisher}").format(publisher=printed))
    parts.append(said)
    if corrected:
        parts.append((Strong(_("corrected")),))
    return join(parts)


def _printed_elsewhere(fact: Fact, whole: Fact, known: Knowledge) -> str | None:
    """Who printed what stands under a fact, where that is not who printed the fact above it."""
    publishers = known.reference.publishers
    own = publishers.get(fact.locator.report)
    if own is None or own == publishers.get(whole.locator.report) or own in fact.sources:
        return None
    publisher = known.source(own)
    return publisher.short or publisher.name


def fact_label(fact: Fact, known: Knowledge) -> str:
    """One line that tells this fact from others, at most `LABEL_LIMIT` characters."""
    words = "".join(part if isinstance(part, str) else str(part[0]) for part in lead(fact, known))
    text = f"{words} · {window_words(fact.window)}"
    return text if len(text) <= LABEL_LIMIT else text[: LABEL_LIMIT - 1] + "…"


def corrected(shown: Shown) -> tuple[str, ...]:
    """Ids of those facts of an entry that are marked as corrected in it."""
    own = (shown.fact.id,) if shown.number > 1 or shown.own else ()
    return (*own, *(fact.id for fact in shown.attached[:BELOW_LIMIT] if fact.id in shown.corrected_below))


def join(parts: list[Text]) -> Text:
    """The parts with a dot between them."""
    words: list[Fragment] = []
    for part in parts:
        if words:
            words.append(_DOT)
        words.extend(part)
    return tuple(words)
