"""What a choice on the page of `/settings` means, and which ones cannot be made."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import discord
from msgspec.structs import replace

from bot.answers.question import UnreadableQuestionError
from bot.chat import settings_page as page
from bot.chat.permission_names import permission_names
from bot.errors import SitrepError
from bot.i18n import _, languages
from bot.store.keeping.servers import Repeat, ServerSettings, Told
from bot.subscriptions.errors import ZoneNameError
from bot.subscriptions.zone_find import find_zone

NEEDED = ("view_channel", "send_messages")
"""What Sitrep needs in a log channel."""


class RefusedError(SitrepError):
    """It cannot be chosen. Both sentences are Discord's markdown, without anything that a person typed."""


class Choice(NamedTuple):
    """A choice.

    Attributes:
        name: of what is chosen.
        field: of `ServerSettings`.
        words: the value of that field in Discord's markdown.
    """

    name: str
    field: str
    value: Any
    words: Callable[[Any], str]

    def apply(self, settings: ServerSettings) -> ServerSettings:
        """The settings with it."""
        return replace(settings, **{self.field: self.value})

    def said(self, settings: ServerSettings) -> str:
        """What these settings have there."""
        return self.words(getattr(settings, self.field))


def read_choice(control: str, value: str | None, server: discord.Guild, now: datetime) -> Choice:
    """What was chosen.

    Args:
        control: the id of the control.
        value: None where the choice was taken back.
        now: aware.

    Raises:
        RefusedError: it cannot be chosen.
        UnreadableQuestionError: a control or a value of another version.
    """
    if control == page.ROLE:
        return _role(value, server)
    if control == page.LOG:
        return _log_channel(value, server)
    if value is None:
        raise UnreadableQuestionError
    try:
        if control == page.DECISIONS:
            return Choice(_("Decisions of editors"), "decisions", Told(value), page.told_words)
        if control == page.REPEAT:
            return Choice(_("If a post may be lost"), "repeat", Repeat(value), page.repeat_words)
        if control == page.ZONE:
            return read_zone(value, now)
    except (ValueError, ZoneNameError) as error:
        raise UnreadableQuestionError from error
    if control == page.LANGUAGE and value in languages():
        return Choice(_("Language"), "language", value, page.language_name)
    raise UnreadableQuestionError


def read_zone(typed: str, now: datetime) -> Choice:
    """The time zone that somebody means.

    Raises:
        ZoneNameError: none, or several.
    """
    return Choice(_("Time zone"), "time_zone", find_zone(typed, now).key, str)


def lacking(server: discord.Guild, channel: str) -> tuple[str, ...] | None:
    """What Sitrep lacks in a log channel; None where Discord shows it no such channel."""
    found = server.get_channel(int(channel))
    if not isinstance(found, discord.TextChannel):
        return None
    held = found.permissions_for(server.me)
    return tuple(permission for permission in NEEDED if not getattr(held, permission))


def _role(value: str | None, server: discord.Guild) -> Choice:
    if value == str(server.id):
        raise RefusedError(
            _("Not stored: then everybody in the server could correct figures."), _("Choose a role that you give out.")
        )
    return Choice(
        _("Role that may correct figures"),
        "corrections_role",
        value,
        lambda role: _("none") if role is None else f"<@&{role}>",
    )


def _log_channel(value: str | None, server: discord.Guild) -> Choice:
    if value is not None:
        missing = lacking(server, value)
        if missing is None:
            missing = NEEDED[:1]
        if missing:
            raise RefusedError(
                _("Not stored: in {channel} Sitrep lacks {permissions}.").format(
                    channel=f"<#{value}>", permissions=permission_names(missing)
                ),
                _("In that channel’s settings, under Permissions, add Sitrep and allow it. Then choose again."),
            )
    return Choice(
        _("Log channel"), "log_channel", value, lambda channel: _("none") if channel is None else f"<#{channel}>"
    )
