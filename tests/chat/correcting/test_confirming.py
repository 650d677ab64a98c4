"""Confirming: once for every draft, on what was seen, by its author, in its server, not too often."""

from dataclasses import replace

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.chat.correcting.ids import Step, custom_id, form_id
from bot.store.correcting import drafts
from bot.store.correcting.corrections import wipe
from bot.store.revisions.recorded import Numbers
from tests.asking import Answer
from tests.chat.correcting.forms import FACT, GOOD, Corrector, opened
from tests.chat.correcting.raw import COMPONENT, MODAL, Sender, component, form, said


def sender(who: Corrector) -> Sender:
    return Sender(who.env, who.member.id, who.channel.id, who.channel.guild.id)


async def corrections(app: App) -> list[tuple[str, ...]]:
    return await app.database.fetch_all("SELECT author, scope, number FROM correction ORDER BY sequence")


async def test_a_double_click_makes_one_revision_and_gets_one_answer(moderator: Corrector, app: App) -> None:
    preview = await moderator.preview()
    clicks = [
        sender(moderator).post(
            COMPONENT, component(preview.seen.buttons["Confirm"]), message=sender(moderator).message(preview.message)
        )
        for _ in range(2)
    ]
    await moderator.env.settle()
    assert said(clicks[0]) == said(clicks[1])
    assert "Corrected in this server" in said(clicks[0])
    assert len(await corrections(app)) == 1


async def test_a_click_that_comes_again_later_gets_the_same_answer(moderator: Corrector, app: App) -> None:
    preview = await moderator.preview()
    done = await moderator.tap(preview.message, "Confirm")
    for button in ("Confirm", "Change", "Cancel"):
        again = await moderator.forge(preview.message, preview.seen.buttons[button])
        assert again.seen.lines == done.seen.lines
    assert len(await corrections(app)) == 1
    await app.database.write(lambda tx: drafts.purge(tx, 2**40))
    gone = await moderator.forge(preview.message, preview.seen.buttons["Confirm"])
    assert gone.seen.line("This correction does not wait any more")
    assert len(await corrections(app)) == 1


async def test_two_moderators_at_once(moderator: Corrector, second: Corrector, app: App) -> None:
    """Both look, both type, both confirm at the same moment: one is made, the other is shown it and asked again."""
    first = await moderator.preview()
    other = await second.preview(value="about 305", reason="two names stand there twice")
    clicks = {
        who: sender(who).post(
            COMPONENT, component(answer.seen.buttons["Confirm"]), message=sender(who).message(answer.message)
        )
        for who, answer in ((moderator, first), (second, other))
    }
    await moderator.env.settle()
    texts = {who: said(click) for who, click in clicks.items()}
    stale = [who for who, text in texts.items() if "Somebody else changed this figure" in text]
    assert len(stale) == 1
    assert len(await corrections(app)) == 1
    slower = stale[0]
    faster = second if slower is moderator else moderator
    mine, theirs = ("at least 320", "about 305") if slower is moderator else ("about 305", "at least 320")
    assert "When you looked: **about 310**" in texts[slower]
    assert f"Since then: **{theirs}**" in texts[slower]
    assert f"<@{faster.member.id}>" in texts[slower]
    assert f"{theirs} → **{mine}**" in texts[slower]
    preview = other if slower is second else first
    again = await slower.tap(preview.message, "Confirm")
    assert again.seen.title == "Corrected in this server"
    assert again.seen.line(f"{theirs} → **{mine}**")
    assert [number for _author, _scope, number in await corrections(app)] == [1, 2], "neither value is lost"


async def test_a_second_click_does_not_confirm_what_was_not_read(moderator: Corrector, second: Corrector) -> None:
    """Confirm, pressed twice while somebody else was faster: the second press is still about the old page."""
    preview = await moderator.preview()
    await second.made(value="about 305")
    pressed = [
        sender(moderator).post(
            COMPONENT, component(preview.seen.buttons["Confirm"]), message=sender(moderator).message(preview.message)
        )
        for _ in range(2)
    ]
    await moderator.env.settle()
    assert said(pressed[0]) == said(pressed[1]), "one message, changed twice"
    assert "Somebody else changed this figure" in said(pressed[1])
    assert "Since then: **about 305**" in said(pressed[1])
    assert "**About 305**" in await moderator.sees()


