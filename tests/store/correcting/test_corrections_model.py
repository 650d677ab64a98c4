"""Random corrections, undos, publications, wipes and reloads over several servers, against a plain model: after every
step each server sees what the rules name, histories only grow, nobody sees another's, and `as_of` any past step gives
that step's answer."""

import asyncio
import tempfile
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.corrections.resolution import View, in_force, view
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import history, listing, overridden, value
from bot.store.correcting.proposals import Proposed, queue
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.as_of import Pasts
from bot.store.reading.facts import Facts
from bot.store.revisions.recorded import numbers
from tests.store import by_hand
from tests.store.by_hand import GAZETTEER, words
from tests.store.small_world import NOW, bring, figure, world

SERVERS = ("server-1", "server-2", "server-3")
SCOPES = (EVERYONE, *SERVERS)
FACTS = ("r1/1.1", "r2/1.1")
CHOSEN = (CorrectionKind.READING, CorrectionKind.SOURCE, CorrectionKind.LATER_REPORT, CorrectionKind.RETRACTION)
scopes, servers, facts = st.sampled_from(SCOPES), st.sampled_from(SERVERS), st.sampled_from(FACTS)
sizes = st.integers(1, 9).map(str)


class Entry(NamedTuple):
    """One revision in the model. `follows`: a server has nothing of its own from here on."""

    shows: str
    follows: bool = False


