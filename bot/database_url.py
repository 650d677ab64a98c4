"""Where the database lives, read from its URL: the settings check it, the store opens it."""

from pathlib import Path

from bot.errors import SitrepError

EXAMPLE = "Write sqlite:///data/sitrep.db (seen from the working directory) or sqlite:////srv/sitrep.db (four slashes)."
_SQLITE = "sqlite:///"


def database_path(url: str) -> Path:
    """The file that a `sqlite:///…` URL names, relative to the working directory unless there are four slashes.

    Raises:
        SitrepError: another scheme, no file name, or options behind a question mark. The message never repeats the
            URL, since one of another scheme may carry a password.
    """
    scheme = url.partition(":")[0].lower()
    if scheme.startswith("postgres"):
        raise SitrepError("PostgreSQL is not supported yet; it comes in a later version.", EXAMPLE)
    if not url.startswith(_SQLITE):
        raise SitrepError("This is not the URL of a SQLite database.", EXAMPLE)
    name = url.removeprefix(_SQLITE)
    if not name.strip() or name.endswith("/"):
        raise SitrepError("The database URL names no file.", EXAMPLE)
    if name == ":memory:":
        raise SitrepError("A database in memory cannot be shared by the connections of the bot.", EXAMPLE)
    if "?" in name or "\0" in name:
        raise SitrepError("The database URL carries options or characters that are not understood.", EXAMPLE)
    return Path(name).expanduser()
