"""What is offered while somebody types an option of /digest."""

from discord.ext import commands

from bot.answers.options import suggest_places
from bot.chat.digesting.desk import Interaction
from bot.chat.digesting.typed import ALL, complete, topic_names
from bot.chat.digesting.views import digest_label
from bot.chat.offers import CHOICES, Offer, offering
from bot.chat.people import holds
from bot.chat.settings_page import language_name
from bot.i18n import _
from bot.i18n import languages as spoken
from bot.subscriptions.description import describe_rule
from bot.subscriptions.errors import RuleError
from bot.subscriptions.rule_text import EXAMPLES, parse_rule
from bot.subscriptions.zone_suggest import suggest_zones


class Offers(commands.Cog):
    """To be mixed into a cog: discord.py tells what belongs to a cog by its standing in a class."""

    @offering
    async def whens(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """The schedule as it is understood so far; examples while it is not, those that begin so first."""
        try:
            rule = parse_rule(typed)
        except RuleError:
            wanted = typed.strip().casefold()
            examples = sorted(EXAMPLES, key=lambda example: not example.startswith(wanted))
            rules = [parse_rule(example) for example in examples]
        else:
            rules = [rule]
        return [(describe_rule(rule).replace("`", ""), str(rule)) for rule in rules]

    @offering
    async def zones(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Zones by city, country, old name or offset."""
        return [(zone.label, zone.name) for zone in suggest_zones(typed, interaction.client.now(), CHOICES)]

    @offering
    async def topics(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """Topics that begin like what follows the last comma."""
        last = typed.rpartition(",")[2].strip().casefold()
        names = [(name, name) for name in topic_names().values() if name.casefold().startswith(last)]
        return [*complete(typed, names), *([(_("All topics"), ALL)] if not typed.strip() else [])]

    @offering
    async def places(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Places for what follows the last comma."""
        found = suggest_places(typed.rpartition(",")[2].strip(), interaction.client.library.known, CHOICES)
        return [
            *complete(typed, [(one.name, one.id) for one in found]),
            *([(_("Everywhere"), ALL)] if not typed.strip() else []),
        ]

    @offering
    async def languages(self, _interaction: Interaction, typed: str) -> list[Offer]:
        """Languages that Sitrep speaks."""
        wanted = typed.strip().casefold()
        return [(language_name(tag), tag) for tag in spoken() if wanted in f"{tag} {language_name(tag)}".casefold()]

    @offering
    async def digests(self, interaction: Interaction, typed: str) -> list[Offer]:
        """The digests of the server, for who may manage them."""
        if interaction.guild_id is None or not holds(interaction, "manage_channels"):
            return []
        found = await interaction.client.digests.all(interaction)
        labels = [(digest_label(interaction, one), str(one.id)) for one in found]
        return [offer for offer in labels if typed.strip().casefold() in offer[0].casefold()]
