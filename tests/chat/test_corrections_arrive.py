"""A correction reaches every post that showed the figure, and each of their channels hears of it once."""

from datetime import timedelta

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.settings import Settings
from bot.store.digests.subscriptions import Stored
from bot.subscriptions.quiet import parse_quiet
from bot.subscriptions.subscription import Corrections
from tests.asking import Person
from tests.chat.corrections_log.world import OTHER, correct, undo
from tests.living import Hand, Living, app, hand, report
from tests.store.ledgers import DAY, EIGHT, HOUR

__all__ = ["app", "hand"]

pytestmark = pytest.mark.simcord(check_errors=False)

CHILDREN = "afp-2016-12-03/22.1"
"""Nearly 20,000 children, a part of more than 50,000 people."""
NOON = EIGHT + 4 * HOUR


class Desk(Living):
    """What comes of corrections in a server, in which a digest comes every hour."""

    async def subscribe(self, rule: str = "hourly :00", **choices: object) -> Stored:
        return await super().subscribe(rule, **choices)

    async def work(self, **later: int) -> None:
        """Time passes, and what is due is done."""
        self.hand.now += timedelta(**later).total_seconds()
        await self.app.client.witness.settled()
        await self.app.duties.delivery.tick()
        await self.app.duties.delivery.settled()
        await self.app.duties.notifier.tick()
        await self.env.settle()


@pytest.fixture
def desk(app: App, simcord_env: Env, channel: ChannelHandle, hand: Hand) -> Desk:
    hand.now = NOON
    return Desk(app, simcord_env, channel, hand)


async def test_a_public_answer_is_edited_and_the_channel_hears_of_it_once(desk: Desk, reader: Person) -> None:
    await reader.ask("casualties")
    await desk.work()
    await correct(desk.app, "at least 320")
    await desk.work()
    answer, notice = desk.posts()
    assert "~~About 310~~ → **at least 320**" in answer.text.replace("At least", "at least")
    assert "1 figure was corrected after this was posted" in answer.text
    assert "at least 69" in answer.text.lower(), "the rest stays as it was"
    assert notice.title == "Correction"
    assert sum("Correction" in line for line in notice.lines) == 1, "called one once"
    assert "~~About 310~~" in notice.text
    assert "our reading was wrong" in notice.text, "why"
    assert "the monitor's page now says so" in notice.text
    assert "example.org" in notice.text, "on whose evidence"
    assert "Syrian Observatory" in notice.text, "who says so"
    before = desk.posts()
    await desk.work(minutes=5)
    assert desk.posts() == before


async def test_a_digest_is_edited_too(desk: Desk) -> None:
    await desk.subscribe()
    await desk.work(hours=1)
    (digest,) = desk.posts()
    assert "About 310" in digest.text
    await correct(desk.app, "at least 320")
    await desk.work()
    digest, notice = desk.posts()
    assert "~~About 310~~" in digest.text
    assert notice.title == "Correction"


async def test_who_was_not_shown_the_figure_hears_nothing(desk: Desk, reader: Person) -> None:
    await reader.ask("statements")
    await correct(desk.app, "at least 320")
    await desk.work()
    assert len(desk.posts()) == 1
    assert "orrect" not in desk.posts()[0].text.replace("Correct a figure", "")


async def test_who_saw_the_new_figure_only_hears_nothing(desk: Desk, reader: Person) -> None:
    await correct(desk.app, "at least 320")
    await reader.ask("casualties")
    await desk.work()
    (answer,) = desk.posts()
    assert "~~" not in answer.text


async def test_a_private_answer_is_not_remembered(desk: Desk, reader: Person) -> None:
    answer = await reader.use("help")
    await reader.press(answer.message, "Casualties")
    await correct(desk.app, "at least 320")
    await desk.work()
    assert len(desk.posts()) == 0


