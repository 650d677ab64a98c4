"""What is offered while somebody types: at once, once, and never a silence."""

import logging
from collections.abc import Callable, Coroutine
from functools import lru_cache, wraps
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat.client import SitrepClient
from bot.chat.escape import label
from bot.chat.failures import log_failure
from bot.i18n import _
from bot.logs import log_event

CHOICES = 25
"""Most choices that Discord takes for one option."""
Offer = tuple[str, str]
"""(name, value) of one choice."""

C = TypeVar("C")
Offering = Callable[[C, discord.Interaction[SitrepClient], str], Coroutine[Any, Any, list[Offer]]]
Autocomplete = Callable[
    [C, discord.Interaction[SitrepClient], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]
]
_log = logging.getLogger(__name__)


@lru_cache(maxsize=4096)  # the same few names are offered again and again
def _choice(name: str, value: str) -> app_commands.Choice[str]:
    return app_commands.Choice(name=label(name, 100), value=value[:100])


def offering(find: Offering[C]) -> Autocomplete[C]:
    """`find` as an autocompletion that answers whatever happens: discord.py would leave a failing one unanswered."""

    @wraps(find)
    async def offer(cog: C, interaction: discord.Interaction[SitrepClient], typed: str) -> list[Any]:
        try:
            found = await find(cog, interaction, typed)
        except Exception as error:
            number = log_failure(interaction, error)
            said = _("Something went wrong. Tell the operator the number {number}.").format(number=number)
            found = [(said, typed or "…")]
        choices = [_choice(name, value) for name, value in found[:CHOICES]]
        async with interaction.client.attendance.answering(interaction):
            if not interaction.response.is_done():
                try:
                    await interaction.response.autocomplete(choices)
                except discord.HTTPException as error:
                    # Whoever types on has asked anew before this reached Discord. discord.py would send it again, and
                    # then log who it was.
                    interaction.response._response_type = discord.InteractionResponseType.autocomplete_result
                    log_event(_log, logging.WARNING, "autocomplete.gone", code=error.code)
        return choices

    return offer
