"""/casualties, /displaced and /compare."""

from discord import app_commands

from bot.answers.question import Ask
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.options import AS_OF, Population, everywhere, narrowing
from bot.i18n import _


class Figures(AskingCog):
    """Figures, each with its hedge, window, place, source and publisher."""

    @app_commands.command(description=_("People reported killed, injured, missing or detained, and who says so"))
    @narrowing("place", "source", "since", "until", "population", "as_of")
    @everywhere
    async def casualties(
        self,
        interaction: Interaction,
        place: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        population: Population | None = None,
        as_of: str | None = None,
    ) -> None:
        """Casualty figures."""
        await self.ask(
            interaction,
            Ask.CASUALTIES,
            place=place,
            source=source,
            since=since,
            until=until,
            population=population,
            as_of=as_of,
        )

    @app_commands.command(description=_("People reported to have fled, returned, been evacuated or besieged"))
    @narrowing("place", "source", "since", "until", "population", "as_of")
    @everywhere
    async def displaced(
        self,
        interaction: Interaction,
        place: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        population: Population | None = None,
        as_of: str | None = None,
    ) -> None:
        """Figures of displacement."""
        await self.ask(
            interaction,
            Ask.DISPLACED,
            place=place,
            source=source,
            since=since,
            until=until,
            population=population,
            as_of=as_of,
        )

    @app_commands.command(description=_("Rival sources on one question, side by side, with what each one counts"))
    @app_commands.describe(place=_("A place, in any spelling or script"), topic=_("What to compare"), as_of=AS_OF)
    @app_commands.choices(
        topic=[
            app_commands.Choice(name="casualties", value=Ask.CASUALTIES.value),
            app_commands.Choice(name="displaced", value=Ask.DISPLACED.value),
            app_commands.Choice(name="control", value=Ask.CONTROL.value),
        ]
    )
    @app_commands.autocomplete(place=AskingCog.places)
    @everywhere
    async def compare(
        self, interaction: Interaction, place: str | None = None, topic: str | None = None, as_of: str | None = None
    ) -> None:
        """Rival figures."""
        await self.ask(interaction, Ask.COMPARE, place=place, of=Ask(topic) if topic else None, as_of=as_of)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Figures(client))
