"""From a server's proposal to every server: the editors' queue, publishing, declining, and telling the server."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.app import App
from bot.chat.corrections_log.telling import AGAIN, AT_MOST, Teller
from bot.facts.revision import EVERYONE
from bot.settings import Settings
from bot.store.correcting import proposals
from bot.store.correcting.correction_log import history
from bot.store.correcting.proposals import State
from bot.store.keeping.servers import Told
from tests.asking import Answer, Person, answer_of
from tests.chat.correcting.raw import COMPONENT, MODAL, Sender, bearing, component, form
from tests.chat.corrections_log.world import FACT, LINK, OTHER, REASON, correct, propose, publish

WHY_NOT = "one source alone says so"


async def tap(person: Person, answer: Answer, label: str) -> Answer:
    """Press a button that changes the message."""
    return answer_of(await person.member.click(answer.message, label=label))


async def declining(person: Person, answer: Answer) -> InteractionResult:
    result = await person.member.click(answer.message, label="Decline …")
    assert result.modal is not None
    return result


@pytest.fixture
async def proposed(app: App, server: str, moderator: Person) -> proposals.Proposed:
    """A moderator has proposed 320 instead of 310."""
    author = str(moderator.member.id)
    return await propose(app, await correct(app, "at least 320", server, author=author), by=author)


async def test_a_moderator_proposes_from_the_page_of_a_correction(
    moderator: Person, reader: Person, editor: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    assert (await editor.ask("corrections queue")).line("Nothing waits for an editor.")
    page = await moderator.use("corrections show", correction=f"s1|{FACT}")
    await moderator.member.click(page.message, label="Propose it for everyone")
    again = await moderator.use("corrections show", correction=f"s1|{FACT}")
    assert again.seen.line("**Proposed for everyone** an editor has not decided yet")
    assert "Propose it for everyone" not in again.seen.buttons
    assert (await editor.ask("corrections queue")).title == "Proposed for everyone"


async def test_the_queue_shows_what_would_change_why_and_who_asks(
    editor: Person, proposed: proposals.Proposed, moderator: Person
) -> None:
    answer = await editor.use("corrections queue")
    assert answer.private
    seen = answer.seen
    assert seen.line("1 waits for an editor")
    assert seen.line("about 310 → **at least 320** civilians killed · East Aleppo")
    assert seen.line(REASON)
    assert seen.line(f"Evidence: [example.org]({LINK})")
    assert seen.line("Proposed by **Newsroom**, <t:")
    assert "**Syrian Observatory for Human Rights**, via AFP" in seen.text, "no number without its source"
    assert str(moderator.member.id) not in seen.text, "who it was there is not for other servers"


async def test_publishing_asks_first_and_then_every_server_sees_it(
    editor: Person, reader: Person, proposed: proposals.Proposed, app: App, server: str
) -> None:
    asked = await tap(editor, await editor.use("corrections queue"), "Publish …")
    assert asked.seen.title == "Publish this for everyone?"
    assert asked.seen.line("about 310 → **at least 320** civilians killed · East Aleppo")
    assert "**About 310**" in (await editor.ask("casualties")).text
    done = await tap(editor, asked, "Publish for everyone")
    assert done.seen.title == "Published for everyone"
    assert done.seen.line("about 310 → **at least 320** civilians killed · East Aleppo")
    assert "**At least 320**" in (await editor.ask("casualties")).text
    opened = await reader.ask("corrections show", correction=f"s1|{FACT}")
    assert opened.line("**Proposed for everyone** published by an editor")
    assert opened.line("**Now** published for everyone · revision 2 · by an editor")
    assert (await tap(editor, done, "Next ›")).seen.line("Nothing waits for an editor.")


async def test_later_leads_through_the_queue_and_round(editor: Person, app: App, server: str) -> None:
    for number, fact in enumerate((FACT, OTHER)):
        await propose(app, await correct(app, str(400 + number), server, fact=fact))
    first = await editor.use("corrections queue")
    assert "**400**" in first.seen.text
    second = await tap(editor, first, "Next ›")
    assert "**401**" in second.seen.text
    assert second.message.id == first.message.id
    assert "**400**" in (await tap(editor, second, "Next ›")).seen.text
    asked = await tap(editor, second, "Publish …")
    assert "**400**" in (await tap(editor, asked, "Not now")).seen.text


async def test_a_double_click_publishes_once(editor: Person, proposed: proposals.Proposed, app: App) -> None:
    asked = await tap(editor, await editor.use("corrections queue"), "Publish …")
    sender = Sender(editor.env, editor.member.id, editor.channel.id, editor.channel.guild.id)
    data = component(asked.seen.buttons["Publish for everyone"])
    twice = [sender.post(COMPONENT, data, message=sender.message(asked.message)) for _ in range(2)]
    await editor.env.settle()
    assert all(result.acknowledged for result in twice)
    assert len(await history(app.database, FACT, EVERYONE)) == 2


async def test_what_changed_for_everyone_meanwhile_is_shown_and_asked_again(
    editor: Person, proposed: proposals.Proposed, app: App
) -> None:
    asked = await tap(editor, await editor.use("corrections queue"), "Publish …")
    await correct(app, "at least 315", author="99")
    again = await tap(editor, asked, "Publish for everyone")
    assert again.seen.title == "Somebody else changed this figure"
    assert again.seen.line("about 310 → **at least 315**")
    assert again.seen.line("at least 315 → **at least 320** civilians killed · East Aleppo")
    assert len(await history(app.database, FACT, EVERYONE)) == 2
    assert (await tap(editor, again, "Publish for everyone")).seen.title == "Published for everyone"
    assert len(await history(app.database, FACT, EVERYONE)) == 3


@pytest.mark.simcord(check_errors=False)
async def test_what_was_decided_or_changed_meanwhile_is_not_decided_again(
    editor: Person, proposed: proposals.Proposed, app: App, server: str
) -> None:
    asked = await tap(editor, await editor.use("corrections queue"), "Publish …")
    shown = await declining(editor, await editor.use("corrections queue"))
    await correct(app, "at least 330", server)
    for result in (
        await editor.member.click(asked.message, label="Publish for everyone"),
        await editor.member.submit_modal(shown, {"reason": WHY_NOT}),
    ):
        assert answer_of(result).seen.line("The server has withdrawn or changed this proposal.")
    assert len(await history(app.database, FACT, EVERYONE)) == 1


async def test_declining_needs_a_reason_which_the_server_is_told(
    editor: Person, reader: Person, proposed: proposals.Proposed, app: App, log: Callable[[], list[str]]
) -> None:
    shown = await declining(editor, await editor.use("corrections queue"))
    refused = answer_of(await editor.member.submit_modal(shown, {"reason": "**never**"}))
    assert "is formatting" in refused.seen.text
    assert "You typed: \\*\\*never\\*\\*" in refused.seen.text
    shown = await declining(editor, refused)
    done = answer_of(await editor.member.submit_modal(shown, {"reason": WHY_NOT}))
    assert done.seen.title == "Declined"
    assert (await proposals.get(app.database, proposed.id)).state is State.DECLINED
    assert "**About 310**" in (await editor.ask("casualties")).text
    assert "**At least 320**" in (await reader.ask("casualties")).text
    [line] = log()
    assert line.startswith("**Not published** · about 310 → **at least 320** civilians killed · East Aleppo")
    assert f"“{WHY_NOT}”" in line
    opened = await reader.ask("corrections show", correction=f"s1|{FACT}")
    assert opened.line(f"**Proposed for everyone** declined by an editor: {WHY_NOT}")


async def test_the_server_is_told_once_what_was_published(
    editor: Person, proposed: proposals.Proposed, app: App, log: Callable[[], list[str]]
) -> None:
    asked = await tap(editor, await editor.use("corrections queue"), "Publish …")
    await tap(editor, asked, "Publish for everyone")
    await app.client.teller.tell_all()
    [line] = log()
    assert line.startswith("**Published for everyone** · about 310 → **at least 320** civilians killed · East Aleppo")
    assert f"proposed by <@{proposed.proposed_by}>" in line
    assert str(editor.member.id) not in line


async def test_without_a_log_channel_the_proposer_is_told(
    editor: Person, moderator: Person, proposed: proposals.Proposed, app: App
) -> None:
    await publish(app, proposed)
    await app.client.teller.tell_all()
    [message] = moderator.member.user.dm_channel.history()
    assert message.content.startswith("**Published for everyone**")
    assert await proposals.untold(app.database, limit=9) == []


async def test_where_the_server_chose_so_the_proposer_is_told_first(
    moderator: Person, proposed: proposals.Proposed, app: App, server: str, log: Callable[[], list[str]]
) -> None:
    await app.servers.change(server, lambda chosen: msgspec.structs.replace(chosen, decisions=Told.PROPOSER))
    await publish(app, proposed)
    await app.client.teller.tell_all()
    assert len(moderator.member.user.dm_channel.history()) == 1


async def test_a_decision_that_nobody_was_told_is_told_after_a_restart(
    proposed: proposals.Proposed, app: App, settings: Settings, simcord_env: Env, log: Callable[[], list[str]]
) -> None:
    await publish(app, proposed)
    assert log() == []
    async with App(settings) as again:
        await simcord_env.restart_bot(again.client)
        await again.client.teller.tell_all()
        assert len(log()) == 1
        await again.client.teller.tell_all()
    assert len(log()) == 1


class Deaf:
    """Whom nothing reaches, until it does."""

    def __init__(self) -> None:
        self.tried = 0
        self.hears = False

    async def tell(self, server: str, said: Any) -> bool:
        self.tried += 1
        return self.hears

    async def tell_person(self, person: str, said: Any, language: str = "en") -> bool:
        return False


async def test_who_cannot_be_reached_is_tried_again_but_not_all_the_time(
    proposed: proposals.Proposed, app: App
) -> None:
    await publish(app, proposed)
    decided = (await proposals.get(app.database, proposed.id)).decided_at
    assert decided is not None
    at, deaf = [float(decided)], Deaf()

    def clock() -> datetime:
        return datetime.fromtimestamp(at[0], UTC)

    # An announcer that hears nothing stands in for one whose channel is gone.
    teller = Teller(app.database, app.library, app.servers, deaf, clock)  # type: ignore[arg-type]
    for seconds, tried in ((0, 1), (5, 1), (AGAIN - 1, 1), (AGAIN, 2), (AGAIN + 5, 2)):
        at[0] = decided + seconds
        await teller.tell_all()
        assert deaf.tried == tried
    assert await proposals.untold(app.database, limit=9)
    at[0] = float(decided + AT_MOST)
    await teller.tell_all()
    assert await proposals.untold(app.database, limit=9) == [], "given up: its own page says what was decided"


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("rank", ["moderator", "stranger", "manager", "reader"])
async def test_only_editors_see_the_queue_or_decide(
    rank: str, request: pytest.FixtureRequest, editor: Person, proposed: proposals.Proposed, app: App
) -> None:
    person: Person = request.getfixturevalue(rank)
    assert "at least 320" not in (await person.ask("corrections queue")).text
    public = await person.use("casualties")
    sender = Sender(person.env, person.member.id, person.channel.id, person.channel.guild.id)
    for custom_id in ("c2:q0", f"c2:p{proposed.id}", f"c2:c{proposed.id}|1|abc", f"c2:d{proposed.id}"):
        data = component(custom_id)
        said = await sender.send(COMPONENT, data, message=bearing(sender.message(public.message), data))
        assert "Only editors decide on what every server sees." in said
    said = await sender.send(MODAL, form(f"c2:r{proposed.id}|abc", reason=WHY_NOT))
    assert "Only editors decide on what every server sees." in said
    assert (await proposals.get(app.database, proposed.id)).state is State.PENDING


@pytest.mark.simcord(check_errors=False)
async def test_the_editors_role_counts_in_the_editors_server(
    simcord_env: Env, app: App, elsewhere: ChannelHandle, channel: ChannelHandle, proposed: proposals.Proposed
) -> None:
    role = elsewhere.guild.create_role("Editors")
    user = simcord_env.create_user("edgar")
    member = elsewhere.guild.add_member(user, roles=[role])
    app.client.settings = replace(app.client.settings, editors_server=elsewhere.guild.id, editors_role=role.id)
    assert (await Person(simcord_env, member, elsewhere).ask("corrections queue")).line("1 waits for an editor")
    elsewhere_too = Person(simcord_env, channel.guild.add_member(user), channel)
    refused = answer_of(await elsewhere_too.member.slash(channel, "corrections queue"))
    assert refused.seen.line("Only editors decide on what every server sees.")


async def test_a_server_that_sitrep_has_left_is_said_so(editor: Person, app: App) -> None:
    await propose(app, await correct(app, "at least 320", "123456789012345678"))
    assert (await editor.ask("corrections queue")).line("Proposed by **a server that Sitrep is no longer in**")
