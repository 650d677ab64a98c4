"""Every cell of who × action × scope, each worked out from a table by hand."""

from itertools import product

import pytest

from bot.corrections.permission import Action, Allowed, Person, Refused, may
from bot.facts.revision import EVERYONE

HERE, ELSEWHERE = "server-1", "server-2"
SCOPES = {"here": HERE, "elsewhere": ELSEWHERE, "everyone": EVERYONE}
TRAITS = ("manage_messages", "corrections_role", "server_manager", "editor")

# Which trait, by itself, allows the action on what the scope sees, for somebody who clicks in a server.
TABLE = """
              here                              elsewhere   everyone
    correct   manage_messages,corrections_role  -           editor
    publish   editor                            editor      editor
    decline   editor                            editor      editor
    undo      manage_messages,corrections_role  -           editor
    wipe      server_manager                    -           -
"""


def _cells() -> dict[tuple[Action, str], set[str]]:
    header, *rows = (line.split() for line in TABLE.strip().splitlines())
    return {
        (Action(action), scope): set() if cell == "-" else set(cell.split(","))
        for action, *cells in rows
        for scope, cell in zip(header, cells, strict=True)
    }


CELLS = _cells()
PEOPLE = [dict(zip(TRAITS, held, strict=True)) for held in product((False, True), repeat=len(TRAITS))]


def test_the_table_has_every_cell() -> None:
    assert set(CELLS) == set(product(Action, SCOPES))


@pytest.mark.parametrize(("action", "scope"), CELLS)
@pytest.mark.parametrize(
    "traits", PEOPLE, ids=lambda traits: "+".join(name for name in TRAITS if traits[name]) or "nobody"
)
def test_each_cell(traits: dict[str, bool], action: Action, scope: str) -> None:
    answer = may(Person(server=HERE, **traits), action, SCOPES[scope])
    held = {name for name in TRAITS if traits[name]}
    assert isinstance(answer, Allowed) == bool(held & CELLS[action, scope])
    if isinstance(answer, Refused):
        assert answer.reason.endswith(".")
        assert answer.remedy.endswith(".")


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("action", Action)
def test_nobody_does_anything_from_a_direct_message(action: Action, scope: str) -> None:
    for traits in PEOPLE:
        answer = may(Person(server=None, **traits), action, SCOPES[scope])
        assert isinstance(answer, Refused)
        assert "in a server" in answer.reason


def test_the_reason_fits() -> None:
    reader, moderator = Person(server=HERE), Person(server=HERE, manage_messages=True)
    reasons = [
        may(reader, Action.CORRECT, HERE),
        may(moderator, Action.CORRECT, EVERYONE),
        may(moderator, Action.UNDO, ELSEWHERE),
        may(moderator, Action.WIPE, HERE),
        may(moderator, Action.WIPE, EVERYONE),
    ]
    assert [answer.reason for answer in reasons if isinstance(answer, Refused)] == [
        "Only moderators correct figures in this server.",
        "Only editors decide on what every server sees.",
        "This belongs to another server.",
        "Only the server's managers wipe its corrections.",
        "What everyone sees is never wiped.",
    ]
