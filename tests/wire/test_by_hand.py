"""What an operator does by hand against Discord: `sync` and `check`."""

from __future__ import annotations

from pathlib import Path

from .conftest import ROOT
from .driver import Discord, stand_in


async def by_hand(discord: Discord, folder: Path, *words: str) -> tuple[int, str]:
    """Exit status and output of `python -m bot WORDS`."""
    env = {"DATABASE_URL": f"sqlite:///{folder}/sitrep.db"}
    process = await discord.start_bot(["-m", "bot", *words], cwd=ROOT, env=env)
    return await process.exited(within_s=30), process.output


async def test_a_server_gets_its_copy_of_the_commands_and_loses_it_again(tmp_path: Path) -> None:
    async with stand_in() as discord:
        guild = str((await discord.guilds())[0]["id"])
        status, said = await by_hand(discord, tmp_path, "sync", "--guild", guild)
        sent = [command["name"] for command in await discord.commands(guild)]
        assert (status, "casualties" in sent, f"sent {len(sent)} commands" in said) == (0, True, True), said
        assert await discord.commands() == []
        status, said = await by_hand(discord, tmp_path, "sync", "--guild", guild, "--clear")
        assert (status, await discord.commands(guild)) == (0, []), said


async def test_what_was_sent_by_hand_is_not_sent_again_at_the_next_start(tmp_path: Path) -> None:
    async with stand_in() as discord:
        status, said = await by_hand(discord, tmp_path, "sync")
        sent = [command["name"] for command in await discord.commands()]
        assert (status, "casualties" in sent, f"sent {len(sent)} commands" in said) == (0, True, True), said
        bot = await discord.start_bot(
            ["-m", "bot", "run"], cwd=ROOT, env={"DATABASE_URL": f"sqlite:///{tmp_path}/sitrep.db"}
        )
        await discord.connected()
        assert await bot.stop(within_s=10) == 0
        assert "commands.unchanged" in bot.output


async def test_an_unknown_server_is_told_in_words(tmp_path: Path) -> None:
    async with stand_in() as discord:
        status, said = await by_hand(discord, tmp_path, "sync", "--guild", "42")
        assert status == 1
        assert "no server 42" in said
        assert "Traceback" not in said


async def test_clear_needs_a_server(tmp_path: Path) -> None:
    async with stand_in() as discord:
        status, said = await by_hand(discord, tmp_path, "sync", "--clear")
        assert status == 1
        assert "--guild ID --clear" in said


async def test_check_tells_whose_token_it_is_and_nothing_that_looks_like_trouble(tmp_path: Path) -> None:
    async with stand_in() as discord:
        status, said = await by_hand(discord, tmp_path, "check")
        assert status == 0, said
        assert "token: accepted, for " in said
        assert "WARNING" not in said
