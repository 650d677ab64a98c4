"""Nothing fails silently: one place decides what a person is told, for commands, components and modals alike."""

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from bot.answers.page import Page, Text
from bot.chat.permission_names import permission_names
from bot.chat.rendering import Prepared, render
from bot.chat.respond import respond
from bot.errors import SitrepError
from bot.i18n import _
from bot.logs import log_event
from bot.store.errors import StoreError

_log = logging.getLogger(__name__)

# Discord's codes for an interaction that is gone: answered elsewhere, or older than Discord remembers.
_GONE = (10062, 40060, 50027)


async def report_failure(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell the person what happened and what to do; log what was not expected under an id that both see.

    Never raises: it is the last one to be asked.
    """
    cause = _cause(error)
    if isinstance(cause, discord.HTTPException) and cause.code in _GONE:
        interaction.client.attendance.failed["gone"] += 1
        log_event(_log, logging.WARNING, "interaction.gone", code=cause.code, command=_name(interaction))
        return
    said = _expected(cause)
    if said is None:
        number = log_failure(interaction, cause)
        # A failing database tells operators of files and disks, which is nothing for a channel.
        data = isinstance(cause, StoreError)
        said = (
            _("The data cannot be read at the moment, and it is not your doing.")
            if data
            else _("Something went wrong here, and it is not your doing."),
            _("Try again in a moment. If it stays, tell the operator the number {number}.").format(number=number),
        )
    else:
        interaction.client.attendance.failed["refused"] += 1
        log_event(_log, logging.INFO, "interaction.refused", command=_name(interaction), failure=type(cause).__name__)
    try:
        await respond(interaction, failure_view(*said), private=True)
    except Exception:
        _log.exception("the failure in %s could not be told", _name(interaction))


def log_failure(interaction: discord.Interaction[Any], error: BaseException) -> str:
    """Log what nobody expected; the number under which it stands in the log."""
    number = secrets.token_hex(3)
    interaction.client.attendance.failed["unexpected"] += 1
    _log.error("failure %s in %s", number, _name(interaction), exc_info=error)
    return number


def failure_view(what: str, remedy: str) -> Prepared:
    """The message for something that did not work."""
    notes: tuple[Text, ...] = ((what,),) + (((remedy,),) if remedy else ())
    return Prepared(render(Page(accent="error", title=_("That did not work"), notes=notes)))


def _cause(error: BaseException) -> BaseException:
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and (
        (inner := getattr(error, "original", None) or error.__cause__) is not None
    ):
        error = inner
    return error


def _expected(error: BaseException) -> tuple[str, str] | None:
    """(what happened, what to do), or None for a failure nobody expected."""
    if isinstance(error, StoreError):
        return None
    if isinstance(error, SitrepError):
        return error.what, error.remedy
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return (
            _("Discord still shows an older form of this command."),
            _("Wait a few minutes, restart Discord, and try again."),
        )
    if isinstance(error, app_commands.MissingPermissions):
        return (
            _("You need {permissions} for this.").format(permissions=permission_names(error.missing_permissions)),
            _("Ask somebody who manages this server."),
        )
    if isinstance(error, app_commands.CommandOnCooldown):
        return _("That was a little fast."), _("Try again in {seconds} s.").format(seconds=round(error.retry_after) + 1)
    if isinstance(error, app_commands.NoPrivateMessage):
        return _("This works only in a server."), _("Ask it there.")
    if isinstance(error, app_commands.CheckFailure):
        return _("You may not do this here."), _("Ask somebody who manages this server.")
    return None


def _name(interaction: discord.Interaction) -> str:
    """What was asked for, without anything a person typed."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    return interaction.type.name
