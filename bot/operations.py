"""What an operator does by hand: load, check, sync, back up, export and import, forget a person."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bot.app import EXTENSIONS, App
from bot.chat.login import look, point_at, send_commands
from bot.chat.sync import CommandSync
from bot.database_url import database_path
from bot.errors import SitrepError
from bot.exchange import document, table
from bot.exchange.files import new_file
from bot.exchange.records import CONTEXT, FORMAT, VERSION, Header
from bot.opening import load_seeds, load_words, open_database
from bot.seeds.folder import read_folder
from bot.settings import Settings
from bot.store.backup import backup
from bot.store.database import Database
from bot.store.exchange.export_table import names, rows
from bot.store.exchange.exporting import Extent, records
from bot.store.exchange.importing import import_document
from bot.store.health import count_facts, refuse_damage
from bot.store.keeping.forgetting import forget
from bot.store.meta import Meta
from bot.store.migrate import pending
from bot.store.reading.facts import Facts
from bot.store.snapshot import snapshot

Say = Callable[[str], None]


async def load_files(settings: Settings, reports: Sequence[Path], say: Say) -> None:
    """Bring the seeds in, with `reports` beside those of the folder. All or nothing.

    Raises:
        SeedError: the first thing wrong, with file, line, field and remedy; nothing is changed.
    """
    database = await open_database(settings)
    try:
        known = await Facts(database).relations() if reports else {}
        seeds = read_folder(Path(settings.seeds_dir) / settings.conflict, reports, known)
        say(load_words(await load_seeds(database, seeds)))
    finally:
        await database.close()


def make_backup(settings: Settings, target: Path, say: Say) -> None:
    """Copy the database to `target` while the bot runs.

    Raises:
        SitrepError: there is no database, or the target exists already.
    """
    backup(database_path(settings.database_url), target)
    say(f"copied to {target} ({target.stat().st_size:,} bytes)")


def export(settings: Settings, extent: Extent, out: IO[bytes], *, as_table: bool) -> str:
    """Write what the database holds at one moment, while the bot runs; what was written, in words.

    Raises:
        SitrepError: there is no database of this version.
        OSError: `out` does not take it.
    """
    with snapshot(database_path(settings.database_url)) as connection:
        if as_table:
            return f"{table.write(rows(connection, extent), names(connection), out):,} revisions"
        header = Header(
            context=CONTEXT,
            type="Dataset",
            format=FORMAT,
            version=VERSION,
            name="Facts of a Sitrep database, with their revisions",
            dateCreated=datetime.now(UTC).replace(microsecond=0),
            scope=extent.scope,
            authors=extent.authors,
        )
        return f"{document.write(header, records(connection, extent), out):,} records"


def export_to(settings: Settings, extent: Extent, target: Path, say: Say, *, as_table: bool) -> None:
    """Export to a new file, which appears once it is whole.

    Raises:
        SitrepError: as `export`; or the file exists, or cannot be made.
    """
    with new_file(target) as out:
        written = export(settings, extent, out, as_table=as_table)
    say(f"wrote {written} to {target} ({target.stat().st_size:,} bytes)")


async def import_file(settings: Settings, source: Path, say: Say) -> None:
    """Bring an export into the database of the settings, which must be empty.

    Raises:
        SitrepError: the file is no whole export of this version, or the database holds something.
    """
    try:
        with source.open("rb") as file:
            lines = document.Lines(file, str(source))
            await (await open_database(settings)).close()
            found = import_document(database_path(settings.database_url), lines)
    except OSError as error:
        raise SitrepError(f"{source} cannot be read: {error.strerror}.", "Check its name and rights.") from error
    own = f", those of {found.servers} servers among them" if found.servers > 1 else ", with a server's own"
    reports = f"{found.reports:,} report{'' if found.reports == 1 else 's'}"
    say(f"imported {found.facts:,} facts of {reports}, {found.revisions:,} revisions{own if found.servers else ''}")


async def forget_person(settings: Settings, person: str, say: Say) -> None:
    """Take the id of a person out of the database, while the bot runs.

    Raises:
        SitrepError: no id, or the database fails; nothing is changed.
    """
    if not person.isascii() or not person.isdecimal():
        raise SitrepError(f"'{person}' is no id of a Discord account.", "Ids are digits alone; names are not kept.")
    database = await open_database(settings)
    try:
        found = await database.write(lambda tx: forget(tx, person))
    finally:
        await database.close()
    counted = ", ".join(f"{name} {count}" for name, count in found._asdict().items())
    say(f"took {person} out of what they made: {counted}" if any(found) else f"nothing bears the id {person}")


async def sync(settings: Settings, say: Say, *, guild: int | None = None, clear: bool = False) -> None:
    """Send the commands to Discord now, whatever was sent before; to one server for development.

    Raises:
        SitrepError: no token, or Discord refuses it.
    """
    if settings.discord_token is None:
        raise SitrepError("There is no DISCORD_TOKEN.", "Put it into .env; the README tells how to get one.")
    if clear and guild is None:
        raise SitrepError("Only the copy of one server can be taken away.", "Name it: --guild ID --clear.")
    async with App(settings, sync=False) as app:
        commands = CommandSync(Meta(app.database))
        token = settings.discord_token.reveal()
        count = await send_commands(app.client, token, commands, guild=guild, clear=clear)
    where = "all servers (an hour may pass until everybody sees them)" if guild is None else f"the server {guild}"
    say(f"took the commands away from {where}" if clear else f"sent {count} commands to {where}")


async def check(settings: Settings, say: Say) -> int:
    """Look at settings, database, seeds and token, and say what is wrong and how to mend it. The exit status."""
    findings = (
        ("settings", _settings(settings)),
        ("seeds", _seeds(settings)),
        ("database", _database(settings)),
        ("token", _token(settings)),
    )
    failed = 0
    for name, finding in findings:
        try:
            say(f"{name}: {await finding}")
        except SitrepError as error:
            failed += 1
            say(f"{name}: WRONG. {error}")
    say("all is well" if not failed else f"{failed} of {len(findings)} need mending")
    return 1 if failed else 0


async def _settings(settings: Settings) -> str:
    return f"conflict {settings.conflict}, {len(EXTENSIONS)} groups of commands"


async def _seeds(settings: Settings) -> str:
    seeds = read_folder(Path(settings.seeds_dir) / settings.conflict)
    reports = f"{len(seeds.reports)} report{'' if len(seeds.reports) == 1 else 's'}"
    return f"{reports}, {len(seeds.facts)} facts, {len(seeds.places)} places, all valid"


async def _database(settings: Settings) -> str:
    path = database_path(settings.database_url)
    if not path.exists():
        return f"{path} does not exist yet; the first start makes it"
    database = await Database.open(settings.database_url, readers=1)
    try:
        waiting = await pending(database)
        await refuse_damage(database)
        facts = 0 if waiting else await count_facts(database)
    finally:
        await database.close()
    if waiting:
        return f"{path} is of an earlier version; the next start brings it up to date ({len(waiting)} steps)"
    return f"{path}, {facts:,} facts"


async def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        return "none, so `make run` opens the preview"
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    return f"accepted, for {await look(settings.discord_token.reveal())}"
