"""Digests over the wire: 500 channels, the process killed at a random moment and started again, each post once."""

from __future__ import annotations

from pathlib import Path

import pytest

from .soak import WEATHERS, play


@pytest.mark.parametrize("weather", WEATHERS[:4] + WEATHERS[5:], ids=lambda weather: weather.name)
async def test_killed_and_started_again_every_channel_has_every_slot_once(weather: object, tmp_path: Path) -> None:
    result = await play(tmp_path, weather, seed=2016, servers=20)  # type: ignore[arg-type]
    assert result.kills == 1


async def test_after_discord_forgot_the_nonces_the_channels_are_read(tmp_path: Path) -> None:
    weather = next(weather for weather in WEATHERS if weather.forget)
    result = await play(tmp_path, weather, seed=7, servers=4)
    assert result.stats.get("deduplicated", 0) == 0
