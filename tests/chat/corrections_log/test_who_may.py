"""Who may do what with corrections that were made, for whom, and from where: every cell, whatever a client sends."""

from collections.abc import Callable

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.chat.corrections_log.ids import numbers_text, request_text
from bot.facts.revision import EVERYONE
from bot.store.correcting import proposals
from bot.store.correcting.correction_log import size
from bot.store.revisions.recorded import numbers
from tests.asking import Person
from tests.chat.correcting.raw import COMMAND, COMPONENT, MODAL, Sender, bearing, component, form
from tests.chat.correcting.test_who_may import sender_of
from tests.chat.corrections_log.world import FACT, OTHER, correct, propose

MODERATORS = "Only moderators correct figures in this server."
EDITORS = "Only editors decide on what every server sees."
MANAGERS = "Only the server's managers wipe its corrections."
SERVER = "Corrections are made in a server, where others can see who makes them."
GONE = "There is no such correction here."

READ = {
    "list": "Corrections",
    "turn": "Corrections",
    "show": "A correction",
    "open": "A correction",
    "show everyone's": "A correction",
}
HERE = ("undo", "undo button", "undo form", "give back", "choose what to give back", "give back form")
EVERYONES = (
    "undo everyone's",
    "undo everyone's button",
    "undo everyone's form",
    "give back everyone's",
    "choose what to give back to everyone",
    "give back everyone's form",
)
DECIDE = ("queue", "next", "publish", "confirm", "decline", "decline form")
WIPE = ("wipe", "wipe form")
ALL = (*READ, *HERE, *EVERYONES, *DECIDE, *WIPE)

READER = {
    **READ,
    **dict.fromkeys(HERE, MODERATORS),
    **dict.fromkeys(EVERYONES, EDITORS),
    **dict.fromkeys(DECIDE, EDITORS),
    **dict.fromkeys(WIPE, MANAGERS),
}
MAY_UNDO = {**dict.fromkeys(HERE, "form"), "undo form": "Undone", "give back form": "Given back"}
MODERATOR = {**READER, **MAY_UNDO}
MANAGER = {**READER, "wipe": "form", "wipe form": "Wiped"}
EDITOR = {
    **READER,
    **dict.fromkeys(EVERYONES, "form"),
    "undo everyone's form": "Undone",
    "give back everyone's form": "Given back",
    "queue": "Proposed for everyone",
    "next": "Proposed for everyone",
    "publish": "Publish this for everyone?",
    "confirm": "Published for everyone",
    "decline": "form",
    "decline form": "Declined",
}
OUTSIDE = {**dict.fromkeys(ALL, SERVER), **READ}
# In a direct message there is nobody's own.
ALONE = {**OUTSIDE, "show": GONE, "open": GONE}

TABLE: dict[str, dict[str, str]] = {
    "reader": READER,
    "channel manager": READER,
    "moderator": MODERATOR,
    "moderator by role": MODERATOR,
    "server manager": MANAGER,
    "administrator": {**MODERATOR, **MANAGER, **MAY_UNDO},
    "editor": EDITOR,
    "editor who moderates": {**EDITOR, **MAY_UNDO},
    "moderator in a direct message": ALONE,
    "editor in a direct message": ALONE,
    "moderator with an app of their own": OUTSIDE,
    "editor with an app of their own": OUTSIDE,
}


class Steps:
    """Everything that can be sent, each with what it needs prepared afresh."""

    def __init__(self, app: App, sender: Sender, server: str, message: dict[str, object]) -> None:
        self.app, self.sender, self.server, self.message = app, sender, server, message

    async def send(self, step: str) -> str:
        """What comes back: `form`, or the text of the answer."""
        own, everyones = await self.latest(self.server, FACT), await self.latest(EVERYONE, OTHER)
        commands: dict[str, tuple[str, dict[str, str]]] = {
            "list": ("list", {}),
            "show": ("show", {"correction": own}),
            "show everyone's": ("show", {"correction": everyones}),
            "undo": ("undo", {"correction": own}),
            "undo everyone's": ("undo", {"correction": everyones}),
            "queue": ("queue", {}),
            "wipe": ("wipe", {}),
        }
        if step in commands:
            return await self.command(*commands[step])
        if step == "open":
            return await self.press("c2:o", own)
        if step == "turn":
            return await self.press("c2:l||||azzzzzz.zzz")
        if step in ("undo button", "undo everyone's button"):
            return await self.press(f"c2:u{own if step == 'undo button' else everyones}")
        if "give back" in step:
            return await self.give_back(step)
        if step in ("undo form", "undo everyone's form"):
            wanted, scope, fact = (own, self.server, FACT) if step == "undo form" else (everyones, EVERYONE, OTHER)
            seen = numbers_text(await numbers(self.app.database, fact, scope))
            return await self.fill(
                f"c2:f{seen}|{request_text(self.sender.user)}|{wanted}", reason="the page was changed back"
            )
        if step == "next":
            return await self.press("c2:q0")
        if step == "wipe form":
            found = await size(self.app.database, self.server)
            return await self.fill(f"c2:w{found.revisions}|{found.wipes}", phrase=f"wipe {found.revisions}")
        return await self.decide(step)

    async def give_back(self, step: str) -> str:
        scope, fact = (EVERYONE, OTHER) if "everyone" in step else (self.server, FACT)
        wanted = f"e1|{fact}" if scope == EVERYONE else f"s1|{fact}"
        if step.startswith("choose"):
            return await self.press("c2:e", wanted)
        if not step.endswith("form"):
            return await self.press(f"c2:b{wanted}")
        seen = numbers_text(await numbers(self.app.database, fact, scope))
        return await self.fill(f"c2:k{seen}|{request_text(self.sender.user + 1)}|{wanted}", reason="it was right")

    async def decide(self, step: str) -> str:
        proposal = (await proposals.queue(self.app.database, limit=1))[0]
        seen = await numbers(self.app.database, proposal.revision.fact.id, EVERYONE)
        if step == "decline form":
            return await self.fill(f"c2:r{proposal.id}|abc", reason="one source alone says so")
        ids = {
            "publish": f"c2:p{proposal.id}",
            "confirm": f"c2:c{proposal.id}|{seen.everyone}|{proposal.id}",
            "decline": f"c2:d{proposal.id}",
        }
        return await self.press(ids[step])

    async def latest(self, scope: str, fact: str) -> str:
        """What stands for the latest correction."""
        seen = await numbers(self.app.database, fact, scope)
        return f"e{seen.everyone}|{fact}" if scope == EVERYONE else f"s{seen.own}|{fact}"

    async def command(self, name: str, options: dict[str, str]) -> str:
        data = self.sender.command("corrections")
        given = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
        data["options"] = [{"name": name, "type": 1, "options": given}]
        result = self.sender.post(COMMAND, data)
        await self.sender.env.settle()
        if result.modal is not None:
            return "form"
        assert result.response is not None
        return "\n".join(str(part) for part in result.response.components)

    async def press(self, custom_id: str, *values: str) -> str:
        data = component(custom_id, *values)
        return await self.sender.send(COMPONENT, data, message=bearing(self.message, data))

    async def fill(self, custom_id: str, **fields: str) -> str:
        return await self.sender.send(MODAL, form(custom_id, **fields))


