"""Modules that are imported when something of them is first asked for.

For what a start does not need: most readers never correct a figure or subscribe to a digest, and the import of all that
would make a start a fifth longer. Beside each use stands the import itself, for type checkers and for the test of who
may import whom (`tests/test_lazy.py` holds the two together):

    if TYPE_CHECKING:
        from bot.chat.digesting import views
    else:
        views = lazily("bot.chat.digesting.views")
"""

from importlib import import_module
from typing import Any


class _Lazy:
    """Stands for a module."""

    def __init__(self, name: str) -> None:
        self.__dict__["__name__"] = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self.__name__), attribute)
        # Never asked for again: the next look finds it here.
        self.__dict__[attribute] = found
        return found


def lazily(name: str) -> Any:
    """What stands for the module `name` until something of it is used.

    Raises:
        ImportError: not here but at that use, if it cannot be imported.
    """
    return _Lazy(name)
