"""Options and settings that several commands have alike."""

from collections.abc import Callable
from typing import Literal, TypeVar

from discord import app_commands

from bot.chat.asking import AskingCog
from bot.i18n import _

C = TypeVar("C")
AS_OF = _("What was known at this time, such as 2016-12-05 or 2016-12-05 14:00 (UTC), beside what is known now")

# Discord shows these as a fixed list; a test holds them to `facts.vocabulary.Population`.
Population = Literal[
    "people",
    "civilians",
    "children",
    "women",
    "men",
    "residents",
    "patients",
    "journalists",
    "medics",
    "aid_workers",
    "combatants",
    "rebels",
    "troops",
    "pilots",
    "commanders",
]


def narrowing(*names: str) -> Callable[[C], C]:
    """Describe the options a list can be narrowed by, and suggest places and sources while they are typed."""
    texts = {
        "place": _("A place, in any spelling or script"),
        "source": _("Only what this source says"),
        "since": _("From this day on, such as 2016-11-15"),
        "until": _("Up to this day, such as 2016-12-03"),
        "population": _("Only this group of people"),
        "as_of": AS_OF,
    }
    suggested = {"place": AskingCog.places, "source": AskingCog.sources}

    def decorate(command: C) -> C:
        described = app_commands.describe(**{name: texts[name] for name in names})(command)
        return app_commands.autocomplete(**{name: suggested[name] for name in names if name in suggested})(described)

    return decorate


def everywhere(command: C) -> C:
    """In servers, in direct messages and wherever somebody brings Sitrep along as an app of their own."""
    allowed = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    installed = app_commands.allowed_installs(guilds=True, users=True)
    return installed(allowed(command))
