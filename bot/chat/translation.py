"""Names and descriptions of commands in the languages there are catalogues for."""

import discord
from discord import app_commands

from bot.i18n import _, has_catalogue, speaking


class CatalogueTranslator(app_commands.Translator):
    """Looks descriptions up in the same catalogues as the answers."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """None where there is no translation: Discord then shows the English."""
        if not has_catalogue(locale.value):
            return None
        with speaking(locale.value):
            translated = _(string.message)
        return translated if translated != string.message else None
