"""A delivery over a real ledger, that can be killed at any step and started again."""

from collections.abc import Callable, Sequence

from bot.digests.delivery import Delivery, Options
from bot.store.database import Database
from bot.store.digests.election import Election
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Begun, Claimed, Outcome
from bot.store.digests.ledger_settle import Settled
from bot.store.digests.patrol import Patrol
from tests.digests.channels import Channels, Desks, Fuse, Time, Told
from tests.digests.killing import between, killed

TAKEOVER = 15


class FusedLedger(Ledger):
    """The ledger, with a step before and after each write: a process may die at either."""

    def __init__(self, db: Database, owner: str, fuse: Fuse, bound: int) -> None:
        super().__init__(db, owner, bound=bound)
        self._fuse = fuse

    async def claim(self, now: int, limit: int) -> Claimed:
        return await between(self._fuse, lambda: super(FusedLedger, self).claim(now, limit))

    async def begin(self, begun: Sequence[Begun], now: int) -> set[tuple[int, int]]:
        return await between(self._fuse, lambda: super(FusedLedger, self).begin(begun, now))

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> Settled:
        return await between(self._fuse, lambda: super(FusedLedger, self).settle(outcomes, now))


class Posting:
    """The program as far as delivery goes. Starting it again gives it a new name, as a new process has."""

    def __init__(self, db: Database, now: int, options: Options | None = None) -> None:
        self.db = db
        self.time = Time(now)
        self.fuse = Fuse()
        self.channels = Channels(self.time, self.fuse)
        self.told = Told()
        self.desks = Desks(db, self.fuse)
        self.repeats = False
        self._options = options or Options(in_flight=50, batch=20, joining=(0.001, 0.001))
        self._runs = 0
        self.delivery = self._start()

    def _start(self) -> Delivery:
        self._runs += 1
        owner = f"run{self._runs}"
        return Delivery(
            ledger=FusedLedger(self.db, owner, self.fuse, self._options.bound),
            patrol=Patrol(self.db),
            election=Election(self.db, owner, seconds=TAKEOVER),
            editions=self.desks,
            sender=self.channels,
            announce=self.told,
            clock=self.time,
            repeats=lambda server: self.repeats,
            options=self._options,
        )

    def restart(self) -> Delivery:
        """Another process, in place of one that is gone, or beside one that lives."""
        self.delivery = self._start()
        return self.delivery

    async def tick(self, seconds: int = 0) -> None:
        """Move the clock, ask what is due, and wait until all that came of it is over, or the process is dead."""
        self.time.now += seconds

        async def work() -> None:
            await self.delivery.tick()
            await self.delivery.settled()

        if await killed(self.fuse, work):
            self.restart()

    async def until(self, what: Callable[[], bool], ticks: int = 50, seconds: int = 2) -> None:
        """Tick until something is so."""
        for _ in range(ticks):
            if what():
                return
            await self.tick(seconds)
        raise AssertionError("it never came about")
