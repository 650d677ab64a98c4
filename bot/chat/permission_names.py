"""The permissions by the names that Discord shows in its own settings."""

from collections.abc import Iterable

from bot.i18n import _, ngettext


def permission_name(flag: str) -> str:
    """What Discord calls the permission.

    Args:
        flag: its name in discord.py, such as `manage_guild`.
    """
    names = {
        "administrator": _("Administrator"),
        "manage_guild": _("Manage Server"),
        "manage_channels": _("Manage Channels"),
        "manage_messages": _("Manage Messages"),
        "view_channel": _("View Channel"),
        "send_messages": _("Send Messages"),
        "send_messages_in_threads": _("Send Messages in Threads"),
        "read_message_history": _("Read Message History"),
        "embed_links": _("Embed Links"),
    }
    return names.get(flag) or flag.replace("_", " ").title()


def permission_names(flags: Iterable[str]) -> str:
    """Several of them, for a sentence: “the permissions View Channel and Send Messages”."""
    names = [permission_name(flag) for flag in flags]
    listed = _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1]) if names[1:] else names[0]
    return ngettext("the permission {names}", "the permissions {names}", len(names)).format(names=listed)
