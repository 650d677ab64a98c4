"""Editions over the seeds and the reports held back, against what a person would write of them."""

import pytest

from bot.digests.edition import edition_key, make_edition, unchanged_edition
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import language
from bot.store.database import Database
from tests.digests.aleppo import Aleppo, seen
from tests.store import by_hand

EAST, WEST = "afp-2016-12-03/11.1", "afp-2016-12-03/12.1"
BEFORE = ("2016-12-07-afp", "2016-12-07-morning-star", "2016-12-07-rferl", "2016-12-07-sky-news", "2016-12-07-tgcom24")


@pytest.fixture
async def aleppo(db: Database) -> Aleppo:
    """The first report, of 3 December."""
    world = Aleppo(db)
    await world.load()
    return world


# What is told, by the report that brings it


async def test_a_first_edition_gives_the_standing_picture(aleppo: Aleppo) -> None:
    told = await aleppo.told(None)
    assert told.title == "Where things stand"
    headings = [line for line in told.lines if line.startswith("**") and line.endswith("**")]
    assert headings == ["**Casualties**", "**Displaced**", "**Control**", "**Timeline**", "**Statements**"]
    assert "**About 310** civilians killed" in told.text
    assert "**Syrian Observatory for Human Rights**" in told.under("About 310")
    assert "**SOHR**, via AFP" in told.under("At least 69"), "a source has its full name once"
    assert "not added up" in told.text.casefold()


