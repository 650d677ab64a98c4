"""`python -m bot preview` as a process: what it says, and how it ends."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.preview.conftest import ROOT, Process, started


async def test_it_says_what_it_does_how_long_it_took_and_where_to_go(preview: Process) -> None:
    address = await preview.address()
    assert address.startswith("http://127.0.0.1:")
    timed = [line for line in preview.lines if line.endswith(" ms") or " ms: " in line]
    assert len(timed) >= 4
    typed = await preview.line("type")
    assert all(command in typed for command in ("/casualties", "/displaced", "/district Sheikh Saeed"))
    viewers = await preview.line("Viewing as")
    assert all(name in viewers for name in ("reader", "channel manager", "moderator", "server manager", "editor"))
    assert "/digest subscribe hourly :" in await preview.line("channel manager, type")
    assert (ROOT / (await preview.line("bot load")).split("bot load ")[1].split()[0]).is_file()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_in_order(preview: Process, number: signal.Signals) -> None:
    await preview.address()
    assert await preview.stop(number) == 0
    ended = [line for line in preview.lines if "stopped" in line or "closed" in line]
    said = " ".join(ended)
    assert said.index("scheduler.stopped") < said.index("client.closed") < said.index("sitrep: stopped")
    assert not [line for line in preview.lines if "Traceback" in line or "Error" in line]


async def test_a_second_start_on_the_same_database_has_its_commands(tmp_path: Path) -> None:
    """The database knows the commands as sent; this Discord has forgotten them."""
    counts = []
    for _ in range(2):
        async with started(tmp_path) as process:
            counts.append((await process.line("commands")).rsplit(" ", 2)[-2])
            assert await process.stop() == 0
    assert counts[0] == counts[1] != "0"


async def test_a_taken_port_ends_it_with_the_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        async with started(tmp_path, PREVIEW_PORT=port) as process:
            assert await process.end() == 1
    said = "\n".join(process.lines)
    assert port in said
    assert "PREVIEW_PORT" in said
    assert "Traceback" not in said


async def test_without_simcord_it_says_how_to_get_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['simcord'] = None; from bot.__main__ import main; sys.exit(main(['preview']))"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", code),
        cwd=ROOT,
        env={"DATABASE_URL": f"sqlite:///{tmp_path}/sitrep.db", "DISCORD_TOKEN": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 1
    assert "SimCord" in said
    assert "make run" in said
    assert "Traceback" not in said
