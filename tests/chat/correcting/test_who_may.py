"""Who may do which step where: every cell of the table, whatever a client sends. Asked at the time of the click."""

from dataclasses import replace
from typing import Any

import discord
import msgspec
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.answers.question import Ask, Question, encode
from bot.app import App
from bot.chat.correcting.ids import Step, custom_id, form_id
from bot.facts.quantity import Quantity
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import drafts
from bot.store.correcting.correction_log import value
from bot.store.correcting.corrections import record
from bot.store.revisions.recorded import Numbers, numbers
from cogs.correct import MENU
from tests.asking import Person
from tests.chat.correcting.forms import FACT, GOOD, LINK, REASON
from tests.chat.correcting.raw import COMMAND, COMPONENT, MODAL, Sender, bearing, component, form

MODERATORS = "Only moderators correct figures in this server."
EDITORS = "Only editors decide on what every server sees."
SERVER = "Corrections are made in a server, where others can see who makes them."
ALL = ("command", "menu", "pick", "choose", "open", "fill", "mend", "edit", "here", "everyone", "cancel", "propose")

ALLOWED = {
    **dict.fromkeys(("command", "menu", "pick", "choose", "open", "edit"), "form"),
    **dict.fromkeys(("fill", "mend"), "Correct it like this?"),
    "here": "Corrected in this server",
    "everyone": "Corrected for everyone",
    "cancel": "Nothing was corrected",
    "propose": "Proposed for everyone",
}
NOBODY = {**dict.fromkeys(ALL, MODERATORS), "everyone": EDITORS}
MODERATOR = {**ALLOWED, "everyone": EDITORS}
EDITOR = {**ALLOWED, "here": MODERATORS, "propose": MODERATORS}
OUTSIDE = dict.fromkeys(ALL, SERVER)

TABLE: dict[str, dict[str, str]] = {
    "reader": NOBODY,
    "server manager": NOBODY,
    "channel manager": NOBODY,
    "moderator": MODERATOR,
    "moderator by role": MODERATOR,
    "administrator": MODERATOR,
    "editor": EDITOR,
    "editor who moderates": ALLOWED,
    "moderator in a direct message": OUTSIDE,
    "editor in a direct message": OUTSIDE,
    "moderator with an app of their own": OUTSIDE,
    "editor with an app of their own": OUTSIDE,
}
RIGHTS: dict[str, dict[str, bool]] = {
    "server manager": {"manage_guild": True},
    "channel manager": {"manage_channels": True},
    "moderator": {"manage_messages": True},
    "administrator": {"administrator": True},
    "editor who moderates": {"manage_messages": True},
}


async def sender_of(name: str, env: Env, app: App, channel: ChannelHandle) -> Sender:
    """The person with the rights that the name says, in the place that it says."""
    rank, _where, place = name.partition(" in a ") if " in a " in name else name.partition(" with an ")
    user, roles = env.create_user("somebody"), []
    if rank in RIGHTS:
        roles.append(channel.guild.create_role("Rights", permissions=discord.Permissions(**RIGHTS[rank])))
    if "by role" in rank:
        chosen = channel.guild.create_role("Correctors")
        roles.append(chosen)
        await app.servers.change(
            str(channel.guild.id), lambda settings: msgspec.structs.replace(settings, corrections_role=str(chosen.id))
        )
    channel.guild.add_member(user, roles=roles)
    if rank.startswith("editor"):
        app.client.settings = replace(app.client.settings, editors=(user.id,))
    if place == "direct message":
        return Sender(env, user.id, user.dm_channel.id, None)
    if place == "app of their own":
        owners = {"1": str(user.id)}
        return Sender(env, user.id, channel.id, channel.guild.id, authorizing_integration_owners=owners)
    return Sender(env, user.id, channel.id, channel.guild.id)


async def correction(app: App, server: str) -> int:
    """The server has one already; its number."""
    before = await value(app.database, FACT, server)
    assert before is not None
    fact = msgspec.structs.replace(before.fact, quantity=Quantity(315, 315))
    seen = await numbers(app.database, FACT, server)
    done = await app.database.write(
        lambda tx: record(
            tx, fact, scope=server, kind=CorrectionKind.READING, author="7", reason=REASON, evidence=LINK,
            expected=seen, request="before", now=1, places=app.library.known.places,
        )
    )  # fmt: skip
    await app.library.renew()
    return done.revision.number


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("name", TABLE)
async def test_who_may(name: str, simcord_env: Env, app: App, channel: ChannelHandle, reader: Person) -> None:
    answer = await reader.use("source", fact=FACT)
    sender, server = await sender_of(name, simcord_env, app, channel), str(channel.guild.id)
    number = await correction(app, server)
    latest: list[str] = []

    async def draft() -> str:
        seen: Numbers = await numbers(app.database, FACT, server)
        typed: dict[str, Any] = {**GOOD, "kind": "reading", "value": f"at least {320 + sum(seen)}"}
        given = {"author": str(sender.user), "server": server, "fact": FACT, "typed": typed, "seen": seen}
        kept = await app.database.write(lambda tx: drafts.keep(tx, now=int(app.client.now().timestamp()), **given))
        return kept.id

    async def press(custom_id: str, *values: str) -> str:
        data = component(custom_id, *values)
        return await sender.send(COMPONENT, data, message=bearing(sender.message(answer.message), data))

    async def steps(step: str) -> str:
        seen = await numbers(app.database, FACT, server)
        if step == "command":
            return await sender.send(COMMAND, sender.command("correct", fact=FACT))
        if step == "menu":
            return await sender.send(COMMAND, sender.menu(MENU, answer.message))
        if step == "fill":
            return await sender.send(MODAL, form(form_id(FACT, seen), **GOOD))
        if step == "mend":
            return await sender.send(MODAL, form(custom_id(Step.MEND, await draft()), **GOOD))
        if step == "choose":
            return await press(custom_id(Step.CHOOSE), FACT)
        latest.append(await draft())
        return await press(
            {
                "pick": custom_id(Step.PICK, encode(Question(Ask.SOURCE, fact=FACT))),
                "open": custom_id(Step.OPEN, FACT),
                "edit": custom_id(Step.EDIT, latest[-1]),
                "here": custom_id(Step.HERE, latest[-1], 1),
                "everyone": custom_id(Step.EVERYONE, latest[-1], 1),
                "cancel": custom_id(Step.CANCEL, latest[-1]),
                "propose": custom_id(Step.PROPOSE, FACT, number),
            }[step]
        )

    said = {step: await steps(step) for step in (*ALL[:8], "propose", *ALL[8:11])}
    expected = TABLE[name]
    assert set(said) == set(expected)
    assert {step: expected[step] if expected[step] in text else text for step, text in said.items()} == expected
    made = await app.database.fetch_all("SELECT scope FROM correction WHERE request <> 'before' ORDER BY scope")
    allowed = [scope for step, scope in (("everyone", ""), ("here", server)) if expected[step] == ALLOWED[step]]
    assert [scope for (scope,) in made] == allowed, "what was refused changed nothing"
    proposed = await app.database.fetch_all("SELECT 1 FROM proposal")
    assert bool(proposed) == (expected["propose"] == ALLOWED["propose"])
    cancelled = await app.database.fetch_one("SELECT 1 FROM draft WHERE id = ?1", (latest[-1],))
    assert (cancelled is None) == (expected["cancel"] == ALLOWED["cancel"]), "a refused one drops nothing either"
