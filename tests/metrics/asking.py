"""Asking the metrics of a Sitrep, as Prometheus and whoever restarts it do: over HTTP."""

import socket
from collections.abc import Mapping
from typing import Any, NamedTuple

import aiohttp
from prometheus_client.parser import text_string_to_metric_families


class Said(NamedTuple):
    """An answer."""

    status: int
    kind: str
    text: str

    @property
    def figures(self) -> Mapping[str, float]:
        """Every sample, as `name{label=value}`."""
        return {
            one.name + "".join(f"{{{key}={value}}}" for key, value in one.labels.items()): one.value
            for family in text_string_to_metric_families(self.text)
            for one in family.samples
        }


def free_port() -> int:
    """One that nobody has at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def ask(port: int, path: str, **options: Any) -> Said:
    """GET."""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{port}{path}", **options) as answer,
    ):
        return Said(answer.status, answer.content_type, await answer.text())