async def test_an_undo_does_the_same(desk: Desk, reader: Person) -> None:
    original = await reader.ask("casualties")
    await desk.work()
    await correct(desk.app, "at least 320")
    await desk.work()
    await undo(desk.app)
    await desk.work()
    answer, first, second = desk.posts()
    assert answer.text == original.text, "as it was"
    assert first.title == second.title == "Correction"
    assert "~~At least 320~~" in second.text
    assert "bout 310" in second.text


async def test_an_undo_in_a_server_says_that_it_is_one_and_why(desk: Desk, reader: Person) -> None:
    original = await reader.ask("casualties")
    await desk.work()
    await correct(desk.app, "at least 320", desk.server)
    await desk.work()
    await undo(desk.app, desk.server)
    await desk.work()
    answer, _first, second = desk.posts()
    assert answer.text == original.text, "as it was"
    assert second.line("undone: follows everyone again").endswith("“no second source” · *in this server*")
    assert "first reading" not in second.text


async def test_corrected_and_undone_before_anybody_was_told_is_not_told(desk: Desk, reader: Person) -> None:
    original = await reader.ask("casualties")
    await desk.app.client.witness.settled()
    await correct(desk.app, "at least 320")
    await undo(desk.app)
    await desk.work()
    assert [post.text for post in desk.posts()] == [original.text]


async def test_two_corrections_of_one_figure_come_as_one(desk: Desk, reader: Person) -> None:
    await reader.ask("casualties")
    await desk.app.client.witness.settled()
    await correct(desk.app, "at least 320")
    await correct(desk.app, "about 330")
    await desk.work()
    _answer, notice = desk.posts()
    assert "~~About 310~~" in notice.text
    assert "bout 330" in notice.text
    assert "320" not in notice.text


async def test_two_figures_come_one_after_the_other(desk: Desk, reader: Person) -> None:
    await reader.ask("casualties")
    await desk.app.client.witness.settled()
    await correct(desk.app, "at least 320")
    await correct(desk.app, "4", fact=OTHER)
    await desk.work()
    answer, first, second = desk.posts()
    assert "2 figures were corrected" in answer.text
    assert "320" in first.text
    assert "Shaar" in second.text


async def test_a_servers_correction_stays_there(
    desk: Desk, reader: Person, simcord_env: Env, channel: ChannelHandle
) -> None:
    elsewhere = simcord_env.create_guild("Elsewhere").create_text_channel("general")
    other = Person(simcord_env, elsewhere.guild.add_member(simcord_env.create_user("other")), elsewhere)
    await reader.ask("casualties")
    theirs = await other.ask("casualties")
    await desk.app.client.witness.settled()
    await correct(desk.app, "at least 320", desk.server)
    await desk.work()
    assert len(desk.posts()) == 2
    assert [post.text for post in desk.posts(elsewhere)] == [theirs.text]
    await correct(desk.app, "about 330")
    await desk.work()
    assert len(desk.posts()) == 2, "it sees its own"
    assert len(desk.posts(elsewhere)) == 2


async def test_a_part_under_its_whole_is_struck_where_it_stands(desk: Desk, reader: Person) -> None:
    await reader.ask("displaced")
    await desk.app.client.witness.settled()
    await correct(desk.app, "about 18,000", fact=CHILDREN)
    await desk.work()
    answer = desk.posts()[0]
    assert "~~nearly 20,000~~ **about 18,000**" in answer.text.lower()


async def test_what_is_older_than_the_limit_stays(desk: Desk, reader: Person, settings: Settings) -> None:
    original = await reader.ask("casualties")
    await desk.work()
    desk.hand.now += settings.shown_days * DAY + 1
    await correct(desk.app, "at least 320")
    await desk.work()
    assert [post.text for post in desk.posts()] == [original.text]


