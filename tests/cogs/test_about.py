"""/status, /help and /privacy, as a reader uses them."""

import pytest
from simcord.actors import MemberActor

from bot.app import App
from bot.store.database import Writer
from bot.store.digests.subscriptions import BY_PERSON, Subscriptions
from tests.asking import Person
from tests.store.ledgers import digest


@pytest.mark.parametrize("command", ["status", "help", "privacy"])
async def test_only_the_one_who_asks_sees_them(reader: Person, command: str) -> None:
    assert (await reader.use(command)).private


async def test_status_tells_how_fresh_the_data_is(reader: Person) -> None:
    seen = await reader.ask("status")
    assert seen.line("**Working** · Sitrep ")
    assert seen.line("**Data** ").endswith("1 report, 150 places")
    assert "<t:1480766400:D>" in seen.line("**Latest report**")


async def test_help_names_every_command_there_is_and_no_other(reader: Person) -> None:
    """Every one that an administrator sees, groups by the name of the group."""
    seen = await reader.ask("help")
    named = {word.strip("*/") for line in seen.lines for word in line.split() if word.startswith("**/")}
    owner = MemberActor(reader.env, reader.channel.guild, reader.channel.guild.owner)
    there = {command.partition(" ")[0] for command in owner.available_commands(reader.channel)}
    assert named | {"help"} == there


async def test_every_button_of_help_answers(reader: Person) -> None:
    answer = await reader.use("help")
    assert answer.seen.buttons
    for label in answer.seen.buttons:
        pressed = await reader.press(answer.message, label)
        assert pressed.private
        assert "That did not work" not in pressed.seen.text


async def test_privacy_says_what_is_kept_how_long_and_how_it_is_deleted(reader: Person) -> None:
    seen = await reader.ask("privacy")
    for part in ("Your questions", "Messages", "Logs", "Corrections", "Digests", "Settings", "Your own id"):
        assert seen.line(f"**{part}**")
    assert "90 days" in seen.line("**Posts with figures**")
    assert "30 days later" in seen.line("**When Sitrep leaves a server**")


@pytest.fixture
async def posting(app: App, reader: Person) -> None:
    """Digests and corrections: of this server two digests and a half of everything, of another more of it."""
    assert reader.channel.guild is not None
    here, now = reader.channel.guild.id, int(app.client.now().timestamp())
    kept = Subscriptions(app.database)
    rows = [(here, "confirmed", 0), (here, "confirmed", 1), (7, "confirmed", 1), (7, "failed", 0), (7, "skipped", 0)]
    made = {}
    for server, count in ((here, 2), (7, 3)):
        for channel in range(count):
            one = await kept.add(digest(server=server, channel=channel + 1), by=1, now=now)
            made[server] = one.id
    await kept.pause(made[here], BY_PERSON, now)
    await kept.add(digest(server=here, channel=9), by=1, now=now, confirmed=False)

    async def work(tx: Writer) -> None:
        for number, (server, state, late) in enumerate(rows):
            await tx.execute(
                "INSERT INTO delivery (subscription, slot, channel, state, nonce, lease_until, late, at) "
                "VALUES (?1, ?2, '1', ?3, 'n', 0, ?4, ?2)",
                (made[server], now - number, state, late),
            )
        await tx.execute("UPDATE delivery SET at = at - 86400 WHERE state = 'skipped'")
        await tx.execute("UPDATE subscription SET next_at = ?2 WHERE id = ?1", (made[7], now - 5))
        for message, server, state in (("1", here, "pending"), ("2", 7, "pending"), ("3", here, "done")):
            await tx.execute(
                "INSERT INTO mending (message, channel, server, sort, upto, state, at) "
                "VALUES (?1, '1', ?2, 'answer', 1, ?3, 1)",
                (message, str(server), state),
            )

    await app.database.write(work)


@pytest.mark.usefixtures("posting")
async def test_status_tells_how_digests_and_corrections_stand_here_and_everywhere(app: App, reader: Person) -> None:
    app.client.pulse.beat(1_800_000_000)
    seen = await reader.ask("status")
    here, everywhere = seen.line("**In this server**"), seen.line("**In all servers**")
    assert here.endswith("1 digest at work · 1 paused · 2 posted in 24 hours · 1 of them late")
    assert everywhere.endswith(
        "4 digests at work · 1 paused · 1 due now · 3 posted in 24 hours · 2 of them late · 1 failed"
    )
    told = [line for line in seen.lines if "On their way" in line]
    assert [line.partition("On their way: ")[2] for line in told] == [
        "1 post to edit, 0 corrections to tell",
        "2 posts to edit, 0 corrections to tell",
    ]
    assert "<t:1800000000" in seen.line("**Last looked for what is due**")


async def test_status_of_a_server_without_any(reader: Person) -> None:
    seen = await reader.ask("status")
    assert seen.line("**In this server**").endswith("0 digests at work")
    assert sum("No correction on its way." in line for line in seen.lines) == 2
    assert "Last looked" not in seen.text


async def test_status_says_so_when_the_database_does_not_answer(app: App, reader: Person) -> None:
    await app.database.close()
    seen = await reader.ask("status")
    assert seen.line("**Not working**")
    assert "In all servers" not in seen.text