class Corrections(RuleBasedStateMachine):
    """The database beside the model: a list of entries for each fact and scope, and what the files say."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.model: dict[tuple[str, str], list[Entry]] = {(fact, scope): [] for fact in FACTS for scope in SCOPES}
        self.files: dict[str, str] = {}
        # What each server saw at each past second; a wipe leaves in it what everyone saw.
        self.past: list[tuple[int, dict[tuple[str, str], str | None]]] = []
        self.pending: dict[int, tuple[str, str]] = {}
        self.kept: dict[tuple[str, str], list[Revision]] = {}
        self.time = NOW

    @initialize(first=sizes, second=sizes)
    def open(self, first: str, second: str) -> None:
        async def opened() -> Database:
            db = await Database.open(f"sqlite:///{self.folder.name}/sitrep.db", readers=1)
            await migrate(db, now=NOW)
            return db

        self.db = self.runner.run(opened())
        self.pasts = Pasts(self.db)
        self.reload(first, second)

    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()
        self.folder.cleanup()

    def tick(self) -> int:
        self.time += 1
        return self.time

    @rule(first=sizes | st.none(), second=sizes)
    def reload(self, first: str | None, second: str) -> None:
        """The files are loaded again; the first fact may be missing from them."""
        said = dict(zip(FACTS, (first, second), strict=True))
        given = [self.fact(fact, size) for fact, size in said.items() if size is not None]
        self.runner.run(bring(self.db, world(*given), self.tick()))
        for fact, size in said.items():
            known = self.model[fact, EVERYONE]
            if size is None and known and self.files[fact] != "withdrawn":
                known.append(Entry("withdrawn"))
                self.files[fact] = "withdrawn"
            elif size is not None and self.files.get(fact) != size:
                known.append(Entry(size))
                self.files[fact] = size

    def fact(self, fact: str, size: str) -> Fact:
        return figure(fact, size, place="east" if fact == FACTS[0] else "mill")

    def sees(self, fact: str, scope: str) -> str | None:
        own, everyone = self.model[fact, scope], self.model[fact, EVERYONE]
        if own and not own[-1].follows:
            return own[-1].shows
        return everyone[-1].shows if everyone else None

    def withdraw(self, fact: str, scope: str) -> None:
        self.pending = {key: where for key, where in self.pending.items() if where != (fact, scope)}

    @rule(fact=facts, scope=scopes, size=sizes, kind=st.sampled_from(CHOSEN), proposed=st.booleans())
    def correct(self, fact: str, scope: str, size: str, kind: CorrectionKind, proposed: bool) -> None:
        if not self.model[fact, EVERYONE]:
            return
        done = self.runner.run(by_hand.correct(self.db, size, scope, fact, kind=kind, now=self.tick()))
        self.withdraw(fact, scope)
        self.model[fact, scope].append(Entry("withdrawn" if kind is CorrectionKind.RETRACTION else size))
        if proposed and scope != EVERYONE:
            made = self.runner.run(by_hand.propose(self.db, done))
            self.pending[made.id] = (fact, scope)

    @precondition(lambda self: self.given_back())
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        """To a server that follows everyone, what was once its own."""
        fact, scope, number = data.draw(st.sampled_from(self.given_back()))
        self.runner.run(by_hand.undo(self.db, scope, fact, now=self.tick(), to=number))
        self.withdraw(fact, scope)
        self.model[fact, scope].append(self.model[fact, scope][number - 1])

    def given_back(self) -> list[tuple[str, str, int]]:
        return [
            (fact, scope, number)
            for (fact, scope), entries in self.model.items()
            if scope != EVERYONE and entries and entries[-1].follows
            for number, entry in enumerate(entries, 1)
            if not entry.follows
        ]

    @precondition(lambda self: any(self.undoable(fact, scope) for fact in FACTS for scope in SCOPES))
    @rule(data=st.data(), further=st.booleans())
    def undo(self, data: st.DataObject, further: bool) -> None:
        fact, scope = data.draw(
            st.sampled_from([(fact, scope) for fact in FACTS for scope in SCOPES if self.undoable(fact, scope)])
        )
        entries = self.model[fact, scope]
        first = 1 if scope == EVERYONE else 0
        number = data.draw(st.integers(first, len(entries) - 1)) if further else len(entries) - 1
        given = {"to": number} if further else {}
        self.runner.run(by_hand.undo(self.db, scope, fact, now=self.tick(), **given))
        self.withdraw(fact, scope)
        target = entries[number - 1] if number else Entry("", follows=True)
        entries.append(Entry(self.sees(fact, EVERYONE) or "", follows=True) if target.follows else target)

    def undoable(self, fact: str, scope: str) -> bool:
        entries = self.model[fact, scope]
        return len(entries) > 1 if scope == EVERYONE else bool(entries) and not entries[-1].follows

    @precondition(lambda self: self.pending)
    @rule(data=st.data(), published=st.booleans())
    def decide(self, data: st.DataObject, published: bool) -> None:
        key = data.draw(st.sampled_from(sorted(self.pending)))
        fact, scope = self.pending.pop(key)
        waiting = {proposal.id: proposal for proposal in self.runner.run(queue(self.db, limit=99))}
        proposal: Proposed = waiting[key]
        if not published:
            self.runner.run(by_hand.decline(self.db, proposal, now=self.tick()))
            return
        self.runner.run(by_hand.publish(self.db, proposal, now=self.tick()))
        shows = self.model[fact, scope][-1].shows
        self.model[fact, EVERYONE].append(Entry(shows))
        self.model[fact, scope].append(Entry(shows, follows=True))

    @rule(server=servers)
    def wipe(self, server: str) -> None:
        wiped = self.runner.run(self.db.write(lambda tx: corrections.wipe(tx, server)))
        assert wiped.revisions == sum(len(self.model[fact, server]) for fact in FACTS)
        for fact in FACTS:
            self.model[fact, server] = []
            self.kept.pop((fact, server), None)
            self.withdraw(fact, server)
            for _, answers in self.past:
                answers[fact, server] = answers[fact, EVERYONE]

    @invariant()
    def each_sees_what_the_rules_name(self) -> None:
        self.runner.run(self.check())

    async def check(self) -> None:
        answers = {(fact, scope): self.sees(fact, scope) for fact in FACTS for scope in SCOPES}
        # A second in which nothing happened, so that it belongs to this step alone.
        self.past.append((self.tick(), answers))
        seen = {where: await value(self.db, *where) for where in answers}
        assert {where: words(revision) for where, revision in seen.items()} == answers
        facts = Facts(self.db)
        for fact in FACTS:
            everyone = (await history(self.db, fact, EVERYONE))[::-1]
            shown = await facts.get(fact)
            assert (words_of(shown.fact) if shown else "withdrawn") == (answers[fact, EVERYONE] or "withdrawn")
            for scope in SCOPES:
                own = (await history(self.db, fact, scope))[::-1]
                await self.check_history(fact, scope, own)
                # The pure rules and the database name the same revision.
                mine = own if scope != EVERYONE else []
                assert in_force(mine, everyone) == seen[fact, scope]
                if everyone:
                    assert view(mine, everyone) == View(*(await numbers(self.db, fact, scope))[:2])
        for server in SERVERS:
            log = await listing(self.db, server, limit=500)
            assert {entry.revision.scope for entry in log} <= {server, EVERYONE}
            own_facts = {fact for fact in FACTS if (own := self.model[fact, server]) and not own[-1].follows}
            assert set(await overridden(self.db, server)) == own_facts
        assert {waiting.id for waiting in await queue(self.db, limit=99)} == set(self.pending)
        # Every past step is asked again now and then, the last ones always.
        step = len(self.past) // 8 + 1
        for at, then in (*self.past[:-3:step], *self.past[-3:]):
            for where, answer in then.items():
                assert words(await value(self.db, *where, as_of=at)) == answer
        # And the lists: as of a step a scope sees in them what it saw then, and nothing else.
        at, then = self.past[len(self.past) * 7 // 11]
        scope = SCOPES[len(self.past) % len(SCOPES)]
        past = await self.pasts.at(scope, at, GAZETTEER)
        listed = await past.select(Selection(Topic.CASUALTIES, "land"), limit=9)
        seen_then = {fact: then[fact, scope] for fact in FACTS if then[fact, scope] not in (None, "withdrawn")}
        assert {row.fact.id: words_of(row.fact) for row in listed} == seen_then

    async def check_history(self, fact: str, scope: str, own: list[Revision]) -> None:
        before = self.kept.get((fact, scope), [])
        assert own[: len(before)] == before, "history only grows"
        assert [revision.number for revision in own] == list(range(1, len(own) + 1))
        assert {revision.scope for revision in own} <= {scope}
        assert [words(revision) for revision in own if revision.restores != 0] == [
            entry.shows for entry in self.model[fact, scope] if not entry.follows
        ]
        assert [revision.restores == 0 for revision in own] == [entry.follows for entry in self.model[fact, scope]]
        self.kept[fact, scope] = own


def words_of(fact: Fact) -> str:
    assert fact.quantity is not None
    return str(fact.quantity.size)


Corrections.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestCorrections = Corrections.TestCase