@pytest.fixture
def prepare(app: App, server: str) -> Callable[[], object]:
    """Corrections of the server and of everyone, and proposals, as many as the steps take."""

    async def make() -> None:
        await correct(app, "at least 320", server)
        for number in ("4", "5"):
            await correct(app, number, fact=OTHER)
        for number, fact in enumerate(("afp-2016-12-03/3.2", "afp-2016-12-03/10.2", "afp-2016-12-03/22.1")):
            await propose(app, await correct(app, str(70 + number), server, fact=fact))

    return make


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("name", TABLE)
async def test_who_may(
    name: str, simcord_env: Env, app: App, channel: ChannelHandle, reader: Person, server: str, prepare: Callable
) -> None:
    answer = await reader.use("casualties")
    await prepare()
    sender = await sender_of(name, simcord_env, app, channel)
    steps = Steps(app, sender, server, sender.message(answer.message))
    assert set(TABLE[name]) == set(ALL)
    wrong = {}
    for step in ALL:
        before = await corrections(app)
        said = await steps.send(step)
        if TABLE[name][step] not in said:
            wrong[step] = said
        changed = await corrections(app) != before
        writes = {"Undone", "Given back", "Published for everyone", "Wiped"}
        assert changed == (TABLE[name][step] in writes), f"{step} by {name}: {said}"
    assert wrong == {}


async def corrections(app: App) -> int | None:
    row = await app.database.fetch_one("SELECT COUNT(*) FROM correction")
    return int(row[0]) if row is not None else None


FORGED = (
    "c2:", "c2:z", "c2:u", "c2:us", "c2:us1", "c2:us1|", "c2:us-1|a/1.1", "c2:us1|../1.1", "c2:ux1|afp-2016-12-03/11.1",
    "c2:b", "c2:bs|", "c2:bs9|afp-2016-12-03/11.1", "c2:e", "c2:es1",
    "c2:us99999999999|afp-2016-12-03/11.1", "c2:us١|afp-2016-12-03/11.1", "c2:l", "c2:l||||", "c2:l||||a1",
    "c2:l|||zzzzzzzzzzzzzzzzzz|a1.1", "c2:l|x' OR 1=1||||a1.1", "c2:l||q|||a1.1", "c2:q-1", "c2:qx", "c2:p", "c2:c1",
    "c2:c1|1", "c2:c1|1|%", "c2:d1.5", "c2:g", "c2:gnothing", "c2:l||||a-1.5", "c2:l|||\u202e|a1.1",
)  # fmt: skip


@pytest.mark.simcord(check_errors=False)
async def test_ids_that_were_made_up_are_refused_in_words(
    app: App, simcord_env: Env, channel: ChannelHandle, reader: Person, server: str
) -> None:
    answer = await reader.use("casualties")
    await correct(app, "at least 320", server)
    sender = await sender_of("editor who moderates", simcord_env, app, channel)
    steps = Steps(app, sender, server, sender.message(answer.message))
    for custom_id in FORGED:
        said = await steps.press(custom_id)
        assert "That did not work" in said, f"{custom_id}: {said}"
        assert "not your doing" not in said, f"{custom_id}: {said}"
    for custom_id in (
        "c2:f",
        "c2:f0.1.0|a",
        "c2:f0.1|a|s1|a/1.1",
        "c2:f0.1.0||s1|a/1.1",
        "c2:k",
        "c2:k0.1.0|a",
        "c2:k1.1.0|a|s1|afp-2016-12-03/11.1",
        "c2:r",
        "c2:r1",
        "c2:w",
        "c2:wx|1",
    ):
        said = await steps.fill(custom_id, reason="because", phrase="wipe 1")
        assert "That did not work" in said, f"{custom_id}: {said}"
        assert "not your doing" not in said, f"{custom_id}: {said}"
    assert await corrections(app) == 1
