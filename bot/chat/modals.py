"""Forms that outlive a restart: what one is about stands in its id, and nothing waits in memory for it to come back."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import discord

from bot.answers.question import UnreadableQuestionError

Filled = Mapping[str, tuple[str, ...]]
"""What was typed or chosen, by the ids of the fields. Nothing chosen is an empty tuple."""
Handler = Callable[[discord.Interaction[Any], str, Filled], Awaitable[None]]
"""Takes the interaction, what follows the prefix in the id of the modal, and what was filled in."""


class Form(discord.ui.Modal):
    """A modal for `Modals` to answer. discord.py would keep a waiting one in memory, and lose it with a restart."""

    def __init__(self, title: str, custom_id: str, fields: Iterable[discord.ui.Item[Any]]) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        for field in fields:
            self.add_item(field)
        self.stop()


class Modals:
    """Who answers which modal."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def add(self, prefix: str, handler: Handler) -> None:
        """Let `handler` answer the modals whose ids begin with `prefix`."""
        self._handlers[prefix] = handler

    async def submit(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a modal that was sent off.

        Raises:
            UnreadableQuestionError: it belongs to another version of Sitrep.
        """
        data: dict[str, Any] = dict(interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        for prefix, handler in self._handlers.items():
            if custom_id.startswith(prefix):
                await handler(interaction, custom_id.removeprefix(prefix), _filled(data.get("components", ())))
                return
        raise UnreadableQuestionError


def _filled(components: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The fields lie in labels, or in rows as before there were labels."""
    found: dict[str, tuple[str, ...]] = {}
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        found |= _filled(inner)
        name = component.get("custom_id")
        if isinstance(name, str) and ("value" in component or "values" in component):
            values = component["values"] if "values" in component else [component["value"]]
            found[name] = tuple(str(value) for value in values or () if value is not None)
    return found
