"""The rules of docs/architecture.md that can be read from the imports: who may know whom, and what stays outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

# A room imports only rooms on lower floors, and itself. The architecture's floors, with a landing where rooms of one of
# its floors lean on each other: settings are made of setting values, extraction and the store know what a seed folder
# holds, and the preview and the operations start the program that `app` builds. The answers know the store's types
# (Selection, Shown, Reference), never its statements.
FLOORS = {
    **dict.fromkeys(("bot", "errors", "i18n", "lazy"), 0),
    **dict.fromkeys(("facts", "places", "subscriptions", "logs", "database_url"), 1),
    **dict.fromkeys(("seeds", "setting_values", "exchange", "corrections"), 2),
    **dict.fromkeys(("extraction", "store", "settings"), 3),
    **dict.fromkeys(("answers", "opening"), 4),
    **dict.fromkeys(("digests", "metrics"), 5),
    "chat": 6,
    **dict.fromkeys(("cogs", "duties"), 7),
    "app": 8,
    **dict.fromkeys(("operations", "running", "preview", "messages"), 9),
    "__main__": 10,
}
STORE_FLOORS = {
    "lists": 1,
    "revisions": 2,
    **dict.fromkeys(("reading", "correcting", "digests"), 3),
    "exchange": 4,
    "keeping": 5,
}
"""Within the store; what lies in none of its rooms (connections, migrations) is on the ground."""
SPEAK_DISCORD = {"chat", "cogs", "app", "preview", "operations"}
WITHOUT_CLOCK = {"facts", "places", "subscriptions", "extraction", "answers"}
PURE = {"facts", "places", "subscriptions", "extraction"}
"""These import nothing that reaches outside: no Discord, no database, no network, no event loop."""
OUTSIDE = {"discord", "aiosqlite", "sqlite3", "aiohttp", "asyncio", "socket", "subprocess", "apscheduler", "simcord"}
CLOCK = re.compile(r"(?:^|\.)(?:datetime\.(?:now|today|utcnow)|date\.today|time\.\w+)$")
SQL = re.compile(
    r"\s*(?:SELECT\s|INSERT INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|PRAGMA\s|CREATE (?:TABLE|INDEX)\s|BEGIN\b)"
)
LINES = 400


class Import(NamedTuple):
    line: int
    module: str


class Module(NamedTuple):
    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return room_of(".".join(part for part in parts if part != "__init__"))

    def imports(self) -> Iterator[Import]:
        """Every import, also those within functions and for type checkers alone."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(node.lineno, alias.name)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.where}:{node.lineno} imports relatively"
                assert node.module is not None
                if node.module in ("bot", "cogs"):
                    for alias in node.names:
                        yield Import(node.lineno, f"{node.module}.{alias.name}")
                else:
                    yield Import(node.lineno, node.module)


def room_of(module: str) -> str:
    """The first name below `bot`: a package, or a module that is a room of its own."""
    first, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    if first != "bot":
        return first
    is_room = name and ((ROOT / "bot" / name).is_dir() or (ROOT / "bot" / f"{name}.py").is_file())
    return name if is_room else "bot"  # `from bot import __version__`


def read(path: Path) -> Module:
    return Module(path, ast.parse(path.read_text(encoding="utf-8"), str(path)))


MODULES = [read(path) for folder in ("bot", "cogs") for path in sorted((ROOT / folder).rglob("*.py"))]


def test_every_room_stands_on_a_floor() -> None:
    assert {module.room for module in MODULES} <= set(FLOORS), (
        "say in FLOORS, and in docs/architecture.md, where a new room stands"
    )


def test_no_import_runs_upwards_or_sideways() -> None:
    wrong = [
        f"{module.where}:{found.line} imports {found.module}"
        for module in MODULES
        for found in module.imports()
        if found.module.partition(".")[0] in ("bot", "cogs")
        and room_of(found.module) != module.room
        and FLOORS[room_of(found.module)] >= FLOORS[module.room]
    ]
    assert wrong == []