async def test_the_morning_star_moves_two_figures(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    told = await aleppo.told(since)
    assert told.title == "What changed"
    headings = [line for line in told.lines if line.startswith("**") and line.endswith("**")]
    assert headings == ["**Figures that moved**", "**New · Casualties**", "**New · Control**", "**New · Timeline**"]
    assert told.line("**369**").startswith("About 310 → **369** civilians killed")
    assert told.under("369").replace("\u00a0", " ") == (
        "**about +59 in 4 days** · 15 Nov – 7 Dec 2016 · in the government's assault · "
        "**Syrian Observatory for Human Rights**, via Morning Star"
    )
    assert (
        told.line("before: about 310").replace("\u00a0", " ")
        == "-# └ before: about 310 by 3 Dec 2016 · **SOHR**, via AFP"
    )
    # Between an open bound and a number nobody knows the difference.
    assert told.line("**92**").startswith("At least 69 → **92** civilians killed")
    assert told.under("**92**").startswith("**4 days later**")
    assert told.under("**92**").endswith("**SOHR**, via Morning Star"), "a source has its full name once"
    assert "of them **45** children" in told.text, "parts stand under their whole"
    # Single events by themselves, the dead before the injured, and both before who holds what.
    order = [told.lines.index(told.line(part)) for part in ("**12** civilians", "**64** people", "**Three quarters**")]
    assert order == sorted(order)
    assert "Morning Star, no source named" in told.under("**12** civilians")


async def test_sky_news_brings_a_late_report(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-sky-news")
    told = await aleppo.told(since)
    late = told.lines.index("**Late reports for earlier days**")
    assert told.lines.index("**New**") < told.lines.index(told.line("**At least 80,000**")) < late
    assert late < told.lines.index(told.line("**About 250,000** people present"))
    assert "by mid-November 2016" in told.under("About 250,000")


async def test_index_goes_on_with_one_series_and_begins_another(aleppo: Aleppo) -> None:
    await aleppo.load(*BEFORE)
    since = await aleppo.now()
    await aleppo.load("2016-12-08-index")
    told = await aleppo.told(since)
    assert told.line("384").startswith("369 → **384** civilians killed")
    assert told.under("384").startswith("**+15 in 1 day**")
    new = next(at for at, line in enumerate(told.lines) if line.startswith("**New"))
    # People are no civilians: 114 goes on from nothing.
    assert told.lines.index("**Figures that moved**") < new < told.lines.index(told.line("**114** people killed"))
    assert "of them **118** people to three hospitals" in told.text


async def test_the_observatory_brings_more_than_fits_and_the_rest_opens(aleppo: Aleppo) -> None:
    await aleppo.load(*BEFORE, "2016-12-08-index")
    since = await aleppo.now()
    await aleppo.load("2016-12-12-sohr")
    told = await aleppo.told(since)
    assert told.line("**442**").startswith("384 → **442** civilians killed")
    assert told.under("**442**").startswith("**+58 in 4 days**")
    # 114 people in between is of another series.
    assert told.line("**130**").startswith("92 → **130** civilians killed")
    assert "of them **47** children · **SOHR** · before: 45" in told.text.replace("\u00a0", " ")
    assert told.lines.index(told.line("**1,134** people killed")) > told.lines.index("**New · Casualties**")
    rest = await aleppo.press(told, "and 3 more")
    taken = [line for line in rest.lines if line.startswith("Government forces took")]
    assert [line.rpartition("· ")[2] for line in taken] == ["Salhin", "Jisr al-Hajj", "Jalloum"]
    assert not [line for line in taken if line in told.lines], "nothing is told twice"
    back = await aleppo.press(rest, "‹ Back")
    assert back.lines == told.lines


async def test_steps_that_came_together_stand_in_one_entry(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load(*BEFORE, "2016-12-08-index", "2016-12-12-sohr")
    told = await aleppo.told(since)
    assert told.line("**442**").startswith("About 310 → **442** civilians killed")
    assert told.under("**442**").startswith("**about +132 in 9 days**")
    steps = told.line("earlier: 369")
    assert steps == "-# └ earlier: 369 by 7 Dec 2016, via Morning Star; 384 by 8 Dec 2016, via Index"


async def test_an_older_report_that_comes_last_is_late(aleppo: Aleppo) -> None:
    await aleppo.load("2016-12-12-sohr")
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    told = await aleppo.told(since)
    headings = [line for line in told.lines if line.startswith("**") and line.endswith("**")]
    assert headings == ["**Late reports for earlier days**"]
    assert told.line("**369**").startswith("**369** civilians killed"), "it takes the place of nothing"


# Corrections


async def correct(aleppo: Aleppo, words: str, scope: str, fact: str = EAST, **given: object) -> None:
    given.setdefault("kind", CorrectionKind.SOURCE)
    places = (await aleppo.library.known_in(EVERYONE)).places
    await by_hand.correct(aleppo.db, words, scope, fact, places=places, **given)


async def test_a_correction_is_marked_with_old_and_new_kind_reason_and_evidence(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await correct(aleppo, "about 300", EVERYONE)
    told = await aleppo.told(since)
    assert "**Corrections**" in told.lines
    line = told.line("**about 300**")
    assert line.startswith("~~About 310~~ → **about 300** civilians killed"), "the heading says that it is one"
    small = told.under("**about 300**").replace("\u00a0", " ")
    assert small.startswith("the source corrected itself · “the page says so”")
    assert "example.org" in small
    assert "Syrian Observatory for Human Rights" in told.text


async def test_a_corrected_file_brings_its_reason(aleppo: Aleppo) -> None:
    await aleppo.load("2016-12-08-index", "2016-12-12-sohr")
    since = await aleppo.now()
    await aleppo.load("corrected/2016-12-08-index")
    told = await aleppo.told(since)
    assert "**Corrections**" in told.lines
    assert told.line("**384**").startswith("**384** civilians killed")
    small = told.under("**384**").replace("\u00a0", " ")
    assert small.startswith("clarification · “The Observatory's own count")
    assert told.text.count("The Observatory's own count") == 1, "the same reason is given once"
    assert told.under("**114**") == "clarification · for the same reason"
    changed = [line for line in told.lines if "time:" in line]
    assert len(changed) == 4
    assert "~~since mid-November 2016, as of 8 Dec 2016~~ → 15 Nov – 8 Dec 2016" in changed[0]
    # In order by itself: the other reports go on with the count as before.
    await aleppo.load("2016-12-07-morning-star")
    record = await aleppo.library.known.facts.series("index-2016-12-08/1.1")
    assert len(record) == 4


async def test_a_correction_comes_before_late_reports_and_after_moves(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await correct(aleppo, "at least 70", EVERYONE, WEST)
    await aleppo.load("2016-12-07-morning-star", "2016-12-07-sky-news")
    told = await aleppo.told(since)
    headings = [line for line in told.lines if line.startswith("**") and line.endswith("**")]
    assert (headings[0], headings[-2:]) == (
        "**Figures that moved**",
        ["**Corrections**", "**Late reports for earlier days**"],
    )
    assert all(line.startswith("**New") for line in headings[1:-2])


async def test_a_retraction_shows_as_withdrawn_and_its_undo_as_shown_again(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await correct(aleppo, "about 310", EVERYONE, kind=CorrectionKind.RETRACTION)
    told = await aleppo.told(since)
    assert told.line("Withdrawn").startswith("**Withdrawn**: ~~About 310 civilians killed")
    assert "“the page says so”" in told.under("**Withdrawn**")
    between = await aleppo.now()
    places = aleppo.library.known.places
    await by_hand.undo(aleppo.db, EVERYONE, EAST, places=places)
    assert (
        (await aleppo.told(between)).line("Shown again").startswith("**Shown again**: **About 310** civilians killed")
    )
    assert await aleppo.edition(since) is None, "who never saw it withdrawn has nothing to be told"


async def test_a_servers_own_correction_is_told_there_and_nowhere_else(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await correct(aleppo, "about 300", "4711")
    told = await aleppo.told(since, "4711")
    assert told.line("**about 300**").startswith("~~About 310~~ → **about 300** civilians killed")
    assert "in this server" in told.under("**about 300**")
    assert await aleppo.edition(since, "4712") is None
    assert await aleppo.edition(since) is None
    await aleppo.load("2016-12-07-morning-star")
    assert (await aleppo.told(since, "4711")).line("369").startswith("About 310 → **369**")
    after = await aleppo.told(await _before_last_load(aleppo), "4711")
    assert after.line("369").startswith("About 300 → **369**"), "it goes on from what that server saw"


async def _before_last_load(aleppo: Aleppo) -> int:
    row = await aleppo.db.fetch_one("SELECT MIN(sequence) FROM revision WHERE fact LIKE 'morning-star%'")
    assert row is not None
    return int(row[0]) - 1


async def test_a_running_total_that_falls_is_explained(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    await correct(aleppo, "280", EVERYONE, "morning-star-2016-12-07/1.1")
    told = await aleppo.told(since)
    assert told.line("**280**").startswith("About 310 → **280** civilians killed")
    assert told.under("**280**").startswith("**about −30 in 4 days**")
    assert "A running total that falls was counted anew or in another way." in told.text


# Which, for whom, and when


async def test_nothing_new_is_no_edition_or_one_line(aleppo: Aleppo) -> None:
    now = await aleppo.now()
    assert await aleppo.edition(now) is None
    quiet = unchanged_edition(aleppo.library.known, scope=EVERYONE, since=now, upto=now, quiet_since=1_480_766_400)
    assert quiet.facts == ()
    assert "Nothing new since <t:1480766400:D>." in seen(quiet).text
    plain = unchanged_edition(aleppo.library.known, scope=EVERYONE, since=now, upto=now)
    assert "Nothing new since the last briefing." in seen(plain).text


async def test_topics_and_places_are_chosen(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    west = await aleppo.told(since, places=["west-aleppo"])
    assert "**92**" in west.text
    assert "369" not in west.text
    assert "in West Aleppo" in west.lines[1].replace("\u00a0", " ")
    held = await aleppo.told(since, topics=["control"])
    assert "Three quarters" in held.text
    assert "killed" not in held.text
    assert await aleppo.edition(since, topics=["statements"]) is None
    assert await aleppo.edition(since, topics=["control"], places=["west-aleppo"]) is None
    # A place holds what lies in it.
    assert "Salhin" in (await aleppo.told(since, places=["east-aleppo"])).text


async def test_the_standing_picture_keeps_to_topics_and_places_too(aleppo: Aleppo) -> None:
    told = await aleppo.told(None, topics=["casualties"], places=["west-aleppo", "shaar"])
    headings = [line for line in told.lines if line.startswith("**") and line.endswith("**")]
    assert headings == ["**Casualties**"]
    assert "**At least 69** civilians killed" in told.text
    assert "Shaar" in told.text
    assert "About 310" not in told.text
    empty = await aleppo.told(
        None, places=["kafr-hamra"] if "kafr-hamra" in aleppo.library.known.places else ["jalloum"]
    )
    assert "says anything on this yet" in empty.text


async def test_what_stands_behind_the_button_keeps_to_topics_and_places(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load(*BEFORE, "2016-12-08-index", "2016-12-12-sohr")
    chosen = {"topics": ["control", "timeline"], "places": ["east-aleppo", "old-city"]}
    edition = await aleppo.edition(since, **chosen)
    assert edition is not None
    told = seen(edition)
    [more] = [label for label in told.buttons if label.startswith("and ")]
    facts = list(edition.facts)
    page = await aleppo.press(told, more)
    while True:
        assert "killed" not in page.text
        if "More ›" not in page.buttons:
            break
        page = await aleppo.press(page, "More ›")
    assert facts


async def test_late_and_preview_are_said(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    assert "**late**" in (await aleppo.told(since, late=True)).lines[1]
    assert "late, for 3 briefings in one" in (await aleppo.told(since, late=True, merged=3)).lines[1]
    assert "preview, posted nowhere" in (await aleppo.told(since, preview=True)).lines[1]
    assert "late" not in (await aleppo.told(since)).lines[1]


async def test_the_same_span_gives_the_same_edition_whatever_came_since(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    upto = await aleppo.now()
    first = await aleppo.told(since)
    await aleppo.load("2016-12-12-sohr")
    await correct(aleppo, "about 305", EVERYONE)
    await correct(aleppo, "370", EVERYONE, "morning-star-2016-12-07/1.1")
    again = await aleppo.told(since, upto=upto)
    assert (again.lines, again.buttons) == (first.lines, first.buttons)


async def test_an_edition_names_the_facts_it_shows(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    edition = await aleppo.edition(since)
    assert edition is not None
    assert {"morning-star-2016-12-07/1.1", "morning-star-2016-12-07/1.2", EAST, WEST} <= set(edition.facts)
    assert edition.facts == edition.page.facts
    assert (edition.since, edition.upto, edition.scope) == (since, await aleppo.now(), EVERYONE)


async def test_the_language_is_that_of_the_edition_and_of_nobody_else(aleppo: Aleppo) -> None:
    since = await aleppo.now()
    await aleppo.load("2016-12-07-morning-star")
    edition = await aleppo.edition(since, language="de")
    assert edition is not None
    assert (edition.language, language()) == ("de", "en")


def test_the_key_is_that_of_the_view() -> None:
    plain = edition_key(scope="", since=1, upto=2)
    assert plain == edition_key(scope="", since=1, upto=2, merged=5), "merged counts only where it is late"
    assert edition_key(scope="", since=1, upto=2, topics=["a", "b"], places=["x", "y"]) == edition_key(
        scope="", since=1, upto=2, topics=["b", "a", "a"], places=["y", "x"]
    )
    others = [
        edition_key(scope="1", since=1, upto=2),
        edition_key(scope="", since=None, upto=2),
        edition_key(scope="", since=0, upto=2),
        edition_key(scope="", since=1, upto=3),
        edition_key(scope="", since=1, upto=2, topics=["control"]),
        edition_key(scope="", since=1, upto=2, places=["control"]),
        edition_key(scope="", since=1, upto=2, language="de"),
        edition_key(scope="", since=1, upto=2, late=True),
        edition_key(scope="", since=1, upto=2, late=True, merged=2),
        edition_key(scope="", since=1, upto=2, quiet=True),
        edition_key(scope="", since=1, upto=2, quiet=True, quiet_since=0),
        edition_key(scope="", since=1, upto=2, quiet=True, quiet_since=86_400),
        edition_key(scope="", since=1, upto=2, preview=True),
    ]
    assert len({plain, *others}) == 1 + len(others)
    later = edition_key(scope="", since=1, upto=2, quiet=True, quiet_since=5)
    assert later == others[-3], "of the time only the day is shown"


async def test_a_topic_that_there_is_not_is_refused(aleppo: Aleppo) -> None:
    with pytest.raises(ValueError, match="weather"):
        await make_edition(aleppo.db, aleppo.library.known, scope=EVERYONE, since=None, upto=1, topics=["weather"])
