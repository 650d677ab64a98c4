"""``python -m standin --port 0 --guilds 3``: serve until SIGTERM; the first line printed is the address as JSON."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
from dataclasses import fields

from .codec import dumps
from .server import StandIn
from .world import Options


def options() -> tuple[Options, int]:
    parser = argparse.ArgumentParser(prog="standin", description="A Discord stand-in on loopback.")
    parser.add_argument("--port", type=int, default=0)
    for field in fields(Options):
        flag = "--" + field.name.replace("_", "-")
        if isinstance(field.default, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=field.default)
        else:
            kind = str if field.default is None else type(field.default)
            parser.add_argument(flag, type=kind, default=field.default)
    given = vars(parser.parse_args())
    port = given.pop("port")
    return Options(**given), port


async def serve(chosen: Options, port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with StandIn(chosen).listening(port) as address:
        print(dumps(address).decode(), flush=True)
        # Latencies are taken in this process: its own collector must not show up in them.
        gc.collect()
        gc.freeze()
        gc.set_threshold(200_000, 50, 1000)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(*options()))
