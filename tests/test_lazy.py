"""What is imported late is the very thing that stands beside it for type checkers, and a start does without it."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bot.chat.components import HANDLERS
from bot.lazy import lazily

ROOT = Path(__file__).parents[1]
FILES = [path for folder in ("bot", "cogs") for path in sorted((ROOT / folder).rglob("*.py"))]
LATE = {"bot.digests.delivery", "bot.chat.correcting.press", "bot.chat.corrections_log.press", "bot.answers.changes"}
"""Examples of what nobody needs before somebody asks for it."""


def for_types(tree: ast.Module) -> dict[str, str]:
    """The names that stand for modules under `if TYPE_CHECKING`."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for block in tree.body
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def late(tree: ast.Module) -> dict[str, str]:
    """The names that `lazily` gives."""
    return {
        node.targets[0].id: node.value.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "lazily"
        and isinstance(node.value.args[0], ast.Constant)
    }


TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
USERS = [name for name, tree in TREES.items() if late(tree)]


def test_the_start_is_among_those_that_import_late() -> None:
    assert {"bot/duties.py", "bot/chat/client.py", "cogs/corrections.py"} <= set(USERS)


@pytest.mark.parametrize("name", USERS)
def test_types_are_checked_against_the_module_that_is_used(name: str) -> None:
    checked = for_types(TREES[name])
    used = late(TREES[name])
    assert used == {key: checked.get(key) for key in used}
    for module in used.values():
        import_module(module)


def test_every_prefix_has_somebody_who_answers() -> None:
    for module in HANDLERS.values():
        assert callable(import_module(module).press)


def test_a_late_module_is_the_module_itself() -> None:
    calendar = lazily("calendar")
    assert calendar.monthrange is import_module("calendar").monthrange
    with pytest.raises(AttributeError):
        _ = calendar.nothing_of_the_kind
    with pytest.raises(ModuleNotFoundError):
        _ = lazily("no.such.module").anything


def test_a_start_imports_what_it_needs_alone() -> None:
    cogs = [f"cogs.{path.stem}" for path in sorted((ROOT / "cogs").glob("[a-z]*.py"))]
    script = f"import sys, bot.running, {', '.join(cogs)}; print(*sys.modules, sep='\\n')"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(found.stdout.split())
    assert "bot.answers.lists" in loaded
    assert LATE & loaded == set()
