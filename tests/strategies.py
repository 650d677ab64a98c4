"""Whatever the data may hold: text meant to do harm, pages, and reports within the format of the seed files."""

from datetime import date

import msgspec
from hypothesis import strategies as st

from bot.answers.page import Choice, Day, Entry, Follow, Page, Quiet, Section, Strong
from bot.answers.question import LATEST, Ask, Question
from bot.facts.fact import Actor, Conflict, Report, Source
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, Stance, Unit
from bot.places.gazetteer import Gazetteer
from bot.places.place import KINDS, Place
from bot.seeds.folder import LoadedReport, Seeds
from bot.seeds.format import FactEntry
from bot.seeds.meaning import to_fact

HARMFUL = (
    "@everyone", "@here", "<@1>", "<@&1>", "<#1>", "<t:0:R>", "<:a:1>", "</a:1>", "**", "__", "~~", "||", "`", "```",
    "> ", ">>> ", "# ", "-# ", "- ", "1. ", "[a](https://b.example)", "https://b.example", "\\", "\n", "\r\n", "\t",
    "\u202e", "\u2066", "\u200f", "\u2028", "\x00", "\x85", "e" + "\u0301" * 9, "حلب", "الشيخ سعيد", "👨‍👩‍👧", "W" * 90,
)  # fmt: skip
"""Text that formats, pings, links, breaks lines or turns the reading direction in Discord."""

