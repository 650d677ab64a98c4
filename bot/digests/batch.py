"""Many small writes as one: each asks for its own, and all that come within a moment share a transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batch(Generic[T, R]):
    """Collects items and hands them on together. One that was put is handed on, even if its asker is cancelled."""

    def __init__(self, flush: Callable[[Sequence[T]], Awaitable[Sequence[R]]], delay: float) -> None:
        """
        Args:
            flush: gets the items; gives a result for each, in their order.
            delay: seconds during which others may join the first.
        """
        self._flush = flush
        self._delay = delay
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, item: T) -> R:
        """The result for `item`. Raises whatever `flush` raises."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await future

    async def drain(self) -> None:
        """Until all that was put has been handed on."""
        while self._task is not None:
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._delay)
                taken, self._waiting = self._waiting, []
                await self._hand_on(taken)
        finally:
            self._task = None

    async def _hand_on(self, taken: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._flush([item for item, _ in taken])
        except Exception as error:
            for _, future in taken:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(taken, results, strict=True):
            if not future.done():
                future.set_result(result)
