"""Every setting of the program: what it is for, what it may be, what it is when nobody says.

`python -m bot.settings` prints `.env.example`, which is generated from here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from textwrap import wrap
from typing import Any

from bot.errors import SitrepError
from bot.logs import Format, one_line, redact
from bot.setting_values import (
    NotAllowedError,
    Secret,
    address,
    between,
    database,
    folder,
    one_of,
    slug,
    snowflake,
    snowflakes,
    token,
)


def _describe(parse: Callable[[str], Any], *, about: str, allowed: str) -> dict[str, Any]:
    return {"parse": parse, "about": about, "allowed": allowed}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings, checked. Each attribute is the environment variable of the same name in capitals."""

    discord_token: Secret | None = field(
        default=None,
        metadata=_describe(
            token,
            about="The bot's token, from the Bot page of your application on "
            "https://discord.com/developers/applications. Without it, `make run` opens a local page that behaves "
            "like a Discord channel. Never show it to anybody.",
            allowed="the token as it was copied, without spaces, or nothing",
        ),
    )
    database_url: str = field(
        default="sqlite:///data/sitrep.db",
        metadata=_describe(
            database,
            about="Where the facts are kept. Three slashes: seen from the working directory; four: from the root. "
            "File and folder are made when they are missing. Keep it on a local disk.",
            allowed="sqlite:///relative/file.db or sqlite:////absolute/file.db",
        ),
    )
    seeds_dir: Path = field(
        default=Path("seeds"),
        metadata=_describe(
            folder,
            about="The folder with what is known at the start, one folder for each conflict.",
            allowed="the path of a folder",
        ),
    )
    conflict: str = field(
        default="aleppo-2016",
        metadata=_describe(
            slug,
            about="The conflict that is answered about: the name of its folder among the seeds.",
            allowed="small letters, digits and single hyphens",
        ),
    )
    log_level: str = field(
        default="INFO",
        metadata=_describe(
            one_of("DEBUG", "INFO", "WARNING", "ERROR", fold=str.upper),
            about="The least that is logged. No level logs what users write.",
            allowed="DEBUG, INFO, WARNING or ERROR",
        ),
    )
    log_format: Format = field(
        default="text",
        metadata=_describe(
            one_of("text", "json", fold=str.lower),
            about="text: one line of key=value for people; json: one object a line for machines.",
            allowed="text or json",
        ),
    )
    discord_api_url: str | None = field(
        default=None,
        metadata=_describe(
            address("http", "https"),
            about="Where Discord's HTTP API is, for a rate-limit proxy that several bots with one token share. "
            "Nothing means Discord itself.",
            allowed="an address like https://discord.com/api/v10, with http:// or https://, or nothing",
        ),
    )
    discord_gateway_url: str | None = field(
        default=None,
        metadata=_describe(
            address("ws", "wss"),
            about="Where Discord's gateway is, for the same proxy. Nothing means Discord itself.",
            allowed="a ws:// or wss:// address, or nothing",
        ),
    )
    editors: tuple[int, ...] = field(
        default=(),
        metadata=_describe(
            snowflakes,
            about="Who may publish corrections for every server: ids of Discord accounts, with commas between them. "
            "(In Discord: Settings, Advanced, Developer Mode; then *Copy User ID* in the menu of a person.)",
            allowed="ids of 15 to 20 digits with commas between them, or nothing",
        ),
    )
    editors_server: int | None = field(
        default=None,
        metadata=_describe(
            snowflake,
            about="A server in which EDITORS_ROLE makes editors: the id of the server. They are editors when they act "
            "there, because only there does Discord tell their roles.",
            allowed="an id of 15 to 20 digits, or nothing; together with EDITORS_ROLE",
        ),
    )
    editors_role: int | None = field(
        default=None,
        metadata=_describe(
            snowflake,
            about="The role in EDITORS_SERVER whose members are editors: the id of the role.",
            allowed="an id of 15 to 20 digits, or nothing; together with EDITORS_SERVER",
        ),
    )
    corrections_rate: int = field(
        default=20,
        metadata=_describe(
            between(1, 1000),
            about="The most corrections that one person can make within an hour, in all servers together.",
            allowed="a whole number from 1 to 1000",
        ),
    )
    subscriptions_per_server: int = field(
        default=25,
        metadata=_describe(
            between(1, 1000),
            about="The most digests that one server can have.",
            allowed="a whole number from 1 to 1000",
        ),
    )
    requests_per_second: int = field(
        default=45,
        metadata=_describe(
            between(1, 1000),
            about="The most requests a second that Sitrep sends to Discord, answers to commands not counted. Discord "
            "takes 50 from one bot, and more only where it has said so (very large bots).",
            allowed="a whole number from 1 to 1000",
        ),
    )
    catch_up_hours: int = field(
        default=24,
        metadata=_describe(
            between(0, 168),
            about="After downtime each digest comes once, marked as late, if it was due within so many hours. Older "
            "ones are left out.",
            allowed="a whole number from 0 to 168",
        ),
    )
    takeover_seconds: int = field(
        default=15,
        metadata=_describe(
            between(2, 600),
            about="Of several processes with one token, or after a crash: seconds without a sign of the one that sends "
            "digests until another takes over.",
            allowed="a whole number from 2 to 600",
        ),
    )
    shown_days: int = field(
        default=90,
        metadata=_describe(
            between(1, 365),
            about="How long it is remembered which figures a public answer or a digest showed. A correction within "
            "that time reaches whoever saw the figure; afterwards the post stays as it is.",
            allowed="a whole number of days from 1 to 365",
        ),
    )
    metrics_port: int = field(
        default=0,
        metadata=_describe(
            between(0, 65535),
            about="A port of 127.0.0.1 on which GET /metrics (for Prometheus) and GET /healthz answer; 0: none. Nobody "
            "outside of the machine reaches it.",
            allowed="a whole number from 0 to 65535",
        ),
    )
    preview_port: int = field(
        default=8080,
        metadata=_describe(
            between(0, 65535),
            about="The port of the local page that opens when there is no token. 0 takes any free one.",
            allowed="a whole number from 0 to 65535",
        ),
    )
    readers: int = field(
        default=2,
        metadata=_describe(
            between(1, 8),
            about="Connections that read the database at the same time, each with a thread of its own.",
            allowed="a whole number from 1 to 8",
        ),
    )