async def test_what_was_changed_while_the_form_was_open(moderator: Corrector, second: Corrector) -> None:
    form = await moderator.correct()
    await second.made(value="about 305")
    stale = await moderator.fill(form, **GOOD)
    assert stale.seen.title == "Somebody else changed this figure"
    assert stale.seen.line("When you looked: **about 310**")
    assert stale.seen.line("Since then: **about 305**")
    assert stale.seen.line("about 305 → **at least 320**")
    changed = await moderator.fill(await moderator.opens(stale.message, "Change"), value="at least 330")
    assert changed.seen.title == "Correct it like this?", "what was shown counts as seen"
    assert (await moderator.tap(changed.message, "Confirm")).seen.line("about 305 → **at least 330**")


async def test_an_unreadable_form_tells_what_changed_too(moderator: Corrector, second: Corrector) -> None:
    form = await moderator.correct()
    await second.made(value="about 305")
    unfit = await moderator.fill(form, **{**GOOD, "value": "lots"})
    assert unfit.seen.title == "Not yet: the value"
    assert unfit.seen.line("Since then: **about 305**")


async def test_a_retraction_meanwhile(moderator: Corrector, second: Corrector) -> None:
    preview = await moderator.preview()
    await second.made(value="about 310", kind=["retraction"], evidence="")
    stale = await moderator.tap(preview.message, "Confirm")
    assert stale.seen.line("Since then: **withdrawn**")
    assert stale.seen.line("withdrawn → **at least 320**")


@pytest.mark.simcord(check_errors=False)
async def test_a_draft_is_its_author_s(moderator: Corrector, second: Corrector, app: App) -> None:
    preview = await moderator.preview()
    public = await moderator.use("sources")
    for button in preview.seen.buttons.values():
        refused = await second.forge(public.message, button)
        assert refused.private
        assert refused.seen.line("This correction is somebody else's.")
    mending = custom_id(Step.MEND, preview.seen.buttons["Change"].removeprefix("c1:e"))
    assert "somebody else's" in await sender(second).send(MODAL, form(mending, **GOOD))
    assert await corrections(app) == []
    assert (await moderator.tap(preview.message, "Confirm")).seen.title == "Corrected in this server"


@pytest.mark.simcord(check_errors=False)
async def test_a_draft_is_its_server_s(
    moderator: Corrector, stranger: Corrector, elsewhere: ChannelHandle, app: App
) -> None:
    """The same person, a moderator of both servers, with an id from the other one."""
    preview = await stranger.preview()
    role = moderator.channel.guild.create_role("Guests", permissions=discord.Permissions(manage_messages=True))
    here = Corrector(
        moderator.env, moderator.channel.guild.add_member(stranger.member.user, roles=[role]), moderator.channel
    )
    public = await moderator.use("sources")
    for button in preview.seen.buttons.values():
        refused = await here.forge(public.message, button)
        assert refused.seen.line("This correction was begun in another server.")
    made = await stranger.tap(preview.message, "Confirm")
    proposing = made.seen.buttons["Propose it for everyone"]
    assert (await here.forge(public.message, proposing)).seen.line("This server has no such correction.")
    assert [scope for _author, scope, _number in await corrections(app)] == [str(elsewhere.guild.id)]