async def test_with_the_next_digest_if_the_channel_wants_it_so(desk: Desk) -> None:
    await desk.subscribe(corrections=Corrections.WITH_NEXT)
    await desk.work(hours=1)
    await correct(desk.app, "at least 320")
    await desk.work(minutes=1)
    (digest,) = desk.posts()
    assert "~~About 310~~" in digest.text, "edited at once all the same"
    await desk.work(hours=1)
    _first, second = desk.posts()
    assert "Correction" in second.text
    assert "~~About 310~~" in second.text


async def test_quiet_hours_are_kept(desk: Desk) -> None:
    await desk.subscribe(quiet=parse_quiet("13:30-18:00"))
    await desk.work(hours=1)
    assert len(desk.posts()) == 1
    await correct(desk.app, "at least 320")
    await desk.work(minutes=40)
    assert len(desk.posts()) == 1
    await desk.work(hours=4, minutes=21)
    assert "Correction" in [post.title for post in desk.posts()]


async def test_a_message_that_was_deleted_hinders_nothing(desk: Desk, reader: Person) -> None:
    first = await reader.use("casualties")
    await reader.ask("casualties")
    await desk.app.client.witness.settled()
    desk.env.backend.delete_message(desk.channel.id, int(first.message.id))
    await correct(desk.app, "at least 320")
    await desk.work()
    answer, notice = desk.posts()
    assert "~~About 310~~" in answer.text
    assert notice.title == "Correction"


async def test_after_a_restart_it_goes_on(desk: Desk, reader: Person, settings: Settings) -> None:
    await reader.ask("casualties")
    await desk.app.client.witness.settled()
    await correct(desk.app, "at least 320")
    # Written down whom it concerns, and then the process dies.
    await desk.app.duties.notifier._notices.spread(int(desk.hand()), 86_400)
    pending = await desk.app.database.fetch_all("SELECT state FROM notice UNION ALL SELECT state FROM mending")
    assert pending == [("pending",), ("pending",)]
    await desk.work()
    answer, notice = desk.posts()
    assert "~~About 310~~" in answer.text
    assert notice.title == "Correction"


async def test_a_number_that_stayed_is_not_struck_out(desk: Desk, reader: Person) -> None:
    """A file that tells more exactly since when was counted."""
    for name in ("2016-12-08-index", "2016-12-12-sohr"):
        await report(desk.app, name)
    await desk.app.library.renew()
    await reader.ask("casualties", place="West Aleppo")
    await desk.app.client.witness.settled()
    await report(desk.app, "corrected/2016-12-08-index")
    await desk.work()
    answer, *notices = desk.posts()
    assert "**Correction**: **114** people killed" in answer.text
    assert "time: ~~since mid-November 2016, as of 8 Dec 2016~~ → 15 Nov – 8 Dec 2016" in answer.text.replace(
        "\u00a0", " "
    )
    part = answer.line("of them **36** children")
    assert "36~~" not in part
    assert answer.text.count("The Observatory's own count") == 1, "the reason is given once"
    for notice in notices:
        assert "it now says so" in notice.text
        assert "struck out" not in notice.text


async def test_a_newer_count_is_no_correction_and_the_old_post_answers_with_it(desk: Desk, reader: Person) -> None:
    await desk.subscribe()
    await desk.work(hours=1)
    answer = await reader.use("casualties")
    await desk.app.client.witness.settled()
    before = [post.text for post in desk.posts()]
    assert all("About 310" in text for text in before)
    await report(desk.app, "2016-12-07-morning-star")
    await desk.app.library.renew()
    await desk.work()
    assert [post.text for post in desk.posts()] == before, "that number was right on its date"
    sources = await reader.press(answer.message, "Sources")
    assert "369" in sources.seen.text
    assert "310" not in sources.seen.text
    record = await reader.use("source", fact="afp-2016-12-03/11.1")
    assert record.seen.text.index("369") > record.seen.text.index("About 310"), "the later step of its series"
    await desk.work(hours=1)
    assert "About 310 → **369**" in desk.posts()[-1].text
