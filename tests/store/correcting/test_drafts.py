"""Drafts: kept for their author, told apart by version, thrown away in time."""

from pathlib import Path

import pytest

from bot.store.correcting import drafts
from bot.store.correcting.drafts import KEPT_FOR, KEPT_OF_ONE, Draft, NoDraftError
from bot.store.database import Database
from bot.store.revisions.recorded import Numbers
from tests.store.small_world import NOW, opened

MONA = {"author": "mona", "server": "one"}


async def keep(db: Database, *, now: int = NOW, author: str = "mona", **typed: str) -> Draft:
    return await db.write(
        lambda tx: drafts.keep(tx, author=author, server="one", fact="r1/1.1", typed=typed, seen=(1, 2, 0), now=now)
    )


async def test_what_was_typed_comes_back_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        draft = await keep(db, value="“at least” 320 \u202e", reason="")
    async with opened(tmp_path) as db:
        assert await drafts.get(db, draft.id, **MONA) == draft
        assert draft.seen == draft.opened == Numbers(1, 2, 0)
        assert draft.typed == {"value": "“at least” 320 \u202e", "reason": ""}


async def test_ids_cannot_be_guessed_and_fit_a_button(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        ids = {(await keep(db)).id for _ in range(20)}
        assert len(ids) == 20
        assert all(len(one) == 16 for one in ids)


async def test_every_change_is_another_version(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        draft = await keep(db, value="1")
        seen = await db.write(lambda tx: drafts.saw(tx, draft, (2, 2, 0)))
        assert (seen.version, seen.seen, seen.opened, seen.typed) == (2, (2, 2, 0), (1, 2, 0), {"value": "1"})
        typed = await db.write(lambda tx: drafts.retype(tx, seen, {"value": "2"}))
        assert (typed.version, typed.seen, typed.opened, typed.typed) == (3, (2, 2, 0), (2, 2, 0), {"value": "2"})


async def test_what_was_made_changes_no_more(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        draft = await keep(db, value="1")
        await db.write(lambda tx: drafts.made(tx, draft, "one", 3))
        await db.write(lambda tx: drafts.drop(tx, draft))
        after = await db.write(lambda tx: drafts.retype(tx, draft, {"value": "2"}))
        assert (after.made, after.typed, after.version) == (("one", 3), {"value": "1"}, 1)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ({"author": "nils", "server": "one"}, "somebody else's"),
        ({"author": "mona", "server": "two"}, "another server"),
    ],
)
async def test_it_is_nobody_else_s_and_nowhere_else_s(tmp_path: Path, who: dict[str, str], why: str) -> None:
    async with opened(tmp_path) as db:
        draft = await keep(db)
        with pytest.raises(NoDraftError, match=why):
            await drafts.get(db, draft.id, **who)


async def test_dropped_and_old_ones_are_gone(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        dropped, old, young = await keep(db), await keep(db, now=NOW - 10), await keep(db)
        await db.write(lambda tx: drafts.drop(tx, dropped))
        assert await db.write(lambda tx: drafts.purge(tx, NOW + KEPT_FOR - 5)) == 1
        for gone in (dropped, old):
            with pytest.raises(NoDraftError, match="does not wait any more"):
                await drafts.get(db, gone.id, **MONA)
        assert await drafts.get(db, young.id, **MONA) == young


async def test_one_person_keeps_so_many(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        first, others = await keep(db), await keep(db, author="nils")
        for _ in range(KEPT_OF_ONE):
            last = await keep(db)
        with pytest.raises(NoDraftError):
            await drafts.get(db, first.id, **MONA)
        await drafts.get(db, last.id, **MONA)
        await drafts.get(db, others.id, author="nils", server="one")
