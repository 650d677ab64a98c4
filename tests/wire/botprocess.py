"""A bot as its own process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

BROUGHT_DOWN_S = 10.0


class Bot:
    """A bot process and its output."""

    def __init__(self, process: asyncio.subprocess.Process, log: IO[bytes]) -> None:
        self.process = process
        self._log = log

    @classmethod
    async def start(cls, arguments: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Bot:
        """Start ``python <arguments>`` with these variables beside those of this process."""
        log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by kill()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=cwd,
            env={**os.environ, **env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        return cls(process, log)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def output(self) -> str:
        """Everything it has printed so far, both streams."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    async def exited(self, within_s: float) -> int:
        """Its exit status. Raises :class:`AssertionError` with its output when it still runs after that time."""
        try:
            return await asyncio.wait_for(self.process.wait(), within_s)
        except TimeoutError:
            raise AssertionError(f"the bot still runs after {within_s} s:\n{self.output}") from None

    async def stop(self, within_s: float = BROUGHT_DOWN_S) -> int:
        """SIGTERM, then its exit status."""
        if self.process.returncode is None:
            self.signal(signal.SIGTERM)
        return await self.exited(within_s)

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        self._log.close()
