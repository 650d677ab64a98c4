"""What is wrong with an exported file: which file, which line, which field, and what to do."""

from bot.errors import SitrepError

EXPORT_AGAIN = "Nothing was imported. Export again, and leave the file as it was written."


class ExchangeError(SitrepError):
    """A file that cannot be imported. Nothing of it is.

    Args:
        line: from 1, or None where the whole file is meant.
        path: of the field, such as `$.reading.place`; empty where no field is meant.
    """

    def __init__(self, file: str, line: int | None, path: str, problem: str, remedy: str = EXPORT_AGAIN) -> None:
        self.line = line
        self.path = path
        where = f"{file}, line {line}" if line is not None else file
        super().__init__(f"{where}{f', {path}' if path else ''}: {problem}.", remedy)
