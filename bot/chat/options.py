"""Options and settings that several commands have alike."""

from typing import Literal, TypeVar

from discord import app_commands

C = TypeVar("C")

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


def everywhere(command: C) -> C:
    """In servers, in direct messages and wherever somebody brings Sitrep along as an app of their own."""
    allowed = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    installed = app_commands.allowed_installs(guilds=True, users=True)
    return installed(allowed(command))
