"""What every button and list of Sitrep has in common: all it needs to know stands in its id, and outlives a restart."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.chat.failures import report_failure
from bot.i18n import speaking

_NOTHING = r"(?!)"
"""Matches no id: this class is not registered itself."""


class Carried(discord.ui.DynamicItem[discord.ui.Item[Any]], template=_NOTHING):
    """A component that is found again by its id alone. A subclass names its pattern (`custom_ids.of`), and says in
    `press` what it does; whatever that raises is told to the one who clicked, in their language."""

    def __init__(self, item: discord.ui.Item[Any], text: str) -> None:
        super().__init__(item)
        self._text = text

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Found again by its text alone."""
        return cls(item, match["text"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it stands for."""
        with speaking(interaction.client.language_of(interaction)):
            try:
                await self.press(interaction, self._text)
            except Exception as error:
                await report_failure(interaction, error)

    async def press(self, interaction: discord.Interaction[Any], text: str) -> None:
        """What the component does.

        Args:
            text: of its id, what follows the prefix.
        """
        raise NotImplementedError
