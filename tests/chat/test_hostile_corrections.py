"""Text that means harm in a correction: wherever it is typed it comes back harmless; and should it ever stand in the
database, so does every page, line and notice that tells of it."""

import re

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.answers.mended import correction_page, mended
from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.answers.service import answer
from bot.app import App
from bot.chat.correcting.pages import log_line, made_page, proposed_page
from bot.chat.rendering import markup, render
from bot.corrections.fields import EVIDENCE_LIMIT, REASON_LIMIT, VALUE_LIMIT
from bot.digests.edition import make_edition
from bot.store.counters import latest_sequence
from bot.store.revisions.changes import Group, read_changes
from tests.asking import Person, first_responses
from tests.chat.correcting.forms import FACT, Corrector, person
from tests.chat.corrections_log.world import correct
from tests.chat.test_hostile_text import ATTACKS
from tests.reading import read

pytestmark = pytest.mark.simcord(check_errors=False)

LONGEST = 4000
"""Characters of a message with components that Discord takes."""
OURS = re.compile(
    r"\[[^\]]*\]\(<?https://(?:example\.org|bad\.example)/[^)]*\)|<@\d+>(?= ·|,|\n|$)|<t:-?\d{6,}:[Dfd]>|\*\*|~~"
)
"""What Sitrep itself formats: the link to the evidence, who made it, days, bold and struck words."""


def harmless(text: str) -> None:
    """Nothing unless `text`, as sent to Discord, holds more than Sitrep's own markup."""
    assert len(text) <= LONGEST
    rest = OURS.sub("", text)
    assert not re.search(r"@(?!\u200b)", rest), text
    assert not re.search(r"(?<!\\)[<\[`|~_]", rest), text
    assert not re.search(r"https?:(?!\u200b)", rest), text
    assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", rest), text
    assert not any(re.match(r"(#{1,3} |> |- )", line) for line in rest.split("\n")[1:]), text


def shown(page: Page) -> str:
    return read(render(page)).text


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_is_read_of_a_correction(reader: Person, app: App, channel: ChannelHandle, attack: str) -> None:
    server, attack = str(channel.guild.id), attack[:REASON_LIMIT]
    since = await latest_sequence(app.database)
    old = await answer(Question(Ask.CASUALTIES), await app.library.known_in(server))
    made = await correct(app, "at least 320", server, reason=attack, evidence="https://example.org/a", note=attack)
    known = await app.library.known_in(server)
    before = await known.facts.before(made)
    for seen in (
        await reader.ask("source", fact=FACT),
        await reader.ask("corrections list"),
        await reader.ask("corrections show", correction=f"s{made.number}|{FACT}"),
    ):
        assert "320" in seen.text
        harmless(seen.text)
    harmless(shown(await answer(Question(Ask.HISTORY, fact=FACT), known)))
    line = log_line(made, before, known)
    harmless(markup(line if isinstance(line, tuple) else (), LONGEST))
    harmless(shown(made_page(made, before, known)))
    harmless(shown(proposed_page(made, before, known)))
    found = await read_changes(app.database, "aleppo-2016", scope=server, since=since, upto=since + 1)
    [change] = found.kept[Group.CORRECTED]
    harmless(shown(correction_page(change, known)))
    harmless(shown(mended(old, {FACT: change}, known, 1_800_000_000)))
    edition = await make_edition(app.database, known, scope=server, since=since, upto=since + 1)
    assert edition is not None
    harmless(shown(edition.page))
    assert all(response["data"]["allowed_mentions"] == {"parse": []} for response in first_responses(reader.env))


@pytest.fixture
def moderator(simcord_env: Env, channel: ChannelHandle) -> Corrector:
    role = channel.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return person(simcord_env, channel, "mona", role)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_is_typed_into_the_form(moderator: Corrector, attack: str) -> None:
    fields = {"value": VALUE_LIMIT, "reason": REASON_LIMIT, "evidence": EVIDENCE_LIMIT, "elsewhere": 100}
    for field, limit in fields.items():
        answered = await moderator.preview(**{field: attack[:limit]})
        assert answered.private
        assert answered.seen.title.startswith(("Not yet", "Correct it like this?"))
        harmless(answered.seen.text)
