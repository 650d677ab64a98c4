"""A process that dies at any step: what both halves of delivery are put through."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tests.digests.channels import Fuse

T = TypeVar("T")


async def between(fuse: Fuse, work: Callable[[], Awaitable[T]]) -> T:
    """A write with a step before and after it: a process may die at either."""
    await fuse.step()
    result = await work()
    await fuse.step()
    return result


async def killed(fuse: Fuse, work: Callable[[], Awaitable[None]]) -> bool:
    """Do the work until all is done, or the fuse blows and every task of it ends where it is; whether it did."""
    before = asyncio.all_tasks()
    task = asyncio.ensure_future(work())
    blown = asyncio.create_task(fuse.blown.wait())
    await asyncio.wait({task, blown}, return_when=asyncio.FIRST_COMPLETED)
    blown.cancel()
    if not fuse.blown.is_set():
        await task
        return False
    mine = asyncio.all_tasks() - before - {asyncio.current_task()}
    for one in mine:
        one.cancel()
    await asyncio.gather(*mine, return_exceptions=True)
    fuse.left = None
    fuse.blown.clear()
    return True
