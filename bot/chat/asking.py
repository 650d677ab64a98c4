"""What all commands share: parse, ask, render, respond."""

from typing import Unpack

from discord.ext import commands

from bot.answers.options import Typed, read_question, suggest_places, suggest_sources
from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.chat.client import Interaction, SitrepClient
from bot.chat.offers import CHOICES, Offer, offering
from bot.chat.rendering import Prepared, render
from bot.chat.respond import respond
from bot.chat.scope import scope_of


class AskingCog(commands.Cog):
    """A group of commands that answer questions."""

    def __init__(self, client: SitrepClient) -> None:
        self.client = client

    async def ask(self, interaction: Interaction, ask: Ask, **typed: Unpack[Typed]) -> None:
        """Read the options, and answer or ask back."""
        await self.reply(interaction, read_question(self.client.library.known, ask, self.client.now(), **typed))

    async def reply(self, interaction: Interaction, question: Question | Page, *, private: bool = False) -> None:
        """Answer a question, or show a page that is there already."""
        if isinstance(question, Page):
            view = Prepared(render(question))
            # What leads nowhere is an error, and told as errors are.
            private = private or (question.asks_back and not question.follow)
        else:
            view = await self.client.library.answer(question, scope_of(interaction))
        await respond(interaction, view, private=private)

    @offering
    async def places(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Places for what was typed so far."""
        found = suggest_places(typed, self.client.library.known, CHOICES)
        return [(place.name, place.id) for place in found]

    @offering
    async def sources(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Sources for what was typed so far."""
        found = suggest_sources(typed, self.client.library.known, CHOICES)
        return [(source.name, source.id) for source in found]
