"""Who may do what with corrections. Asked at the time of the click, whatever the command asked before."""

from enum import StrEnum

import msgspec

from bot.facts.revision import EVERYONE
from bot.i18n import _


class Action(StrEnum):
    """What somebody wants to do."""

    CORRECT = "correct"
    PUBLISH = "publish"
    DECLINE = "decline"
    UNDO = "undo"
    WIPE = "wipe"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, as Discord and the settings describe them at this moment.

    Attributes:
        server: id of the server where they click; None in a direct message.
        manage_messages: they hold this permission in that server (administrators hold every one).
        corrections_role: they have the role that the server chose for corrections.
        server_manager: they hold Manage Server there.
        editor: the operator trusts them with what every server sees.
    """

    server: str | None
    manage_messages: bool = False
    corrections_role: bool = False
    server_manager: bool = False
    editor: bool = False

    @property
    def moderator(self) -> bool:
        """Whether the server trusts them with its own corrections."""
        return self.manage_messages or self.corrections_role


class Allowed(msgspec.Struct, frozen=True):
    """They may."""


class Refused(msgspec.Struct, frozen=True):
    """They may not.

    Attributes:
        reason: why, one sentence.
        remedy: what would help, one sentence.
    """

    reason: str
    remedy: str


def may(person: Person, action: Action, scope: str) -> Allowed | Refused:
    """Whether `person` may do `action` to what `scope` sees.

    Moderators correct and undo in their own server, editors for everyone; only editors publish and decline, which
    concern what a server proposes and so what everyone sees; only a server's managers wipe it. Nobody does anything
    from a direct message, nor to another server: there is nobody there who could have been asked.

    Args:
        scope: `EVERYONE`, or the id of the server whose revisions are concerned.
    """
    if person.server is None:
        return Refused(
            _("Corrections are made in a server, where others can see who makes them."),
            _("Ask again in the server concerned."),
        )
    if action in (Action.PUBLISH, Action.DECLINE):
        return _editor(person)
    if scope == EVERYONE:
        if action is Action.WIPE:
            return Refused(
                _("What everyone sees is never wiped."), _("A figure that is wrong can be retracted or undone.")
            )
        return _editor(person)
    if scope != person.server:
        return Refused(_("This belongs to another server."), _("Do it there, if you are one of its moderators."))
    if action is Action.WIPE:
        if person.server_manager:
            return Allowed()
        return Refused(
            _("Only the server's managers wipe its corrections."), _("Ask somebody with the permission Manage Server.")
        )
    if person.moderator:
        return Allowed()
    return Refused(
        _("Only moderators correct figures in this server."),
        _("Ask somebody with the permission Manage Messages, or with the role chosen in /settings."),
    )


def _editor(person: Person) -> Allowed | Refused:
    if person.editor:
        return Allowed()
    return Refused(
        _("Only editors decide on what every server sees."),
        _("Correct it for this server; an editor can then publish it for everyone."),
    )
