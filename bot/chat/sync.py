"""Telling Discord which commands there are: once, globally, and only when they changed."""

import hashlib
import json
import logging
from typing import Any, Protocol

import discord
from discord.ext import commands

from bot.logs import log_event

_log = logging.getLogger(__name__)


class HashStore(Protocol):
    """Where the hash of the last sync is kept."""

    async def get(self, key: str) -> str | None:
        """The value of a key."""

    async def put(self, key: str, value: str) -> None:
        """Keep a value."""


class CommandSync:
    """Compares the commands with those last sent.

    Discord takes 200 new commands a day and answers slowly: sending them at every start would wear that out.
    """

    def __init__(self, store: HashStore) -> None:
        self._store = store

    async def ensure(self, client: commands.Bot) -> bool:
        """Send the commands if they changed since the last time; whether they were sent."""
        key = f"commands:{client.application_id}"
        digest = await payload_hash(client)
        if await self._store.get(key) == digest:
            log_event(_log, logging.INFO, "commands.unchanged")
            return False
        try:
            count = await self.send(client)
        except discord.HTTPException as error:
            # Readers keep the commands they have; the next start tries again.
            log_event(_log, logging.ERROR, "commands.not_synced", error=error)
            return False
        log_event(_log, logging.INFO, "commands.synced", count=count)
        return True

    async def send(self, client: commands.Bot) -> int:
        """Send the commands to everybody, whatever was sent before. The number sent."""
        sent = await client.tree.sync()
        await self._store.put(f"commands:{client.application_id}", await payload_hash(client))
        return len(sent)


async def payload_hash(client: commands.Bot) -> str:
    """SHA-256 of the commands as they would be sent."""
    translator = client.tree.translator
    payload: list[dict[str, Any]] = []
    for command in client.tree.get_commands(type=None):
        if translator is not None:
            payload.append(await command.get_translated_payload(client.tree, translator))
        else:
            payload.append(command.to_dict(client.tree))
    payload.sort(key=lambda command: (command.get("type", 1), command["name"]))
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def send_to(client: commands.Bot, guild: int, *, clear: bool = False) -> int:
    """Send the commands to one server, where they appear at once, or take that server's copy away. The number sent."""
    target = discord.Object(guild)
    if clear:
        client.tree.clear_commands(guild=target)
    else:
        client.tree.copy_global_to(guild=target)
    return len(await client.tree.sync(guild=target))
