"""/metrics and /healthz over real HTTP, of something that says what the test wants it to say."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.errors import SitrepError
from bot.metrics.reading import Vitals
from bot.metrics.server import MetricsServer
from bot.store.digests.outlook import Corrections, Outlook
from bot.store.digests.patrol import Totals
from tests.metrics.asking import Said, ask, free_port

WELL = Vitals(
    version="9.8.7", started=100, online=True, latency=0.125, ticking=True, last_tick=200, servers=3, facts=62,
    answered={"component": 5}, failed={"refused": 2},
)  # fmt: skip
TOTALS = Totals(active=11, paused=12, due=13, lag=14, open=15, sent=16, failed=17, skipped=18, late=19)
SEEN = Outlook(TOTALS, Corrections(edits=20, notices=21))


@dataclass
class Told:
    """A source that says what it is told to say."""

    now: Vitals = WELL
    seen: Outlook | None = SEEN
    answers: bool = True
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def vitals(self) -> Vitals:
        return self.now

    async def outlook(self) -> Outlook | None:
        await self.gate.wait()
        return self.seen

    async def readable(self) -> bool:
        return self.answers


Get = Callable[[str], Awaitable[Said]]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def get(told: Told) -> AsyncIterator[Get]:
    port = free_port()
    server = MetricsServer(told, port)
    await server.start()
    yield lambda path: ask(port, path)
    await server.stop()


async def test_every_figure_is_there(get: Get) -> None:
    said = await get("/metrics")
    assert (said.status, said.kind) == (200, "text/plain")
    figures = dict(said.figures)
    for name, value in {
        "sitrep_build_info{version=9.8.7}": 1,
        "sitrep_start_time_seconds": 100,
        "sitrep_gateway_up": 1,
        "sitrep_gateway_latency_seconds": 0.125,
        "sitrep_servers": 3,
        "sitrep_facts": 62,
        "sitrep_scheduler_up": 1,
        "sitrep_scheduler_last_tick_seconds": 200,
        "sitrep_answers_total{kind=component}": 5,
        "sitrep_answers_total{kind=application_command}": 0,
        "sitrep_failures_total{kind=refused}": 2,
        "sitrep_failures_total{kind=unexpected}": 0,
        "sitrep_database_up": 1,
        "sitrep_digests{state=active}": 11,
        "sitrep_digests{state=paused}": 12,
        "sitrep_digests_due": 13,
        "sitrep_digests_lag_seconds": 14,
        "sitrep_slots_open": 15,
        "sitrep_slots_last_day{outcome=sent}": 16,
        "sitrep_slots_last_day{outcome=failed}": 17,
        "sitrep_slots_last_day{outcome=skipped}": 18,
        "sitrep_slots_last_day{outcome=late}": 19,
        "sitrep_corrections_pending{kind=edit}": 20,
        "sitrep_corrections_pending{kind=notice}": 21,
    }.items():
        assert figures[name] == value, name


async def test_what_is_not_known_is_left_out_instead_of_being_nought(told: Told, get: Get) -> None:
    told.now = WELL._replace(latency=None, last_tick=None, online=False)
    told.seen = None
    figures = (await get("/metrics")).figures
    assert (figures["sitrep_database_up"], figures["sitrep_gateway_up"]) == (0, 0)
    for missing in ("latency", "last_tick", "digests", "slots", "corrections"):
        assert not [name for name in figures if missing in name]


async def test_many_who_ask_at_once_each_get_a_whole_answer(told: Told, get: Get) -> None:
    told.gate.clear()
    asked = [asyncio.create_task(get("/metrics")) for _ in range(20)]
    await asyncio.sleep(0)
    told.gate.set()
    for said in await asyncio.gather(*asked):
        assert said.figures["sitrep_digests_due"] == 13


async def test_two_in_one_process_share_nothing(told: Told, get: Get) -> None:
    port = free_port()
    other = MetricsServer(Told(WELL._replace(facts=7)), port)
    await other.start()
    try:
        assert (await ask(port, "/metrics")).figures["sitrep_facts"] == 7
        assert (await get("/metrics")).figures["sitrep_facts"] == 62
    finally:
        await other.stop()


async def test_all_well(get: Get) -> None:
    assert await get("/healthz") == Said(200, "application/json", '{"status":"ok"}')


@pytest.mark.parametrize(
    ("online", "ticking", "readable", "named"),
    [
        (False, True, True, '["gateway"]'),
        (True, False, True, '["scheduler"]'),
        (True, True, False, '["database"]'),
        (False, False, False, '["gateway","scheduler","database"]'),
    ],
)
async def test_what_does_not_work_is_named(
    told: Told, get: Get, online: bool, ticking: bool, readable: bool, named: str
) -> None:
    told.now = WELL._replace(online=online, ticking=ticking)
    told.answers = readable
    said = await get("/healthz")
    assert (said.status, said.text) == (503, f'{{"status":"failing","failing":{named}}}')


@pytest.mark.parametrize("path", ["/", "/metrics/", "/secrets"])
async def test_nothing_else_is_served(get: Get, path: str) -> None:
    assert (await get(path)).status == 404


async def test_a_taken_port_is_named_with_what_to_do(told: Told) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SitrepError, match=f"cannot have port {port} of 127.0.0.1: another program") as raised:
            await MetricsServer(told, port).start()
    assert "METRICS_PORT" in raised.value.remedy


async def test_nobody_outside_of_the_machine_reaches_it(told: Told) -> None:
    port = free_port()
    server = MetricsServer(told, port)
    await server.start()
    try:
        with socket.create_server(("127.0.0.2", port)):
            pass  # taken on no other address
    finally:
        await server.stop()


async def test_stopped_it_answers_no_more_and_gives_the_port_back(told: Told) -> None:
    port = free_port()
    server = MetricsServer(told, port)
    await server.start()
    await server.stop()
    await server.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await ask(port, "/healthz")
    with socket.create_server(("127.0.0.1", port)):
        pass