FORGED = [
    "c1:", "c1:?", "c1:z", "c1:s", "c1:s|", "c1:s|1", "c1:snobody|1", "c1:snobody|-1", "c1:snobody|x", "c1:a", "c1:e",
    "c1:enobody", "c1:x", "c1:xnobody", "c1:q", "c1:q|1", "c1:qnothing|1", "c1:q" + FACT + "|99", "c1:o", "c1:onothing",
    "c1:p", "c1:pz", "c1:pf|||||nothing", "c1:pc|atlantis", "c1:s" + "9" * 90, "c1:s\u0663|\u0663", "c1:\n", "c1:w",
]  # fmt: skip


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_forged_id_is_refused_in_words(moderator: Corrector, custom_id: str, app: App) -> None:
    public = await moderator.use("sources")
    forged = await moderator.forge(public.message, custom_id)
    assert forged.private
    assert forged.seen.title == "That did not work"
    assert "not your doing" not in forged.seen.text, "nothing that a person sends is a failure of ours"
    assert await corrections(app) == []


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    "custom_id",
    ["c1:", "c1:z", "c1:f", "c1:f|", "c1:f1.1.1", f"c1:f1.1|{FACT}", f"c1:f1.1.1.1|{FACT}", f"c1:f-1.1.1|{FACT}",
     "c1:f0.1.0|nothing", "c1:m", "c1:mnobody"],
)  # fmt: skip
async def test_a_forged_form_is_refused_in_words(moderator: Corrector, custom_id: str) -> None:
    text = await sender(moderator).send(MODAL, form(custom_id, **GOOD))
    assert "That did not work" in text
    assert "not your doing" not in text


async def test_numbers_made_up_for_a_form_only_make_it_look_stale(moderator: Corrector, app: App) -> None:
    text = await sender(moderator).send(MODAL, form(form_id(FACT, Numbers(7, 99, 3)), **GOOD))
    assert "Somebody else changed this figure" in text
    assert await corrections(app) == []


@pytest.mark.parametrize("fields", [{}, {"value": "x" * 4000}, {"reason": "x" * 4000}, {"evidence": "h" * 4000},
                         {"elsewhere": "y" * 4000}, {"kind": ["initial"]}, {"kind": ["undo"]}, {"kind": []},
                         {"nothing": "known"}])  # fmt: skip
async def test_a_form_that_discord_would_not_send(moderator: Corrector, fields: dict[str, str], app: App) -> None:
    given = {**GOOD, **fields} if fields else {}
    text = await sender(moderator).send(MODAL, form(form_id(FACT, Numbers(0, 1, 0)), **given))
    assert ("Correct it like this?" in text) == ("nothing" in fields)
    assert ("Not yet:" in text) == ("nothing" not in fields)
    assert await corrections(app) == []


async def test_one_person_makes_so_many_within_an_hour(moderator: Corrector, second: Corrector, app: App) -> None:
    app.client.settings = replace(app.client.settings, corrections_rate=2)
    for value in ("about 320", "about 330"):
        await moderator.made(value=value)
    preview = await moderator.preview(value="about 340")
    refused = await moderator.member.click(preview.message, label="Confirm")
    text = said(refused)
    assert "You have made 2 corrections within the last hour" in text
    assert "Confirm this one again in 60 minutes" in text
    assert "**About 330**" in await moderator.sees()
    await second.made(value="about 350")
    later = app.client.now().timestamp() + 3700
    app.client._clock = lambda: later
    stale = await moderator.tap(preview.message, "Confirm")
    assert stale.seen.line("Since then: **about 350**")
    assert (await moderator.tap(stale.message, "Confirm")).seen.line("about 350 → **about 340**")


async def test_an_editor_corrects_for_everyone(
    moderator: Corrector, stranger: Corrector, reader: Corrector, app: App
) -> None:
    app.client.settings = replace(app.client.settings, editors=(moderator.member.id,))
    preview = await moderator.preview()
    assert list(preview.seen.buttons) == ["Confirm for this server", "Correct for everyone", "Change", "Cancel"]
    done = await moderator.tap(preview.message, "Correct for everyone")
    assert done.seen.title == "Corrected for everyone"
    assert "Propose it for everyone" not in done.seen.buttons
    assert "**At least 320**" in await stranger.sees()
    assert [scope for _author, scope, _number in await corrections(app)] == [""]


