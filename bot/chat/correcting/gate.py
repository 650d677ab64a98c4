"""Whether somebody may correct, asked with every click."""

from typing import NamedTuple

from bot.chat.correcting.screen import Interaction
from bot.chat.people import person_of
from bot.corrections.permission import Action, Allowed, Person, Refused, may
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE


class Corrector(NamedTuple):
    """Somebody who may correct figures in a server at this moment.

    Attributes:
        author, server: ids.
        moderator: they may correct what the server sees.
        editor: they may correct what everyone sees.
    """

    author: str
    server: str
    moderator: bool
    editor: bool


async def corrector(interaction: Interaction, scope: str | None = None) -> Corrector:
    """The one who clicks, if they may correct what `scope` sees; None: what the server or everyone sees.

    Raises:
        SitrepError: they may not, with the reason and what to do about it.
        StoreError: the settings of the server cannot be read.
    """
    person: Person = await person_of(interaction)
    everyone = may(person, Action.CORRECT, EVERYONE)
    here = may(person, Action.CORRECT, person.server or EVERYONE)
    verdict = everyone if scope == EVERYONE else here if scope is None else may(person, Action.CORRECT, scope)
    if isinstance(verdict, Refused) and not (scope is None and isinstance(everyone, Allowed)):
        raise SitrepError(verdict.reason, verdict.remedy)
    assert person.server is not None
    return Corrector(str(interaction.user.id), person.server, isinstance(here, Allowed), isinstance(everyone, Allowed))