def load_settings(env: Mapping[str, str | None]) -> Settings:
    """Read the settings; a variable that is missing or blank takes its default. Spaces around a value do not count.

    Raises:
        SitrepError: some values are not allowed. It names each of them, with what would be.
    """
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for one in fields(Settings):
        name = one.name.upper()
        text = (env.get(name) or "").strip()
        if not text:
            continue
        try:
            values[one.name] = one.metadata["parse"](text)
        except NotAllowedError as error:
            shown = "not shown here" if one.name == "discord_token" else _shown(text)
            wrong.append(f"{name} ({shown}): {str(error) or 'allowed is ' + one.metadata['allowed'] + '.'}")
    if not wrong and (values.get("editors_server") is None) != (values.get("editors_role") is None):
        present, missing = ("SERVER", "ROLE") if "editors_server" in values else ("ROLE", "SERVER")
        wrong.append(f"EDITORS_{missing} (missing): EDITORS_{present} is set, and one means nothing without the other.")
    if wrong:
        count = "One setting is" if len(wrong) == 1 else f"{len(wrong)} settings are"
        where = "Correct this in .env or in the environment; .env.example describes every setting."
        raise SitrepError("\n- ".join([f"{count} wrong. {where}", *wrong]))
    return Settings(**values)


def render_env_example() -> str:
    """The text of `.env.example`: every setting with its description and its default."""
    blocks = [
        "# Copy this file to .env and change what you need. Made by `python -m bot.settings`; do not edit it here."
    ]
    for one in fields(Settings):
        about = wrap(one.metadata["about"], 100) + wrap(f"Allowed: {one.metadata['allowed']}.", 100)
        lines = [f"# {line}" for line in about]
        blocks.append("\n".join([*lines, f"{one.name.upper()}={'' if one.default in (None, ()) else one.default}"]))
    return "\n\n".join(blocks) + "\n"


def _shown(text: str) -> str:
    # An address may carry a password before its @.
    text = re.sub(r"//.*@", "//…@", redact(text))
    return one_line(text if len(text) <= 80 else f"{text[:79]}…")


if __name__ == "__main__":
    print(render_env_example(), end="")
