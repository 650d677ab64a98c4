"""What is wrong with a seed file: which file, which line, which field, and what to do."""

from bot.errors import SitrepError


class SeedError(SitrepError):
    """A seed file that cannot be loaded. Nothing of its conflict is changed.

    Args:
        file: the file's name as given.
        line: from 1, or None where the whole file is meant.
        field: such as `fact 9.1, quantity`; empty where no field is meant.
    """

    def __init__(self, file: str, line: int | None, field: str, problem: str, remedy: str) -> None:
        self.file = file
        self.line = line
        self.field = field
        place = f"{file}, line {line}" if line is not None else file
        super().__init__(f"{place}{f', {field}' if field else ''}: {problem}.", remedy)
