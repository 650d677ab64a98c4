"""Buttons and lists under a page that do something, where those of `rendering` ask something."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.chat.custom_ids import LONGEST
from bot.chat.escape import label
from bot.chat.rendering import Component

_ROW, _BUTTON, _SELECT = 1, 2, 3
GREY, GREEN, RED = 2, 3, 4
"""Styles of a button: for what can be done, for what is meant to be done, for what takes something away."""


class Button(NamedTuple):
    """Something to press."""

    words: str
    custom_id: str
    style: int = GREY


class Option(NamedTuple):
    """One line of a list to choose from."""

    words: str
    value: str
    description: str = ""
    chosen: bool = False


class Menu(NamedTuple):
    """A list to choose one from, 25 at most."""

    words: str
    custom_id: str
    options: Sequence[Option]


def with_actions(page: list[Component], rows: Iterable[Sequence[Button] | Menu]) -> list[Component]:
    """The components of a page (as `render` gives them) with these rows at its end.

    Raises:
        ValueError: an id that Discord would not take.
    """
    container = dict(page[-1])
    container["components"] = [*container["components"], *map(_row, rows)]
    return [*page[:-1], container]


def _row(row: Sequence[Button] | Menu) -> Component:
    if isinstance(row, Menu):
        return {"type": _ROW, "components": [_menu(row)]}
    return {
        "type": _ROW,
        "components": [
            {"type": _BUTTON, "style": one.style, "label": label(one.words, 80), "custom_id": _fitting(one.custom_id)}
            for one in row[:5]
        ],
    }


def _menu(menu: Menu) -> Component:
    return {
        "type": _SELECT,
        "custom_id": _fitting(menu.custom_id),
        "placeholder": label(menu.words, 150),
        "options": [
            {
                "label": label(one.words, 100),
                "value": one.value,
                "default": one.chosen,
                **({"description": label(one.description, 100)} if one.description else {}),
            }
            for one in menu.options[:25]
        ],
    }


def _fitting(custom_id: str) -> str:
    if len(custom_id) > LONGEST:
        raise ValueError(f"an id of {len(custom_id)} characters does not fit a component")
    return custom_id
