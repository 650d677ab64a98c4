"""A process that makes corrections and says so once each is kept: run as a program, and killed by its test.

Arguments: the folder of the database, then the numbers of the corrections to make. Correction N is made by request N,
in one of three servers or for everyone; some are undone by request "undo-N" at once, some proposed and published.
"""

import asyncio
import sys
from pathlib import Path

from bot.facts.revision import EVERYONE
from bot.store.database import Database
from bot.store.revisions.revising import StaleError
from tests.store.by_hand import correct, propose, publish, undo

SCOPES = ("server-1", "server-2", "server-3", EVERYONE)
FACTS = ("r1/1.1", "r2/1.1")


def where(number: int) -> tuple[str, str]:
    """Fact and scope of a correction."""
    return FACTS[number % 2], SCOPES[number // 2 % len(SCOPES)]


def acknowledge(line: str) -> None:
    print(line, flush=True)


async def work(db: Database, number: int) -> None:
    """One moderator: an answer that is stale is asked again, as a person would."""
    fact, scope = where(number)
    while True:
        try:
            done = await correct(db, str(number + 100), scope, fact, request=str(number), now=1_800_000_000)
            break
        except StaleError:
            continue
    acknowledge(f"{number} {done.revision.number}")
    if done.repeated:
        return
    try:
        if number % 5 == 0:
            undone = await undo(db, scope, fact, request=f"undo-{number}")
            acknowledge(f"undo-{number} {undone.revision.number}")
        elif number % 5 == 1 and scope != EVERYONE:
            published = await publish(db, await propose(db, done), request=f"publish-{number}")
            acknowledge(f"publish-{number} {published.revision.number}")
    except Exception as error:  # somebody else was faster: nothing is acknowledged, so nothing is owed
        print(f"{number}: {error}", file=sys.stderr)


async def main(folder: Path, todo: list[int]) -> None:
    async with await Database.open(f"sqlite:///{folder}/sitrep.db") as db:
        waiting = iter(todo)

        async def moderator() -> None:
            for number in waiting:
                await work(db, number)

        await asyncio.gather(*(moderator() for _ in range(3)))
    acknowledge("end")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]]))
