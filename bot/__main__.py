"""The command line: `python -m bot COMMAND`."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import SitrepError
from bot.logs import configure
from bot.settings import Settings, load_settings

USAGE_ERROR = 2
FAILURE = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 with a message when not, 2 for a call that is not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(words).parse_args(words)
    try:
        settings = load_settings({**_file(), **os.environ})
        token = settings.discord_token
        configure(
            settings.log_level, settings.log_format, sys.stderr, secrets=[token.reveal()] if token is not None else []
        )
        result: int = arguments.run(arguments, settings)
    except SitrepError as error:
        print(f"sitrep: {error}", file=sys.stderr)
        return FAILURE
    except KeyboardInterrupt:
        return 130
    return result


def _file() -> dict[str, str]:
    """The settings in `.env`, where there is one: many who run a bot set its environment elsewhere."""
    if not Path(".env").is_file():
        return {}
    from dotenv import dotenv_values

    return {key: value for key, value in dotenv_values(".env").items() if value is not None}


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Sitrep: sourced figures on a conflict.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    start = commands.add_parser("start", help="run against Discord with DISCORD_TOKEN, else open the preview")
    start.set_defaults(run=_start)
    commands.add_parser("run", help="run against Discord").set_defaults(run=_run)
    commands.add_parser("preview", help="open a local page that looks like Discord").set_defaults(run=_preview)

    load = commands.add_parser("load", help="bring the seeds in, and report files if any are named")
    load.add_argument("report", nargs="*", type=Path, help="a report file in the format of seeds/*/reports")
    load.set_defaults(run=_load)

    extract = commands.add_parser("extract", help="read a report: what it says, as a table, page or report file")
    if words[:1] == ["extract"]:
        from bot.extraction.command import add_arguments

        add_arguments(extract)
    extract.set_defaults(run=_extract)

    check = commands.add_parser("check", help="say what is wrong with settings, database, seeds or token")
    check.set_defaults(run=_check)

    sync = commands.add_parser("sync", help="send the commands to Discord now")
    sync.add_argument("--guild", type=int, metavar="ID", help="to one server only, where they appear at once")
    sync.add_argument("--clear", action="store_true", help="take that server's copy away again")
    sync.set_defaults(run=_sync)

    backup = commands.add_parser("backup", help="copy the database while the bot runs")
    backup.add_argument("file", type=Path, help="the copy; must not exist yet")
    backup.set_defaults(run=_backup)

    export = commands.add_parser("export", help="write the facts with their revisions, as JSON or as a table")
    export.add_argument("file", nargs="?", type=Path, help="must not exist yet; standard output when left out")
    export.add_argument("--format", choices=("json", "csv"), default="json", help="csv is for spreadsheets only")
    extent = export.add_mutually_exclusive_group()
    extent.add_argument("--server", metavar="ID", help="that server's own revisions too")
    extent.add_argument("--everything", action="store_true", help="those of all servers, and proposals")
    export.add_argument("--authors", action="store_true", help="with the Discord ids of those who corrected")
    export.set_defaults(run=_export)

    bring = commands.add_parser("import", help="bring a JSON export into an empty database")
    bring.add_argument("file", type=Path, help="what `export` wrote")
    bring.set_defaults(run=_import)

    forget = commands.add_parser("forget", help="take a person's id out of what they made, at their request")
    forget.add_argument("person", metavar="ID", help="the id of their Discord account")
    forget.set_defaults(run=_forget)
    return parser


def _say(text: str) -> None:
    print(f"sitrep: {text}", flush=True)


def _start(arguments: argparse.Namespace, settings: Settings) -> int:
    return (_preview if settings.discord_token is None else _run)(arguments, settings)


def _run(_arguments: argparse.Namespace, settings: Settings) -> int:
    # What is made while starting stays. Looking through it again and again would take a fifth of the start.
    gc.disable()
    from bot.running import run

    asyncio.run(run(settings, _say))
    return 0


def _preview(_arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.preview.run import run_preview

    asyncio.run(run_preview(settings, _say))
    return 0


def _load(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import load_files

    asyncio.run(load_files(settings, arguments.report, _say))
    return 0


def _extract(arguments: argparse.Namespace, _settings: Settings) -> int:
    from bot.extraction.command import run

    return run(arguments)


def _check(_arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import check

    return asyncio.run(check(settings, _say))


def _sync(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import sync

    asyncio.run(sync(settings, _say, guild=arguments.guild, clear=arguments.clear))
    return 0


def _backup(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import make_backup

    make_backup(settings, arguments.file, _say)
    return 0


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import export, export_to
    from bot.store.exchange.exporting import Extent

    extent = Extent(arguments.server, arguments.everything, arguments.authors)
    as_table = arguments.format == "csv"
    if arguments.file is not None:
        export_to(settings, extent, arguments.file, _say, as_table=as_table)
        return 0
    try:
        export(settings, extent, sys.stdout.buffer, as_table=as_table)
        sys.stdout.flush()
    except OSError as error:
        # Such as `| head`: nobody reads on. Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SitrepError(f"The export was cut short: {error.strerror}.", "Export to a file.") from error
    return 0


def _import(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import import_file

    asyncio.run(import_file(settings, arguments.file, _say))
    return 0


def _forget(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.operations import forget_person

    asyncio.run(forget_person(settings, arguments.person, _say))
    return 0


if __name__ == "__main__":
    sys.exit(main())