async def test_an_editor_is_shown_both_where_the_server_sees_something_else(
    moderator: Corrector, second: Corrector, stranger: Corrector, app: App
) -> None:
    await second.made(value="about 305")
    app.client.settings = replace(app.client.settings, editors=(moderator.member.id,))
    preview = await moderator.preview()
    assert preview.seen.line("about 305 → **at least 320**")
    assert preview.seen.line("about 310 → **at least 320**")
    done = await moderator.tap(preview.message, "Correct for everyone")
    assert done.seen.line("but this one, which has a correction of its own")
    assert "**At least 320**" in await stranger.sees()
    assert "**About 305**" in await moderator.sees()


async def test_a_correction_is_proposed_once(moderator: Corrector, app: App) -> None:
    done = await moderator.made()
    proposed = await moderator.tap(done.message, "Propose it for everyone")
    assert proposed.seen.title == "Proposed for everyone"
    assert proposed.seen.line("about 310 → **at least 320**")
    await moderator.forge(proposed.message, done.seen.buttons["Propose it for everyone"])
    rows = await app.database.fetch_all("SELECT fact, state FROM proposal")
    assert rows == [(FACT, "pending")]


async def test_the_history_of_what_was_made(moderator: Corrector) -> None:
    done = await moderator.made()
    seen = (await moderator.press(done.message, "History")).seen
    assert seen.line("about 310 → **at least 320**")


async def log_of(env: Env, channel: ChannelHandle) -> list[str]:
    return [message.content for message in env.backend.get_channel(channel.id).messages.values()]


async def test_the_form_comes_too_late(moderator: Corrector, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Announced already, an interaction can open no form: a button does."""
    from bot.chat import attendance

    monkeypatch.setattr(attendance, "PATIENCE", 0)
    database, fetch = app.client.database, app.client.database.fetch_all

    async def slowly(sql: str, params: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        import asyncio

        await asyncio.sleep(0.2)
        return await fetch(sql, params)

    monkeypatch.setattr(database, "fetch_all", slowly)
    answer = await moderator.use("correct", fact=FACT)
    assert answer.private
    monkeypatch.undo()
    form = opened(await moderator.member.click(answer.message, label="Open the form"))
    preview: Answer = await moderator.fill(form, **GOOD)
    assert preview.message.id == answer.message.id


async def test_a_wipe_meanwhile(moderator: Corrector, second: Corrector, app: App) -> None:
    await second.made(value="about 305")
    preview = await moderator.preview()
    assert preview.seen.line("about 305 → **at least 320**")
    server = str(moderator.channel.guild.id)
    await app.database.write(lambda tx: wipe(tx, server))
    await app.library.renew()
    stale = await moderator.tap(preview.message, "Confirm")
    assert stale.seen.line("When you looked: **a correction that the server's managers have wiped**")
    assert stale.seen.line("about 310 → **at least 320**")
    done = await moderator.tap(stale.message, "Confirm")
    assert done.seen.title == "Corrected in this server"
    await app.database.write(lambda tx: wipe(tx, server))
    again = said(await moderator.member.click(done.message, label="Propose it for everyone"))
    assert "This server has no such correction." in again


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("5 * 3 is < 20 and ~ 16 | 17", "5 \\* 3 is \\< 20 and \\~ 16 \\| 17"),
        ("mail a@b.org or @someone", "mail a@\u200bb.org or @\u200bsomeone"),
        ("see https://example.org/x", "see https:\u200b//example.org/x"),
        ("في الصفحة 320", "في الصفحة 320"),
    ],
)
async def test_a_reason_can_neither_format_nor_ping(moderator: Corrector, reason: str, shown: str) -> None:
    preview = await moderator.preview(reason=reason)
    assert preview.seen.line(shown)
    done = await moderator.tap(preview.message, "Confirm")
    assert shown in done.seen.text
    assert shown in (await moderator.ask("source", fact=FACT)).text


async def test_a_link_leads_where_it_says(moderator: Corrector) -> None:
    preview = await moderator.preview(evidence="https://example.org/a)[b](https://evil.example/|**x**<@1>")
    line = preview.seen.line("Evidence:")
    assert "evil.example/|" not in line
    assert "<@1>" not in line
    assert line.count("](") == 1
    assert "[example.org](" in line.replace("\u200b", "").replace("<", "")