_letters = st.characters(exclude_categories=["Cs"])


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Any text of so many characters, harmful more often than not."""
    pieces = st.lists(st.sampled_from(HARMFUL) | st.text(_letters, max_size=8), max_size=5).map("".join)
    long = st.sampled_from(["*", "W", "ش", "_ ", "a b "]).map(lambda piece: piece * most)
    return (pieces | long).map(lambda text: text[:most]).map(lambda text: text + "x" * (least - len(text)))


ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
_longest = st.sampled_from(["a" * 30, "b" * 30])
_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_list_asks = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
_times = st.none() | st.integers(0, LATEST)
_any_id = st.none() | ids | _longest

questions = st.one_of(
    st.builds(
        Question,
        ask=st.sampled_from([*_list_asks, Ask.DISTRICT, Ask.COMPARE, Ask.SOURCES]),
        place=_any_id,
        source=_any_id,
        since=st.none() | _days,
        until=st.none() | _days,
        population=st.none() | st.sampled_from(Population),
        offset=st.integers(0, 10**6),
        as_of=_times,
    ),
    st.builds(
        Question,
        ask=st.just(Ask.PROVENANCE),
        place=_any_id,
        source=_any_id,
        since=st.none() | _days,
        until=st.none() | _days,
        population=st.none() | st.sampled_from(Population),
        offset=st.integers(0, 10**6),
        of=st.sampled_from([*_list_asks, Ask.DISTRICT]),
        as_of=_times,
    ),
    st.builds(
        Question,
        ask=st.just(Ask.SOURCE),
        fact=st.builds("{}/{}".format, ids | _longest, st.sampled_from(["1.1", "12345.678"])),
    ),
    st.sampled_from([Question(Ask.HELP), Question(Ask.PRIVACY)]),
)
"""Every question that a button may carry."""

_words = st.one_of(
    texts(400), texts(120).map(Strong), texts(120).map(Quiet), st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(Day)
)
page_text = st.lists(_words, max_size=3).map(tuple)
_entries = st.builds(
    Entry, lead=page_text, detail=page_text, below=st.lists(page_text, max_size=2).map(tuple), facts=st.just(())
)
_sections = st.builds(Section, heading=st.none() | texts(200), entries=st.lists(_entries, max_size=4).map(tuple))

pages = st.builds(
    Page,
    accent=st.sampled_from(["casualties", "place", "error", "nothing known of this"]),
    title=texts(300),
    subtitle=page_text,
    aside=st.none() | texts(300),
    sections=st.lists(_sections, max_size=5).map(tuple),
    notes=st.lists(page_text, max_size=6).map(tuple),
    previous=st.none() | questions,
    next=st.none() | questions,
    follow=st.lists(st.builds(Follow, texts(120), questions), max_size=7).map(tuple),
    choose=st.none() | texts(200),
    changed=st.none() | st.builds(Follow, texts(120), questions),
    correct=st.none() | questions,
    choices=st.lists(st.builds(Choice, texts(150), texts(150), questions), max_size=4).map(tuple),
)
"""Every page, also such as no answer makes."""

_quantities = st.sampled_from(
    ["0", "1", "about 310", "at least 69", "more than 300,000", "nearly 1", "up to 200", "between 20 and 30", "unknown",
     "tens of thousands", "a handful", "dozens", "several", "1,000,000,000,000"]
)  # fmt: skip
_shares = st.sampled_from(["about 60 percent", "more than half", "three quarters", "a third"])
_windows = st.sampled_from(
    ["unknown", "2016-12-03", "2016-11-15/2016-12-03", "2011-03/2016-12-03", "../2016-12-03", "2016-11-15~/2016-12-03",
     "2016", "2016-22", "2012-07~", "2016-12-03/..", "0001-01-01", "9999-12-31"]
)  # fmt: skip
_line = texts(300, 1)
_short = texts(80, 1)
PLACES, ACTORS, SOURCES = ("here", "there", "a" * 30), ("one-side", "other-side"), ("p" * 30, "watch", "loud-side")


@st.composite
def fact_entries(draw: st.DrawFn, number: int) -> FactEntry:
    """One fact of a seed file, of any kind, with the fields that its kind needs."""
    kind = draw(st.sampled_from(Kind))
    figure, share = kind is Kind.FIGURE, draw(st.booleans())
    quantity = draw(_shares if share else _quantities) if figure or draw(st.booleans()) else None
    accounting = draw(st.sampled_from(Accounting)) if figure else None
    whole = f"{draw(st.integers(1, number - 1))}.1" if number > 1 and draw(st.booleans()) else None
    return FactEntry(
        id=f"{number}.1",
        kind=kind,
        sentence=draw(st.integers(1, 100_000)),
        window=draw(_windows),
        window_words=draw(st.none() | _short),
        measure=draw(st.sampled_from(Measure)) if figure else None,
        quantity=quantity,
        of=draw(_short) if quantity is not None and (share or not figure) else None,
        population=draw(st.sampled_from(Population)) if figure else None,
        unit=draw(st.sampled_from(Unit)) if figure else None,
        accounting=accounting,
        cumulative=figure and accounting is Accounting.FLOW and draw(st.booleans()),
        place=draw(st.sampled_from(PLACES)),
        place_words=draw(st.none() | _short),
        destination_words=draw(st.none() | _short) if figure else None,
        status=draw(st.sampled_from(ControlStatus)) if kind is Kind.CONTROL else None,
        event=draw(st.sampled_from(EventType)) if kind is Kind.EVENT else None,
        actor=draw(st.sampled_from(ACTORS)),
        sources=draw(st.lists(st.sampled_from(SOURCES), min_size=kind is Kind.STATEMENT, max_size=3, unique=True)),
        part_of=whole if draw(st.booleans()) else None,
        restates=whole if draw(st.booleans()) else None,
        stance=draw(st.sampled_from([Stance.ASSERTED, Stance.ASSERTED, Stance.ALLEGED])),
        summary=draw(_line),
        note=draw(st.none() | _line),
    )


@st.composite
def seeds(draw: st.DrawFn, *, most: int = 14) -> Seeds:
    """A conflict with a report of up to `most` facts, and with names of every sort."""

    def refuse(field: str, problem: str, _remedy: str) -> Exception:
        return AssertionError(f"the strategy left the format: {field}: {problem}")

    report = Report(draw(_longest), SOURCES[0], date(2016, 12, 3), draw(_line))
    entries = [draw(fact_entries(number)) for number in range(1, draw(st.integers(1, most)) + 1)]
    facts = []
    for entry in entries:
        msgspec.convert(msgspec.to_builtins(entry), FactEntry)
        facts.append(to_fact(entry, report.id, refuse))
    names = [draw(_short) for _ in range(3)]
    kinds = [draw(st.sampled_from(sorted(KINDS))) for _ in range(2)]
    return Seeds(
        conflict=Conflict("test", draw(_short), PLACES[0]),
        actors=tuple(Actor(actor, draw(texts(60, 1))) for actor in ACTORS),
        sources=tuple(
            Source(source, draw(_short), draw(_short), draw(st.none() | texts(24, 1)), draw(st.none() | _line), party)
            for source, party in zip(SOURCES, (None, None, ACTORS[0]), strict=True)
        ),
        places=Gazetteer(
            Place(place, name, draw(st.none() | _short), (), None, None, kind, part, "test", "none")
            for place, name, kind, part in zip(PLACES, names, ("country", *kinds), (None, *PLACES[:1] * 2), strict=True)
        ),
        reports=(LoadedReport(report, tuple(facts)),),
    )
