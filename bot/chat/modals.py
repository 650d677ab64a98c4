"""Forms that outlive a restart: what one is about stands in its id, and nothing waits in memory for it to come back."""

from collections.abc import Iterable, Mapping
from typing import Any

import discord

Filled = Mapping[str, tuple[str, ...]]
"""What was typed or chosen, by the ids of the fields. Nothing chosen is an empty tuple."""


class Form(discord.ui.Modal):
    """A modal for `components.submit` to answer. discord.py would keep a waiting one in memory, and lose it with a
    restart."""

    def __init__(self, title: str, custom_id: str, fields: Iterable[discord.ui.Item[Any]]) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        for field in fields:
            self.add_item(field)
        self.stop()


def filled_in(components: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The fields lie in labels, or in rows as before there were labels."""
    found: dict[str, tuple[str, ...]] = {}
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        found |= filled_in(inner)
        name = component.get("custom_id")
        if isinstance(name, str) and ("value" in component or "values" in component):
            values = component["values"] if "values" in component else [component["value"]]
            found[name] = tuple(str(value) for value in values or () if value is not None)
    return found
