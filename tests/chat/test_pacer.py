"""The pace: counted on a clock that only moves when somebody waits."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from multidict import CIMultiDict
from yarl import URL

from bot.chat.pacer import Pacer, seconds


class SteppedLoop(asyncio.SelectorEventLoop):
    """Sleeps take no time: the clock jumps to the next thing that is due."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = 0.0

    def time(self) -> float:
        return self.moved

    def _run_once(self) -> None:
        scheduled = self._scheduled  # type: ignore[attr-defined]
        if not self._ready and scheduled:  # type: ignore[attr-defined]
            self.moved = max(self.moved, scheduled[0].when())
        super()._run_once()  # type: ignore[misc]


@pytest.fixture
def stepped() -> Iterator[SteppedLoop]:
    loop = SteppedLoop()
    yield loop
    loop.close()


def test_never_more_than_the_pace_in_any_second(stepped: SteppedLoop) -> None:
    async def run() -> list[float]:
        pacer = Pacer(45)
        times: list[float] = []

        async def one() -> None:
            await pacer.turn()
            times.append(stepped.time())

        await asyncio.gather(*(one() for _ in range(200)))
        return times

    times = stepped.run_until_complete(run())
    assert max(sum(1 for at in times if start <= at < start + 0.999) for start in times) == 45
    assert times[-1] <= 199 / 45, "no slower than even"


def test_an_idle_pacer_lets_the_first_through_at_once_and_saves_nothing_up(stepped: SteppedLoop) -> None:
    async def run() -> tuple[float, float]:
        pacer = Pacer(10)
        await asyncio.sleep(60)
        before = stepped.time()
        await pacer.turn()
        first = stepped.time() - before
        await pacer.turn()
        return first, stepped.time() - before

    assert stepped.run_until_complete(run()) == (0, pytest.approx(0.08))


def test_after_a_hold_those_who_waited_come_one_after_another(stepped: SteppedLoop) -> None:
    async def run() -> list[float]:
        pacer = Pacer(10)
        times: list[float] = []

        async def one() -> None:
            await pacer.turn()
            times.append(stepped.time())

        waiting = [asyncio.create_task(one()) for _ in range(20)]
        await asyncio.sleep(0.2)
        pacer.hold(5)
        await asyncio.gather(*waiting)
        return times

    times = stepped.run_until_complete(run())
    assert times[:3] == pytest.approx([0, 0.08, 0.16])
    assert times[3] >= 5.2
    gaps = [later - earlier for earlier, later in pairwise(times[3:])]
    assert min(gaps) >= 0.0799


def test_a_stall_is_caught_up_with_and_never_beyond_the_pace(stepped: SteppedLoop) -> None:
    async def run() -> list[float]:
        pacer = Pacer(45)
        times: list[float] = []
        for n in range(300):
            await pacer.turn()
            times.append(stepped.time())
            if n % 20 == 0:
                stepped.moved += 0.1  # something held the loop up

        return times

    times = stepped.run_until_complete(run())
    assert max(sum(1 for at in times if start <= at < start + 0.999) for start in times) <= 45
    assert times[-1] <= 300 / 45 * 1.1, "nine tenths of the pace at least"


def asked(url: str) -> Any:
    return SimpleNamespace(url=URL(url))


def answered(status: int, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(response=SimpleNamespace(status=status, headers=CIMultiDict(named)))


@pytest.mark.parametrize(
    ("url", "waits"),
    [
        ("https://discord.com/api/v10/channels/1/messages", True),
        ("https://discord.com/api/v10/applications/1/commands", True),
        ("https://discord.com/api/v10/interactions/1/token/callback", False),
        ("https://discord.com/api/v10/webhooks/1/token/messages/@original", False),
        ("https://discord.com/api/v10/gateway/bot", False),
        ("wss://gateway.discord.gg/?v=10", False),
    ],
)
def test_answers_to_interactions_never_wait(stepped: SteppedLoop, url: str, waits: bool) -> None:
    async def run() -> float:
        pacer = Pacer(1)
        await pacer.turn()
        await pacer.trace().on_request_start[0](None, SimpleNamespace(), asked(url))  # type: ignore[arg-type]
        return stepped.time()

    assert stepped.run_until_complete(run()) == (1 if waits else 0)


def test_what_was_waited_for_beforehand_is_counted_once_and_a_second_attempt_anew(stepped: SteppedLoop) -> None:
    async def run() -> list[float]:
        pacer = Pacer(1)
        before = pacer.trace().on_request_start[0]
        times = []
        await pacer.prepaid()
        for _ in range(3):
            await before(None, SimpleNamespace(), asked("https://discord.com/api/v10/channels/1/messages"))  # type: ignore[arg-type]
            times.append(stepped.time())
        return times

    assert stepped.run_until_complete(run()) == [0, 1, 2]


@pytest.mark.parametrize(
    ("answer", "held"),
    [
        (answered(429, X_RateLimit_Scope="global", Retry_After="7", Via="1.1"), 7),
        (answered(429, X_RateLimit_Global="true", Retry_After="2.5", Via="1.1"), 2.5),
        (answered(429, Retry_After="60"), 60),
        (answered(429, Retry_After="soon"), 1),
        (answered(429, Retry_After="1e99"), 3600),
        (answered(429, X_RateLimit_Scope="user", Retry_After="7", Via="1.1"), 0),
        (answered(429, X_RateLimit_Scope="shared", Retry_After="7", Via="1.1"), 0),
        (answered(503, Retry_After="7"), 0),
        (answered(200), 0),
    ],
)
def test_what_is_meant_for_all_holds_all(stepped: SteppedLoop, answer: Any, held: float) -> None:
    async def run() -> float:
        pacer = Pacer(1000)
        await pacer.trace().on_request_end[0](None, SimpleNamespace(), answer)  # type: ignore[arg-type]
        await pacer.turn()
        return stepped.time()

    assert stepped.run_until_complete(run()) == pytest.approx(held)


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("0.5", 0.5), ("-1", None), ("nan", None), ("inf", None), (None, None)]
)
def test_headers_that_say_nothing(text: str | None, value: float | None) -> None:
    assert seconds(text) == value
