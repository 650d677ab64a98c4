"""Whether somebody may do something to corrections, asked with every click."""

from bot.chat.corrections_log.screen import Interaction
from bot.chat.people import person_of
from bot.corrections.permission import Action, Person, Refused, may
from bot.corrections.resolution import Rate, wait
from bot.errors import SitrepError
from bot.i18n import ngettext
from bot.store.correcting.correction_log import recent
from bot.store.reader import Reader

HOUR = 3600
"""Seconds in which `CORRECTIONS_RATE` counts."""


async def allowed(interaction: Interaction, action: Action, scope: str | None = None) -> Person:
    """The one who clicks, if they may do it to what `scope` sees.

    Args:
        scope: None for the server where they click.

    Raises:
        SitrepError: they may not, with the reason and what to do about it.
        StoreError: the settings of the server cannot be read.
    """
    person = await person_of(interaction)
    verdict = may(person, action, str(interaction.guild_id) if scope is None else scope)
    if isinstance(verdict, Refused):
        raise SitrepError(verdict.reason, verdict.remedy)
    return person


async def not_too_many(reader: Reader, author: str, most: int, now: int) -> None:
    """Nothing unless a person has changed figures too often within the last hour.

    Args:
        most: changes that one person makes within an hour.
        now: seconds since the epoch, UTC.

    Raises:
        SitrepError: they have.
    """
    seconds = wait(await recent(reader, author, now - HOUR), now, Rate(most, HOUR))
    if seconds:
        minutes = -(-seconds // 60)
        raise SitrepError(
            ngettext(
                "You have changed {count} figure within the last hour, which is the most that one person can.",
                "You have changed {count} figures within the last hour, which is the most that one person can.",
                most,
            ).format(count=most),
            ngettext("Try again in {count} minute.", "Try again in {count} minutes.", minutes).format(count=minutes),
        )
