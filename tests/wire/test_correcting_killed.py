"""The bot killed (SIGKILL) at random during 200 corrections, between the click that confirms one and its answer: all of
it is kept, or nothing, the same click after the restart gets the answer, and what was answered before is all there."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from tests.chat.correcting.forms import FACT, LINK, REASON

from .botprocess import Bot
from .conftest import loopback
from .standin.objects import READER
from .standin.scene import Scene

CORRECTIONS, KILLS = 200, 12
MANAGE_MESSAGES = 1 << 13
MODERATOR = Scene(user="mona", member_permissions=READER | MANAGE_MESSAGES)


def kept(folder: Path) -> list[tuple[int, str]]:
    """The corrections in the database, each with what it was confirmed by; nothing by half."""
    with contextlib.closing(sqlite3.connect(folder / "sitrep.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        revisions = database.execute("SELECT number, scope FROM revision WHERE author <> 'seeds' ORDER BY 1").fetchall()
        made = database.execute("SELECT number, scope, request FROM correction ORDER BY 1").fetchall()
        drafts = database.execute(
            "SELECT made_number, made_scope, id FROM draft WHERE made_scope IS NOT NULL ORDER BY 1"
        ).fetchall()
    assert [row[:2] for row in made] == revisions
    # Of one person the latest drafts alone are kept.
    assert drafts == made[len(made) - len(drafts) :], (
        "a draft is consumed with the revision it becomes, and by no other"
    )
    assert bool(drafts) is bool(made)
    return [(number, request) for number, _scope, request in made]


async def test_a_correction_is_whole_or_absent_and_the_click_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRECTIONS_RATE", "1000")
    dice = random.Random(8)
    killed = set(dice.sample(range(CORRECTIONS), KILLS))
    async with loopback(tmp_path, rates=False) as (discord, start):
        bot: Bot = await start()
        await discord.connected()
        for number in range(CORRECTIONS):
            form = await discord.command("/correct", MODERATOR, fact=FACT, within_s=10)
            assert form.first.type == 9
            fields = {"value": f"at least {400 + number}", "kind": ["reading"], "reason": REASON, "evidence": LINK}
            preview = await discord.submit(form, fields, MODERATOR)
            confirm = preview.buttons["Confirm"]
            if number not in killed:
                answer = await discord.press(preview.message, confirm, MODERATOR, within_s=10)
                assert "Corrected in this server" in answer.text
                continue
            click = asyncio.create_task(discord.press(preview.message, confirm, MODERATOR, within_s=1))
            await asyncio.sleep(dice.random() * 0.02)
            await bot.kill()
            answer = await click
            before = kept(tmp_path)
            assert len(before) in (number, number + 1), "what was answered earlier is kept"
            bot = await start()
            await discord.connected(commands=False)
            if answer.answered:
                assert len(before) > number, "what was answered is kept"
            else:
                answer = await discord.press(preview.message, confirm, MODERATOR, within_s=10)
            assert "Corrected in this server" in answer.text
            assert f"at least {400 + number}" in answer.text
            after = kept(tmp_path)
            assert len(after) == number + 1
            assert after[: len(before)] == before
        assert [number for number, _request in kept(tmp_path)] == list(range(1, CORRECTIONS + 1))
        assert await discord.violations() == []
        assert await bot.stop() == 0
