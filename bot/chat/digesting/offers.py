"""What is offered while somebody types an option of /digest."""

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.answers.options import suggest_places
from bot.chat.client import Interaction
from bot.chat.offers import CHOICES, Offer, offering
from bot.chat.people import MANAGE_CHANNELS, holds
from bot.i18n import _
from bot.i18n import languages as spoken
from bot.lazy import lazily
from bot.subscriptions.errors import RuleError

if TYPE_CHECKING:
    from bot.chat import settings_page
    from bot.chat.digesting import typed as options
    from bot.chat.digesting import views
    from bot.subscriptions import description, rule_text, zone_suggest
else:
    settings_page = lazily("bot.chat.settings_page")
    options = lazily("bot.chat.digesting.typed")
    views = lazily("bot.chat.digesting.views")
    description = lazily("bot.subscriptions.description")
    rule_text = lazily("bot.subscriptions.rule_text")
    zone_suggest = lazily("bot.subscriptions.zone_suggest")


class Offers(commands.Cog):
    """To be mixed into a cog: discord.py tells what belongs to a cog by its standing in a class."""

    @offering
    async def whens(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """The schedule as it is understood so far; examples while it is not, those that begin so first."""
        try:
            rule = rule_text.parse_rule(typed)
        except RuleError:
            wanted = typed.strip().casefold()
            examples = sorted(rule_text.EXAMPLES, key=lambda example: not example.startswith(wanted))
            rules = [rule_text.parse_rule(example) for example in examples]
        else:
            rules = [rule]
        return [(description.describe_rule(rule).replace("`", ""), str(rule)) for rule in rules]

    @offering
    async def zones(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Zones by city, country, old name or offset."""
        return [
            (zone.label, zone.name) for zone in zone_suggest.suggest_zones(typed, interaction.client.now(), CHOICES)
        ]

    @offering
    async def topics(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """Topics that begin like what follows the last comma."""
        last = typed.rpartition(",")[2].strip().casefold()
        names = [(name, name) for name in options.topic_names().values() if name.casefold().startswith(last)]
        return [*options.complete(typed, names), *([(_("All topics"), options.ALL)] if not typed.strip() else [])]

    @offering
    async def places(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Places for what follows the last comma."""
        found = suggest_places(typed.rpartition(",")[2].strip(), interaction.client.library.known, CHOICES)
        return [
            *options.complete(typed, [(one.name, one.id) for one in found]),
            *([(_("Everywhere"), options.ALL)] if not typed.strip() else []),
        ]

    @offering
    async def languages(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """Languages that Sitrep speaks."""
        wanted = typed.strip().casefold()
        return [
            (settings_page.language_name(tag), tag)
            for tag in spoken()
            if wanted in f"{tag} {settings_page.language_name(tag)}".casefold()
        ]

    @offering
    async def digests(self, interaction: Interaction, typed: str) -> list[Offer]:
        """The digests of the server, for who may manage them."""
        if interaction.guild_id is None or not holds(interaction, MANAGE_CHANNELS):
            return []
        found = await interaction.client.digests.all(interaction)
        labels = [(views.digest_label(interaction, one), str(one.id)) for one in found]
        return [offer for offer in labels if typed.strip().casefold() in offer[0].casefold()]
