"""Whatever changed and however much: Discord takes every page, and each change stands in one place or is counted."""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.changes import EACH, FIRST, heading, page_of
from bot.answers.knowledge import Knowledge
from bot.answers.page import Page
from bot.answers.question import Question
from bot.answers.span import Span
from bot.chat.rendering import render
from bot.facts.fact import Fact
from bot.facts.quantity import exact
from bot.facts.revision import Revision
from bot.facts.topics import topics
from bot.facts.vocabulary import CorrectionKind
from bot.facts.window import Moment, Window
from bot.seeds.folder import Seeds
from bot.store.revisions.changes import Change, Changes, Group
from bot.store.revisions.seen import Seen
from tests import strategies
from tests.chat.generated import knowing
from tests.chat.test_rendering import check_limits
from tests.reading import read

SPAN = Span.over(1, 2)
_reasons = st.none() | strategies.texts(500)
_kinds = st.sampled_from([kind for kind in CorrectionKind if kind is not CorrectionKind.INITIAL])


@st.composite
def some_changes(draw: st.DrawFn, facts: tuple[Fact, ...]) -> Changes:
    """Changes of every sort of these facts, many of them several times under other ids, and more that were counted."""
    kept: dict[Group, list[Change]] = {group: [] for group in Group}
    copies = draw(st.integers(1, 6))
    for number, fact in enumerate(facts * copies):
        if topics(fact):
            report = fact.id.partition("/")[0]
            change = draw(_change(replace(fact, id=f"{report}/{number + 1}.1") if number >= len(facts) else fact))
            kept[change.group].append(change)
    counts = {
        group: len(found) + (draw(st.sampled_from([0, 0, 1, 10**6])) if found else 0) for group, found in kept.items()
    }
    return Changes(
        {group: tuple(sorted(found, key=lambda one: one.rank)) for group, found in kept.items()},
        counts,
        draw(st.none() | st.just(date(2016, 12, 3))),
        date(2016, 12, 7),
    )


@st.composite
def _change(draw: st.DrawFn, fact: Fact) -> Change:
    group = draw(st.sampled_from(Group))
    cause = Revision(
        fact=fact, kind=draw(_kinds), number=2, author=draw(st.sampled_from(["seeds", "4711"])), reason=draw(_reasons),
        evidence=draw(st.none() | st.sampled_from(["https://example.org/a", "the archive"])),
        scope=draw(st.sampled_from(["", "4712"])), restores=draw(st.sampled_from([None, None, 0, 1])),
    )  # fmt: skip
    after = Seen(cause, 2, strategies.SOURCES[0], date(2016, 12, 7))
    old = replace(
        fact,
        quantity=exact(7) if fact.quantity is not None and not fact.quantity.share else fact.quantity,
        window=Window(None, Moment(date(2016, 12, 3))),
        summary=draw(strategies.texts(300, 1)),
    )
    before = Seen(Revision(fact=old), 1, strategies.SOURCES[1], date(2016, 12, 3))
    if group in (Group.NEW, Group.LATE):
        return Change(group, None, after, cause)
    if group is Group.MOVED:
        other = before._replace(revision=Revision(fact=replace(old, id="old/1.1")))
        return Change(group, None, after, cause, replaces=other)
    match draw(st.sampled_from(["differs", "withdrawn", "shown again"])):
        case "withdrawn":
            gone = replace(cause, kind=CorrectionKind.RETRACTION)
            return Change(group, before, after._replace(revision=gone), gone, kind=gone.kind)
        case "shown again":
            back = before._replace(revision=replace(before.revision, kind=CorrectionKind.RETRACTION))
            return Change(group, back, after, cause, kind=cause.kind)
    return Change(group, before, after, cause, kind=cause.kind)


def walk(changes: Changes, known: Knowledge) -> list[Page]:
    """The edition, and every page behind its button."""
    pages = [page_of(changes, SPAN, known)]
    following: Question | None = next(
        (follow.question for follow in pages[0].follow if follow.question.span is not None), None
    )
    while following is not None:
        assert following.span == SPAN
        pages.append(page_of(changes, SPAN, known, offset=following.offset))
        following = pages[-1].next
        assert len(pages) < 500
    return pages


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(strategies.seeds(most=25), st.data())
async def test_each_change_stands_in_one_place_or_is_counted(seeds: Seeds, data: st.DataObject) -> None:
    async with knowing(seeds) as known:
        changes = data.draw(some_changes(tuple(seeds.facts)))
        pages = walk(changes, known)
        for page in pages:
            components = render(page)
            check_limits(components)
            assert "too long for Discord" not in read(components).text
        told = Counter(
            fact for page in pages for part in page.sections for entry in part.entries for fact in entry.facts
        )
        told.pop("old/1.1", None)
        kept = {change.fact.id: change.group for found in changes.kept.values() for change in found}
        assert told == dict.fromkeys(kept, 1)
        check_first(pages[0], changes, kept)
        # And the same again is the same.
        assert walk(changes, known) == pages


def check_first(page: Page, changes: Changes, kept: dict[str, Group]) -> None:
    """The edition has something of every group, in their order, and counts what it has no room for."""
    shown = [fact for fact in page.facts if fact in kept]
    missing = changes.total - len(shown)
    labels = [follow.label for follow in page.follow if follow.question.span is not None]
    assert labels == ([f"and {missing:,} more"] if missing else [])
    entries = [entry for part in page.sections for entry in part.entries]
    assert len(entries) <= FIRST
    headings = [part.heading for part in page.sections]
    assert headings == [heading(group) for group in Group if heading(group) in headings]
    for group in Group:
        alone = [fact for fact, of in kept.items() if of is group and group is Group.CORRECTED]
        if alone and len(entries) == FIRST:
            assert sum(kept[entry.facts[0]] is group for entry in entries) >= min(EACH, len(alone))


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(strategies.seeds(most=6))
async def test_no_change_is_a_page_that_says_so(seeds: Seeds) -> None:
    async with knowing(seeds) as known:
        nothing = Changes(dict.fromkeys(Group, ()), dict.fromkeys(Group, 0), None, None)
        page = page_of(nothing, SPAN, known)
        assert (page.sections, page.next, page.facts) == ((), None, ())
        assert "Nothing changed" in read(render(page)).text
        assert page_of(nothing, SPAN, known, offset=9).notes == page.notes
