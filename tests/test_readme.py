"""What the README promises: the link asks for what is used and no more, and every command and setting stands in it."""

import re
from dataclasses import fields
from pathlib import Path

import discord
from discord import app_commands
from simcord.env import Env

from bot.app import App
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
USED = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)


def test_the_link_to_a_server_asks_for_what_digests_need_and_nothing_else() -> None:
    [asked] = re.findall(r"integration_type=0&scope=bot\+applications\.commands&permissions=(\d+)", README)
    assert discord.Permissions(int(asked)) == USED


def test_every_setting_stands_in_it_with_its_default() -> None:
    for one in fields(Settings):
        name = one.name.upper()
        row = next((line for line in README.splitlines() if line.startswith("|") and f"`{name}`" in line), None)
        assert row is not None, f"{name} is missing in the README"
        if isinstance(one.default, int) and one.default is not None:
            assert f"`{one.default}`" in row, f"the default of {name} is {one.default}"


async def test_every_command_stands_in_it(app: App, simcord_env: Env) -> None:
    known = [one for one in app.client.tree.walk_commands() if isinstance(one, app_commands.Command)]
    rows = [line for line in README.splitlines() if line.startswith("| `/")]
    for command in known:
        group, _, name = command.qualified_name.rpartition(" ")
        assert any(
            f"`/{command.qualified_name}`" in row or (group and f"`/{group} " in row and f"`{name}`" in row)
            for row in rows
        ), f"/{command.qualified_name} is missing in the README"
    assert len(known) > 20
