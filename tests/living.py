"""A server as time passes: a clock that a test sets, reports that arrive, and what stands in the channels."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.opening import load_seeds
from bot.seeds.folder import read_folder
from bot.settings import Settings
from bot.store.digests.subscriptions import Stored, Subscriptions
from bot.store.reading.facts import Facts
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Subscription
from bot.subscriptions.zone import zone_named
from tests.reading import Seen, read
from tests.store.ledgers import EIGHT

SEEDS = Path(__file__).parents[1] / "seeds" / "aleppo-2016"


class Hand:
    """A clock that somebody sets, in seconds since the epoch."""

    def __init__(self) -> None:
        self.now: float = EIGHT - 60

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
async def app(settings: Settings, hand: Hand) -> AsyncIterator[App]:
    async with App(settings, clock=hand) as opened:
        yield opened


async def report(app: App, name: str) -> None:
    """A report arrives."""
    known = await Facts(app.database).relations()
    await load_seeds(app.database, read_folder(SEEDS, [SEEDS / "later" / f"{name}.toml"], known))


class Living:
    """A server, and one of its channels."""

    def __init__(self, app: App, env: Env, channel: ChannelHandle, hand: Hand) -> None:
        self.app = app
        self.env = env
        self.channel = channel
        self.hand = hand
        self.kept = Subscriptions(app.database)

    @property
    def server(self) -> str:
        assert self.channel.guild is not None
        return str(self.channel.guild.id)

    async def subscribe(self, rule: str = "daily 08:00", **choices: object) -> Stored:
        """Subscribe the channel to a digest."""
        wanted = Subscription(
            server=int(self.server),
            channel=self.channel.id,
            rule=parse_rule(rule),
            zone=zone_named("UTC"),
            **choices,  # type: ignore[arg-type] # of several types, each test its own
        )
        return await self.kept.add(wanted, by=1, now=int(self.hand()))

    def posts(self, channel: ChannelHandle | None = None) -> list[Seen]:
        """What stands in the channel, the oldest first."""
        found = (channel or self.channel).history()
        return [read([one.to_dict() for one in message.components]) for message in found]