def store_floor(module: str) -> int:
    room = module.split(".")[2] if module.count(".") > 1 else ""
    return STORE_FLOORS.get(room, 0)


def test_the_rooms_of_the_store_lean_on_lower_ones_alone() -> None:
    within = [(m, ".".join(m.path.relative_to(ROOT).with_suffix("").parts)) for m in MODULES if m.room == "store"]
    assert {name.split(".")[2] for _, name in within if name.count(".") > 2} == set(STORE_FLOORS)
    wrong = [
        f"{module.where}:{found.line} imports {found.module}"
        for module, name in within
        for found in module.imports()
        if found.module.startswith("bot.store.")
        and found.module.split(".")[2] != name.split(".")[2]
        and store_floor(found.module) >= (store_floor(name) or 1)
    ]
    assert wrong == []


def names_of(module: Module, packages: set[str]) -> list[str]:
    return [f"{module.where}:{found.line}" for found in module.imports() if found.module.partition(".")[0] in packages]


def test_only_the_rooms_that_speak_discord_import_it() -> None:
    assert [line for m in MODULES if m.room not in SPEAK_DISCORD for line in names_of(m, {"discord"})] == []


def test_only_the_preview_imports_simcord() -> None:
    assert [line for m in MODULES if m.room != "preview" for line in names_of(m, {"simcord"})] == []


def test_only_the_store_imports_the_database() -> None:
    others = [module for module in MODULES if module.room != "store"]
    assert [line for module in others for line in names_of(module, {"aiosqlite", "sqlite3"})] == []


def test_only_the_store_holds_sql() -> None:
    found = [
        f"{module.where}:{node.lineno} {node.value[:40]!r}"
        for module in MODULES
        if module.room != "store"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert found == []


def test_pure_rooms_reach_for_nothing_outside() -> None:
    assert [line for m in MODULES if m.room in PURE for line in names_of(m, OUTSIDE)] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m.room in WITHOUT_CLOCK], ids=lambda module: module.where)
def test_no_clock_where_the_time_is_a_value(module: Module) -> None:
    calls = [
        f"{module.where}:{node.lineno} {ast.unparse(node.func)}()"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and CLOCK.search(ast.unparse(node.func))
    ]
    assert calls + names_of(module, {"time"}) == []


# Files


def written(*suffixes: str) -> list[Path]:
    """The project's own files, without what tools leave behind."""
    folders = [ROOT / name for name in ("bot", "cogs", "seeds", "tests", "bench", "docs", ".ci")]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*")]
    found += [path for path in ROOT.iterdir() if path.is_file() and path.name not in (".env", ".git")]
    return [path for path in found if path.is_file() and (path.suffix in suffixes or not suffixes)]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in written(".py", ".sql")
    }
    assert [name for name, length in lengths.items() if length > LINES] == []


def test_nothing_written_names_a_place_on_one_machine() -> None:
    homes = re.compile("|".join(("/wo" + "rk/", "/tmp" + "/lab", "/ro" + "ot/", "/ho" + "me/[a-z]", "C:" + r"\\Users")))
    binary = {".png", ".db", ".pyc", ".jpg", ".mo"}
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in written()
        if path.suffix not in binary and "__pycache__" not in path.parts
        if (match := homes.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


# That the rules can bite


@pytest.mark.parametrize("call", ["datetime.now", "datetime.datetime.now", "date.today", "time.time", "time.monotonic"])
def test_a_clock_is_known_by_its_name(call: str) -> None:
    assert CLOCK.search(call)
    assert not CLOCK.search("local.time")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from bot.store.reading.facts import Shown", ["bot.store.reading.facts"]),
        ("from bot import i18n", ["bot.i18n"]),
        ("def f():\n    import bot.chat.client", ["bot.chat.client"]),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from bot.app import App", ["typing", "bot.app"]),
    ],
)
def test_imports_are_found_wherever_they_stand(text: str, expected: list[str]) -> None:
    module = Module(ROOT / "bot" / "facts" / "fact.py", ast.parse(text))
    assert [found.module for found in module.imports()] == expected
